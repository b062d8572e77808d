"""Sealed cells and keyed look-ups (DESIGN, invariant 14)."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import KeyFileError, KeyMissing, SealBroken

_VERSION = b"\x01"
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12
_PREFIX_BYTES = len(_VERSION) + _KEY_ID_BYTES
_HEADER_BYTES = _PREFIX_BYTES + _NONCE_BYTES


@dataclass(frozen=True, repr=False)
class KeyRing:
    """The keys of one database. `sealing` maps a key id (8 hex characters) to 32 bytes; `current` seals, all open."""

    current: str
    sealing: Mapping[str, bytes]
    lookup: bytes

    @staticmethod
    def fresh(random_bytes: Callable[[int], bytes]) -> "KeyRing":
        """New keys, in memory only. For a file see `key_file`."""
        key_id = random_bytes(_KEY_ID_BYTES).hex()
        return KeyRing(key_id, {key_id: random_bytes(32)}, random_bytes(32))


@dataclass(repr=False)
class Sealer:
    """Seals cells with AES-256-GCM, bound to their table, column and row, and makes keyed look-ups.

    Stored form: version (1 byte), key id (4), nonce (12), then what AES-GCM makes of the plain bytes.
    `reread` gives the keys as they stand in the key file now: a cell under a key that is not known yet is how a running
    bot notices that the keys were rotated beside it.
    """

    keys: KeyRing
    random_bytes: Callable[[int], bytes]
    reread: Callable[[], KeyRing] | None = None
    _ciphers: dict[bytes, AESGCM] = field(default_factory=dict, init=False)
    _nowhere: set[bytes] = field(default_factory=set, init=False)
    """Ids of keys that are not in the file either; a key is in it before anything is sealed under it."""

    def __post_init__(self) -> None:
        self._adopt(self.keys)

    @property
    def current_prefix(self) -> bytes:
        """How every cell begins that is sealed now."""
        return _VERSION + bytes.fromhex(self.keys.current)

    def seal(self, table: str, column: str, row_id: str, plaintext: str | bytes) -> bytes:
        """The cell's stored bytes. Text may hold anything that JSON can bring, lone surrogates too."""
        plain = plaintext if isinstance(plaintext, bytes) else plaintext.encode("utf-8", "surrogatepass")
        prefix = self.current_prefix
        nonce = self.random_bytes(_NONCE_BYTES)
        cipher = self._ciphers[prefix[len(_VERSION) :]]
        return prefix + nonce + cipher.encrypt(nonce, plain, _bound_to(prefix, table, column, row_id))

    def open(self, table: str, column: str, row_id: str, sealed: bytes) -> bytes:
        """The plain bytes. Raises SealBroken, or KeyMissing, which name the table and the column only."""
        if sealed[:1] != _VERSION or len(sealed) < _HEADER_BYTES:
            raise SealBroken(f"a cell of {table}.{column} is none that was ever sealed")
        cipher = self._cipher(bytes(sealed[len(_VERSION) : _PREFIX_BYTES]))
        if cipher is None:
            raise KeyMissing(f"a cell of {table}.{column} is sealed under a key that is not in the key file")
        bound_to = _bound_to(bytes(sealed[:_PREFIX_BYTES]), table, column, row_id)
        try:
            return cipher.decrypt(bytes(sealed[_PREFIX_BYTES:_HEADER_BYTES]), bytes(sealed[_HEADER_BYTES:]), bound_to)
        except (InvalidTag, ValueError):
            raise SealBroken(f"a cell of {table}.{column} was altered or belongs to another row") from None

    def open_text(self, table: str, column: str, row_id: str, sealed: bytes) -> str:
        """Like `open`, as text."""
        return self.open(table, column, row_id, sealed).decode("utf-8", "surrogatepass")

    def _cipher(self, key_id: bytes) -> AESGCM | None:
        if key_id not in self._ciphers and key_id not in self._nowhere and self.reread is not None:
            try:
                self._adopt(self.reread())
            except (KeyFileError, OSError):
                return None  # perhaps it is there again next time
            if key_id not in self._ciphers:
                self._nowhere.add(key_id)
        return self._ciphers.get(key_id)

    def _adopt(self, keys: KeyRing) -> None:
        for key_id, key in keys.sealing.items():
            self._ciphers[bytes.fromhex(key_id)] = AESGCM(key)
        self.keys = keys  # last: other threads may be sealing

    def lookup(self, kind: str, value: str) -> str:
        """A keyed hash (HMAC-SHA-256, hex) by which a row is found without its value standing in the table."""
        message = f"{kind}\x1f{value}".encode("utf-8", "surrogatepass")
        return hmac.digest(self.keys.lookup, message, "sha256").hex()


def _bound_to(prefix: bytes, table: str, column: str, row_id: str) -> bytes:
    return prefix + f"\x1f{table}\x1f{column}\x1f{row_id}".encode()
