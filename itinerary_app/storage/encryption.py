"""What travellers said, wished and planned, kept so that only a key opens it.

A box is JSON, {"enc": "key's id", "box": "base64"}, in the place of the JSON value, or
the text, that it holds: AES-256-GCM under a key of ENCRYPTION_KEYS. Session and field
are its associated data, so that a box opens nowhere but where it was put. Its nonce is
made from key, place and text (keyed BLAKE2): the same text in the same place is the
same box, and what compares stored values (triggers, scripts) sees that nothing changed.
What a database would have compressed is compressed before.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from itinerary_app.errors import CannotDecrypt, CorruptSession
from itinerary_app.model import Message
from itinerary_app.storage.base import KeptVersion
from itinerary_app.storage.codec import dump_json

BEGINS = '{"enc":"'  # every box that stands as text
NONCE_BYTES = 12
COMPRESSED_FROM = 1_000  # bytes; smaller ones gain little
ZLIB = b"x"  # each of its streams begins so, and no JSON text does
NO_KEY = ""  # the id in a box that only wraps a text which looks like a box


class _Box(msgspec.Struct, forbid_unknown_fields=True):
    enc: str
    box: bytes  # nonce, ciphertext, tag; base64 in JSON


class _Said(msgspec.Struct, array_like=True):
    """What of a message is in its box."""

    content: str
    quick_replies: tuple[str, ...]
    context: Mapping[str, Any] | None


class _Key(NamedTuple):
    cipher: AESGCM
    nonces: bytes  # the key of their own that they are made with


_BOX = msgspec.json.Decoder(_Box)
_SAID = msgspec.json.Decoder(_Said)


class Encryption:
    """Encrypts under the first of the keys (32 bytes each, by id), decrypts by all.

    With none, or an empty first one, nothing is encrypted. What was not encrypted is
    read as it is. `plain` names the preferences that the storage has to read itself;
    with `compress` large texts take half the room, and 30 us more to read. All that
    decrypts raises CannotDecrypt.
    """

    def __init__(
        self,
        keys: Mapping[str, bytes] | None = None,
        *,
        plain: Collection[str] = (),
        compress: bool = False,
    ) -> None:
        self._keys = {
            name: _Key(AESGCM(key), hashlib.blake2b(b"nonces", key=key).digest())
            for name, key in (keys or {}).items()
            if key
        }
        first = next(iter(keys), "") if keys else ""
        self._first = first if first in self._keys else NO_KEY
        self._plain = frozenset(plain)
        self._compress = compress

    def encrypt(self, session_id: str, field: str, text: str) -> str:
        """A JSON text in its box, or as it is without a key."""
        if not self._first:
            return text
        return self._boxed(session_id, field, text.encode())

    def decrypt(self, session_id: str, field: str, text: str) -> str:
        """The JSON text that was encrypted."""
        box = _box_in(text)
        if box is None:
            return text
        return self._opened(session_id, _place(session_id, field), box).decode()

    def encrypt_preferences(
        self, session_id: str, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Each told preference in a box of its own, so that each can be merged."""
        if not self._first:
            return dict(values)
        return {
            name: value
            if value is None or name in self._plain
            else msgspec.json.decode(
                self.encrypt(session_id, _preference(name), dump_json(value))
            )
            for name, value in values.items()
        }

    def decrypt_preferences(self, session_id: str, values: Any) -> Any:
        """The preferences as they were told; what is no object is left alone."""
        if not isinstance(values, dict):
            return values
        return {
            name: self._value(session_id, _preference(name), value)
            for name, value in values.items()
        }

    def encrypt_message(self, session_id: str, message: Message) -> Message:
        """The message with all that it says in its content."""
        content = message.content
        if not self._first and _box_in(content) is None:
            return message
        said = _Said(content, message.quick_replies, message.context)
        box = self._boxed(session_id, "message", msgspec.json.encode(said))
        return message._replace(content=box, quick_replies=(), context=None)

    def decrypt_messages(
        self, session_id: str, messages: Iterable[Message]
    ) -> tuple[Message, ...]:
        place = _place(session_id, "message")
        return tuple([self._decrypt_message(session_id, place, it) for it in messages])

    def encrypt_version(
        self, session_id: str, number: int, acts: str, way_back: str
    ) -> tuple[str, str]:
        """Acts and way back of the version of this number."""
        return (
            self.encrypt(session_id, f"acts {number}", acts),
            self.encrypt(session_id, f"way_back {number}", way_back),
        )

    def decrypt_version(self, session_id: str, version: KeptVersion) -> KeptVersion:
        """The version; a way back that the storage made itself holds what it found."""
        number = version.number
        acts = self.decrypt(session_id, f"acts {number}", version.acts)
        back = self.decrypt(session_id, f"way_back {number}", version.way_back)
        if back == version.way_back and '"enc"' in back:
            back = self._decrypt_patch(session_id, back)
        return version._replace(acts=acts, way_back=back)

    def renew(self, session_id: str, field: str, text: str) -> str:
        """The JSON text as `encrypt` would write it now; the same if it did."""
        return self.encrypt(session_id, field, self.decrypt(session_id, field, text))

    def renew_preferences(self, session_id: str, values: Any) -> dict[str, Any]:
        opened = self.decrypt_preferences(session_id, values)
        if not isinstance(opened, dict):
            raise CorruptSession(session_id)
        return self.encrypt_preferences(session_id, opened)

    def renew_message(self, session_id: str, message: Message) -> Message:
        [opened] = self.decrypt_messages(session_id, [message])
        return self.encrypt_message(session_id, opened)

    def renew_version(self, session_id: str, version: KeptVersion) -> KeptVersion:
        number, acts, back, *_ = self.decrypt_version(session_id, version)
        acts, back = self.encrypt_version(session_id, number, acts, back)
        return version._replace(acts=acts, way_back=back)

    def _decrypt_message(
        self, session_id: str, place: bytes, message: Message
    ) -> Message:
        box = _box_in(message.content)
        if box is None:
            return message
        try:
            said = _SAID.decode(self._opened(session_id, place, box))
        except msgspec.MsgspecError as exc:
            raise CorruptSession(session_id) from exc
        return Message(  # _replace takes twice as long
            message.role,
            said.content,
            said.quick_replies,
            message.turn_key,
            message.seq,
            message.created_at,
            said.context,
        )

    def _decrypt_patch(self, session_id: str, patch: str) -> str:
        try:
            operations = msgspec.json.decode(patch)
            for it in operations:
                if it["path"] == "/preferences":
                    it["value"] = self.decrypt_preferences(session_id, it["value"])
                elif it["path"] == "/plan":
                    it["value"] = self._value(session_id, "itinerary", it["value"])
        except (msgspec.MsgspecError, LookupError, TypeError) as exc:
            raise CorruptSession(session_id) from exc
        return msgspec.json.encode(operations).decode()

    def _value(self, session_id: str, field: str, value: Any) -> Any:
        """A JSON value that was encrypted, or is one that was not."""
        if not (isinstance(value, dict) and value.keys() == {"enc", "box"}):
            return value
        try:
            box = msgspec.convert(value, _Box)
        except msgspec.ValidationError as exc:
            raise CorruptSession(session_id) from exc
        place = _place(session_id, field)
        return msgspec.json.decode(self._opened(session_id, place, box))

    def _boxed(self, session_id: str, field: str, content: bytes) -> str:
        if self._first:
            cipher, nonces = self._keys[self._first]
            place = _place(session_id, field)
            if self._compress and len(content) >= COMPRESSED_FROM:
                content = zlib.compress(content, level=1)
            nonce = hashlib.blake2b(
                place + content, key=nonces, digest_size=NONCE_BYTES
            ).digest()
            content = nonce + cipher.encrypt(nonce, content, place)
        return msgspec.json.encode(_Box(self._first, content)).decode()

    def _opened(self, session_id: str, place: bytes, box: _Box) -> bytes:
        name, content = box.enc, box.box
        if name == NO_KEY:
            return content
        key = self._keys.get(name)
        if key is None:
            raise CannotDecrypt(session_id, name, missing=True)
        try:
            text = key.cipher.decrypt(
                content[:NONCE_BYTES], content[NONCE_BYTES:], place
            )
        except (InvalidTag, ValueError) as exc:  # ValueError: too short for a nonce
            raise CannotDecrypt(session_id, name, missing=False) from exc
        return zlib.decompress(text) if text.startswith(ZLIB) else text


def _preference(name: str) -> str:
    return f"preferences.{name}"


def _place(session_id: str, field: str) -> bytes:
    return f"{session_id} {field}\n".encode()


def _box_in(text: str) -> _Box | None:
    if not text.startswith(BEGINS):
        return None
    try:
        return _BOX.decode(text)
    except msgspec.MsgspecError:
        return None
