"""What only we can have made: signed under SECRET_KEY, or a former one.

After a change of SECRET_KEY, with the old one among SECRET_KEY_FALLBACKS, open forms,
travellers' secrets and links to shared plans stay good.
"""

from __future__ import annotations

import hmac

from itinerary_app.current import services


def sign(message: bytes) -> bytes:
    """32 bytes under the key of now."""
    return _signature(services().settings.secret_key, message)


def is_signed(message: bytes, signature: bytes, length: int = 32) -> bool:
    """Whether these are the first `length` bytes of a signature of ours."""
    return any(
        hmac.compare_digest(_signature(key, message)[:length], signature)
        for key in services().settings.secret_keys
    )


def _signature(key: str, message: bytes) -> bytes:
    return hmac.digest(key.encode(), message, "sha256")
