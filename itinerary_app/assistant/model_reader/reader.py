"""ModelReader: a language model reads, within limits; else the reader that it wraps."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from itinerary_app.assistant.model_reader.answer import understood
from itinerary_app.assistant.model_reader.breaker import Breaker
from itinerary_app.assistant.model_reader.caps import Caps
from itinerary_app.assistant.model_reader.question import question
from itinerary_app.assistant.model_reader.server import ModelServer
from itinerary_app.assistant.reader import Reader, Scene, Understanding
from itinerary_app.errors import AnswerRefused, ModelFailed

logger = logging.getLogger(__name__)

SHORTEST_WAIT = 0.2  # seconds before the retry, unless the server wants more
SHORTEST_CALL = 0.3  # seconds; with less left, no retry is begun


class ModelReader(Reader):
    """What the model understood where its server answers in time and each act is borne
    out by the message; the understanding of `fallback` in all other cases.

    Nothing of a message is logged, nor of an answer. `timeout`, in seconds, is for all
    calls of one message together.
    """

    def __init__(
        self,
        server: ModelServer,
        fallback: Reader,
        *,
        model: str,
        timeout: float = 4.0,
        max_per_session: int = 60,
        max_per_day: int = 5_000,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._server, self._fallback, self._model = server, fallback, model
        self._timeout, self._clock, self._sleep = timeout, clock, sleep
        self._breaker = Breaker(clock)
        self._caps = Caps(per_session=max_per_session, per_day=max_per_day)

    def read(self, text: str, scene: Scene) -> Understanding:
        content = self._asked(text, scene) if text.strip() else None
        if content is not None:
            try:
                return understood(content, text, scene)
            except AnswerRefused as exc:
                # The server is well: a traveller must not be able to silence it.
                _warn(exc)
        return self._fallback.read(text, scene)

    def _asked(self, text: str, scene: Scene) -> str | None:
        """The model's answer as it came; None if there is none to be had now."""
        if not (self._breaker.admits() and self._take(scene)):
            return None
        try:
            content = self._completion(text, scene)
        except ModelFailed as exc:
            self._breaker.failed()
            _warn(exc)
            return None
        self._breaker.worked()
        return content

    def _completion(self, text: str, scene: Scene) -> str:
        """By one call, or by two if the first fails and there is time left."""
        body = question(text, scene, model=self._model)
        end = self._clock() + self._timeout
        try:
            return self._server.completion(body, within=self._timeout)
        except ModelFailed as exc:
            if exc.again_in is None:
                raise
            wait = max(exc.again_in, SHORTEST_WAIT)
            in_time = end - self._clock() - wait >= SHORTEST_CALL
            if not (in_time and self._take(scene)):
                raise
        self._sleep(wait)
        return self._server.completion(body, within=end - self._clock())

    def _take(self, scene: Scene) -> bool:
        return self._caps.take(scene.session_id, scene.today)


def _warn(exc: ModelFailed) -> None:
    logger.warning("The grammar reads instead: the model gave %s.", exc.kind)
