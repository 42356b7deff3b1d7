"""Who is asking, whether the request is meant, and what browsers may do with it.

A traveller is known by a secret that we gave out, in a cookie or as bearer token. The
storage knows its SHA-256 only: the owner.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

from flask import Flask, Response, abort, after_this_request, g, request

from itinerary_app.config import ARCHIVE, Settings
from itinerary_app.current import services
from itinerary_app.errors import StorageUnavailable
from itinerary_app.language import _
from itinerary_app.storage.base import KEPT_MOST
from itinerary_app.web import tiles
from itinerary_app.web.signing import is_signed, sign

COOKIE = "__Host-traveller"
ISSUED = "itinerary_app.issued"  # in a request's environment: whether a secret is
API_PREFIX = "/api/"
MAX_REQUEST_BYTES = 64 * 1024
MAX_FILE_BYTES = 8 * 1024 * 1024  # of saved trips
TAKE_FILES = ("privacy.open_file", "my_data.open_my_data")
SECRET_BYTES, SIGNATURE_BYTES = 24, 8
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask, settings: Settings) -> None:
    """Guard every request of the app, and set the headers of every response."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.config["TRUSTED_HOSTS"] = list(settings.allowed_hosts) or None
    app.before_request(_refuse_forged)
    app.add_template_global(form_token)
    headers = tuple(_headers(settings).items())
    secure_only = settings.environment == "production"

    @app.after_request
    def set_headers(response: Response) -> Response:
        given = set(response.headers.keys(lower=True))
        for name, value in headers:
            if name.lower() not in given:
                response.headers.add(name, value)
        if request.endpoint != "static" and "cache-control" not in given:
            response.headers.add("Cache-Control", "no-store")
        if response.mimetype == "text/html":
            response.headers["X-Holder"] = holder()
        if request.is_secure and secure_only:
            response.headers["Strict-Transport-Security"] = (
                "max-age=63072000; includeSubDomains"  # two years
            )
        return response


def new_secret(random: bytes = b"") -> str:
    """43 URL-safe characters: 192 random bits, and 64 that show that they are ours."""
    random = random or secrets.token_bytes(SECRET_BYTES)
    signed = random + sign(b"traveller:" + random)[:SIGNATURE_BYTES]
    return urlsafe_b64encode(signed).rstrip(b"=").decode()


def _is_issued(secret: str) -> bool:
    """Whether we gave it out: it is signed or, older than that, has trips."""
    if not _SECRET.fullmatch(secret):
        return False
    signed = urlsafe_b64decode(secret + "=")
    random, signature = signed[:SECRET_BYTES], signed[SECRET_BYTES:]
    if is_signed(b"traveller:" + random, signature, SIGNATURE_BYTES):
        return True
    try:
        return bool(services().conversation.trips(owner_of(secret)))
    except StorageUnavailable:  # nothing can be done with it either
        return True


def owner_of(secret: str) -> bytes:
    """What the storage knows of who bears the secret: 32 bytes."""
    return hashlib.sha256(secret.encode()).digest()


def current_owner() -> bytes | None:
    """The owner by bearer token or else by cookie; None without a proper secret."""
    secret = _secret()
    return owner_of(secret) if secret else None


def ensure_owner() -> bytes:
    """The current owner; a new visitor gets a secret, as does who chose his own. Either
    way the cookie is set, so that it lasts as long as each of his trips, and one that
    begins now.
    """
    return _keep(_secret() or new_secret())


def renew_secret(nonce: str = "") -> str:
    """The secret with which all trips of who asks open from now on; the one before,
    and every copy of it, opens none. The same nonce, which nobody else can know, gives
    the same again: else a form that is sent twice would lose the trips.
    """
    former = _secret() or ""
    seed = f"renewed:{former}:{nonce}".encode()
    secret = new_secret(sign(seed)[:SECRET_BYTES] if nonce else b"")
    services().storage.change_owner(owner_of(former), owner_of(secret))
    return secret


def sign_out_others() -> None:
    """This browser alone keeps the trips."""
    _keep(renew_secret(request.form["form_token"]))  # another in each form


def _keep(secret: str) -> bytes:
    g.new_secret = secret

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            secret,
            max_age=_lifetime(owner_of(secret)),
            secure=True,
            httponly=True,
            samesite="Lax",
        )
        return response

    return owner_of(secret)


