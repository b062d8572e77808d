"""A fast stand-in for argon2id: for tests and practice only. No setting can choose it for real people."""

import hashlib
import hmac
from collections.abc import Callable

_SALT_BYTES = 8


class FastWords:
    """Keyed SHA-256 with a salt under a key that lives as long as this object."""

    def __init__(self, random_bytes: Callable[[int], bytes]) -> None:
        self._random_bytes = random_bytes
        self._key = random_bytes(32)
        self._dummy = self.encode(random_bytes(32).hex())

    @property
    def dummy(self) -> str:
        """An encoding that matches nothing."""
        return self._dummy

    def encode(self, folded: str) -> str:
        """What is stored of a word."""
        salt = self._random_bytes(_SALT_BYTES)
        return f"fast${salt.hex()}${self._mix(salt, folded)}"

    def matches(self, encoded: str, folded: str) -> bool:
        """Whether this is the word."""
        _, salt, mixed = encoded.split("$")
        return hmac.compare_digest(mixed, self._mix(bytes.fromhex(salt), folded))

    def _mix(self, salt: bytes, folded: str) -> str:
        return hmac.new(self._key, salt + folded.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
