"""The server of a language model: asked by OpenAI's protocol, in a bounded time."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, cast
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec
from msgspec import Struct

from itinerary_app.errors import ModelFailed

MOST_BYTES = 256 * 1024  # of an answer
CALLS_AT_ONCE = 8
BLOCK = 16 * 1024  # bytes


class ModelServer:
    """Chat completions at `address` ("https://host/v1"); `key` is never shown.

    By urllib: the deadline is ours in any case, since no client limits the whole of
    a call (a socket's timeout holds for each read, and none for looking up a name).
    """

    def __init__(self, address: str, *, key: str = "") -> None:
        self._url = f"{address.rstrip('/')}/chat/completions"
        self._headers = {"Content-Type": "application/json"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._opener = build_opener(_StayHere)
        self._threads = ThreadPoolExecutor(CALLS_AT_ONCE, "language-model")

    def completion(self, body: bytes, *, within: float) -> str:
        """The text that completes the chat, in `within` seconds; or ModelFailed."""
        call = self._threads.submit(self._post, body, within)
        try:
            answer = call.result(within)
        except TimeoutError:
            call.cancel()  # if all threads were busy; else its socket gives up soon
            raise ModelFailed("no answer in time") from None
        try:
            return msgspec.json.decode(answer, type=_Completion).text
        except (msgspec.DecodeError, UnicodeDecodeError, IndexError):
            raise ModelFailed("an answer that is no chat completion") from None

    def _post(self, body: bytes, within: float) -> bytes:
        end = time.monotonic() + within
        request = Request(self._url, body, self._headers)  # noqa: S310  # http(s) only, by open_reader
        try:
            with self._opener.open(request, timeout=within) as response:
                return _bounded(cast(HTTPResponse, response), end)
        except HTTPError as exc:
            with exc:
                busy = exc.code == 429 or exc.code >= 500
                raise ModelFailed(
                    f"HTTP {exc.code}", again_in=_pause(exc.headers) if busy else None
                ) from None
        except (OSError, HTTPException, UnicodeError) as exc:  # … of a host's name
            cause = exc.reason if isinstance(exc, URLError) else exc
            if isinstance(cause, TimeoutError):
                raise ModelFailed("no answer in time") from None
            raise ModelFailed("a connection that was cut", again_in=0.0) from None


class _StayHere(HTTPRedirectHandler):
    """Follows no redirect: the key would go along to wherever it leads."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


class _Message(Struct):
    content: str


class _Choice(Struct):
    message: _Message


class _Completion(Struct):
    choices: tuple[_Choice, ...]

    @property
    def text(self) -> str:
        return self.choices[0].message.content


def _bounded(response: HTTPResponse, end: float) -> bytes:
    body = b""
    while block := response.read1(BLOCK):
        body += block
        if len(body) > MOST_BYTES:
            raise ModelFailed("an answer that is too long")
        if time.monotonic() > end:  # one that trickles keeps no thread
            raise ModelFailed("no answer in time")
    stated = response.headers.get("Content-Length", "")
    if stated.isdecimal() and len(body) < int(stated):
        raise ModelFailed("a connection that was cut", again_in=0.0)
    return body


def _pause(headers: Message) -> float | None:
    """Seconds until the server may be asked again; None: not soon enough to wait.

    A date instead of seconds is further off than any traveller waits.
    """
    stated = headers.get("Retry-After", "0").strip()
    return float(stated) if stated.isdecimal() else None
