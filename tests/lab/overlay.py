"""Points an unmodified signal-cli at another server.

signal-cli has its server's addresses, keys and certificate authority compiled
in. This module writes a small folder that stands before the jars on the class
path: a copy of LiveConfig.class whose string constants are exchanged, and a
key store with another certificate authority. No Java compiler or keytool needed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import ssl
import struct
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

CONFIG_PACKAGE = "org/asamk/signal/manager/config"
STORE_PASSWORD = "whisper"

# Class file constants: tag -> size of what follows the tag (JVM specification, 4.4).
_UTF8 = 1
_TWO_SLOTS = (5, 6)
_SIZES = (
    dict.fromkeys((3, 4, 9, 10, 11, 12, 17, 18), 4)
    | dict.fromkeys((5, 6), 8)
    | dict.fromkeys((7, 8, 16, 19, 20), 2)
    | {15: 3}
)


def build_overlay(jars: Path, certs: Path, port: int, target: Path) -> None:
    """Write the overlay for a server on localhost:port into the folder `target`."""
    jar = next(jars.glob("libsignal-cli-*.jar"))
    with zipfile.ZipFile(jar) as archive:
        original = archive.read(f"{CONFIG_PACKAGE}/LiveConfig.class")
    url = f"https://localhost:{port}"
    trust_root = json.loads((certs / "trust-root.json").read_text())
    zk = json.loads((certs / "zk-params.json").read_text())
    whole = {f"https://{host}.signal.org": url for host in ("chat", "cdn", "cdn2", "cdn3", "cdsi", "svr2")} | {
        "https://storage.signal.org": f"{url}/storageService"
    }
    # The keys are recognised by their first characters.
    by_prefix = {
        "BXu6QIKV": trust_root["publicKey"],
        "AMhf5ywV": zk["publicParams"],
        "AByD873d": zk["genericPublicParams"],
        "AJwNSU55": zk["backupPublicParams"],
    }
    patched, missing = _exchange_strings(original, whole, by_prefix)
    if missing:
        raise RuntimeError(f"this signal-cli has no {', '.join(sorted(missing))} in its LiveConfig")
    folder = target / CONFIG_PACKAGE
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "LiveConfig.class").write_bytes(patched)
    authority = ssl.PEM_cert_to_DER_cert((certs / "ca-cert.pem").read_text())
    (folder / "whisper.store").write_bytes(bks_keystore({"lab-ca": authority}, STORE_PASSWORD))


def _constants(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The constants of a class file's pool: (tag, bytes after the tag)."""
    (count,) = struct.unpack_from(">H", data, 8)
    at, slot = 10, 1
    while slot < count:
        tag = data[at]
        size = 2 + struct.unpack_from(">H", data, at + 1)[0] if tag == _UTF8 else _SIZES[tag]
        yield tag, data[at + 1 : at + 1 + size]
        at += 1 + size
        slot += 2 if tag in _TWO_SLOTS else 1


def _exchange_strings(data: bytes, whole: dict[str, str], by_prefix: dict[str, str]) -> tuple[bytes, set[str]]:
    out = bytearray(data[:10])
    read = 10
    missing = set(whole) | set(by_prefix)
    for tag, body in _constants(data):
        read += 1 + len(body)
        if tag == _UTF8:
            text = body[2:]
            for old, new in whole.items():
                if text == old.encode():
                    text = new.encode()
                    missing.discard(old)
                    break
            else:
                for prefix, new in by_prefix.items():
                    if text.startswith(prefix.encode()):
                        text = new.encode()
                        missing.discard(prefix)
                        break
            body = struct.pack(">H", len(text)) + text
        out += bytes([tag]) + body
    return bytes(out + data[read:]), missing


def bks_keystore(certificates: dict[str, bytes], password: str) -> bytes:
    """A version 2 BKS key store (Bouncy Castle's format) of trusted certificates.

    Layout, all numbers big-endian: version, salt, iteration count; for each entry
    its type, alias, date, chain length (0) and certificate; a zero byte; then an
    HMAC-SHA1 of the entries with a key derived as in PKCS #12.
    """

    def text(value: str) -> bytes:
        encoded = value.encode()
        return struct.pack(">H", len(encoded)) + encoded

    entries = bytearray()
    for alias, der in certificates.items():
        entries += b"\x01" + text(alias) + struct.pack(">qi", int(time.time() * 1000), 0)
        entries += text("X.509") + struct.pack(">i", len(der)) + der
    entries += b"\x00"
    salt, iterations = os.urandom(20), 1024
    mac = hmac.new(_pkcs12_mac_key(password, salt, iterations), entries, hashlib.sha1).digest()
    return struct.pack(">ii", 2, len(salt)) + salt + struct.pack(">i", iterations) + bytes(entries) + mac


def _pkcs12_mac_key(password: str, salt: bytes, iterations: int) -> bytes:
    """RFC 7292, appendix B.2, with SHA-1 and id 3 (integrity); one block is enough."""

    def fill(value: bytes) -> bytes:
        blocks = -(-len(value) // 64)
        return (value * (64 * blocks // len(value) + 1))[: 64 * blocks]

    digest = b"\x03" * 64 + fill(salt) + fill(password.encode("utf-16-be") + b"\x00\x00")
    for _ in range(iterations):
        digest = hashlib.sha1(digest).digest()
    return digest
