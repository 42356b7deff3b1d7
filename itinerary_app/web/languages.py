"""Which language a request is answered in: what its link says, else what the traveller
chose, else what the browser asks for. The API and operators' pages are English.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from urllib.parse import urlencode

from flask import Flask, Response, request, url_for
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from itinerary_app import language
from itinerary_app.config import Settings
from itinerary_app.web.security import API_PREFIX

COOKIE = "language"
FIELD = "lang"  # of a link, as ?lang=de
KEPT = timedelta(days=365)
ENGLISH_ONLY = ("dashboard", "audit_page", "metrics", "ops")  # blueprints


def install(app: Flask, settings: Settings) -> None:
    """Choose the language at each request's beginning; give templates their words."""
    offered = settings.languages
    names = {code: language.name(code) for code in offered} if offered[1:] else {}

    @app.before_request
    def choose() -> None:
        language.choose(_wanted(offered))

    @app.teardown_request
    def forget(_error: BaseException | None) -> None:
        language.choose(language.ENGLISH)  # for what has no request

    @app.after_request
    def tell(response: Response) -> Response:
        if _is_english() or request.endpoint == "static":
            return response
        response.vary.update(("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language.current())
        asked = request.args.get(FIELD)
        if asked in offered and response.mimetype == "text/html":
            response.set_cookie(
                COOKIE,
                asked,
                max_age=KEPT,
                secure=True,
                httponly=True,
                samesite="Lax",
            )
        return response

    @cache
    def words(_spoken: str) -> Markup:
        """What the scripts say in the language of now, as JSON; "" in English."""
        told = language.for_scripts()
        return htmlsafe_json_dumps(told, app.json.dumps) if told else Markup()

    app.jinja_env.globals.update(
        _=_markup,
        ngettext=_markup_of_many,
        pgettext=_markup_of,
        language=language.current,
        languages=lambda: {} if _is_english() else names,
        in_language=_in_language,
        in_english=_in_english,
        language_in_link=lambda: in_link(settings),
        script_words=lambda: words(language.current()),
    )


def in_link(settings: Settings) -> str | None:
    """What a link says that others follow, whose browser may ask for another."""
    spoken = language.current()
    return spoken if spoken != settings.languages[0] else None


def _is_english() -> bool:
    return request.path.startswith(API_PREFIX) or request.blueprint in ENGLISH_ONLY


def _wanted(offered: tuple[str, ...]) -> str:
    if _is_english():
        return language.ENGLISH
    for asked in (request.args.get(FIELD), request.cookies.get(COOKIE)):
        if asked in offered:
            return asked
    return request.accept_languages.best_match(offered) or offered[0]


def _in_language(code: str) -> str:
    """The page in that language; what a form answered cannot be asked for again."""
    if request.method == "GET":
        kept = {
            name: value
            for name, value in request.args.items()
            if name not in (FIELD, "since")
        }
        return f"?{urlencode({**kept, FIELD: code})}"
    trip = (request.view_args or {}).get("session_id")
    if trip:
        return f"{url_for('pages.show_trip', session_id=trip)}?{FIELD}={code}"
    return f"{url_for('pages.start')}?{FIELD}={code}"


def _in_english() -> Markup:
    """The attribute of what is English on a page of another language."""
    is_english = language.current() == language.ENGLISH
    return Markup("" if is_english else ' lang="en"')  # noqa: S704


# Catalogues are ours: their texts may hold markup, and values may not.


def _markup(message: str, /, **values: object) -> Markup:
    told = language._(str(message))
    if values:  # quicker than Markup's own %, for pages have hundreds of them
        told %= {name: escape(it) for name, it in values.items()}
    return Markup(told)  # noqa: S704  # of our catalogues; values are escaped


def _markup_of(context: str, message: str, /, **values: object) -> Markup:
    return Markup(language.pgettext(context, message)) % values  # noqa: S704


def _markup_of_many(one: str, many: str, num: int, /, **values: object) -> Markup:
    told = {"num": language.number(num), **values}
    return Markup(language.plural(one, many, num)) % told  # noqa: S704
