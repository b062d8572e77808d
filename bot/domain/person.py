"""Who uses the bot. One account can be person and buddy at once (SPEC: "Words used everywhere")."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """One account. `account` is Signal's account id; `name` is the name she chose; `zone` an IANA time zone."""

    id: str
    account: str
    name: str | None
    zone: str | None
    language: str | None
    has_codeword: bool


@dataclass(frozen=True)
class StoredWords:
    """The argon2id encodings of a person's words, and a number that rises with every change."""

    codeword: str | None
    duress_word: str | None
    version: int