def _lifetime(owner: bytes) -> timedelta:
    """That of the cookie: a trip whose secret is forgotten is lost."""
    settings = services().settings
    usual = settings.session_lifetime
    if COOKIE not in request.cookies:
        return usual
    try:
        trips, now = services().conversation.trips(owner), services().storage.clock()
    except StorageUnavailable:
        return max(usual, settings.session_keep * KEPT_MOST)
    return max([usual, *(trip.ends_at - now for trip in trips)])


def forget_secret() -> None:
    """Have the browser forget the traveller, with all that it keeps of our pages."""

    @after_this_request
    def clear(response: Response) -> Response:
        response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Lax")
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def holder() -> str:
    """Whose a page is, which static/worker.js keeps for nobody else. It says nothing of
    the secret.
    """
    secret = _secret()
    return sign(b"holder:" + secret.encode())[:12].hex() if secret else "none"


def form_token() -> str:
    """What a form of ours carries to prove that we gave it to this traveller.

    Under another mask each time, so that the length of a compressed page tells nothing.
    """
    proof = sign(_form())
    mask = secrets.token_bytes(len(proof))
    return (mask + _masked(proof, mask)).hex()


def _masked(proof: bytes, mask: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(proof, mask, strict=True))


def _form() -> bytes:
    return f"form:{_secret() or ''}".encode()


def _secret() -> str | None:
    if "new_secret" in g:
        return str(g.new_secret)
    secret = _bearer_token()
    if secret is None:
        secret = request.cookies.get(COOKIE, "")
    known: dict[str, bool] = request.environ.setdefault(ISSUED, {})
    if secret not in known:  # it is asked for a few times in a request
        known[secret] = _is_issued(secret)
    return secret if known[secret] else None


def has_bad_token() -> bool:
    """Whether a bearer token came along that is not one of ours."""
    token = _bearer_token()
    return token is not None and _secret() is None


def _bearer_token() -> str | None:
    """Other schemes are for those in front of us, such as a proxy's Basic."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else None


def _refuse_forged() -> None:
    """Refuse what another site made the traveller's browser send (CSRF).

    Browsers tell where a request comes from; a client that is no browser has no
    cookie to be abused. Forms carry a token on top.
    """
    if request.method in _SAFE_METHODS or request.routing_exception:
        return
    if request.endpoint in TAKE_FILES:  # before its form is read for the token
        request.max_content_length = MAX_FILE_BYTES
    is_api = request.path.startswith(API_PREFIX)
    if not _comes_from_us(is_api):
        abort(403, _("This request came from another site, so it was not carried out."))
    if not is_api and not _has_form_token():
        abort(
            403,
            _(
                "This form does not belong to your visit any more. Go back, reload the "
                "page and send it again; your browser must accept our cookie, which "
                "over plain http works on localhost only."
            ),
        )


def _comes_from_us(is_api: bool) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == f"{request.scheme}://{request.host}"
    return COOKIE not in request.cookies or not is_api


def _has_form_token() -> bool:
    try:
        given = bytes.fromhex(request.form.get("form_token", ""))
        half = len(given) // 2
        proof = _masked(given[half:], given[:half])
    except ValueError:
        return False
    return is_signed(_form(), proof)


def _headers(settings: Settings) -> dict[str, str]:
    ground = tiles.origin(settings).replace("{s}", "*")  # any one subdomain
    is_archive = settings.tile_url.startswith(ARCHIVE)
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' data: {'' if is_archive else ground}".strip(),
        "font-src": "'self'",
        "connect-src": f"'self' {ground if is_archive else ''}".strip(),
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        # No text becomes markup or script but for Leaflet's own (static/trusted.js).
        "require-trusted-types-for": "'script'",
        "trusted-types": "default",
    }
    reporting = {}
    if url := settings.csp_report_url:
        policy |= {"report-uri": url, "report-to": "csp"}  # old browsers, new ones
        reporting = {"Reporting-Endpoints": f'csp="{url}"'}
    return reporting | {
        "Content-Security-Policy": "; ".join(
            f"{name} {sources}" for name, sources in policy.items()
        ),
        "X-Content-Type-Options": "nosniff",
        # Tile servers want to know whose map it is; the path stays with us.
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }
