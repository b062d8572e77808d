"""Who uses the bot. One account can be person and buddy at once (SPEC: "Words used everywhere")."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.person_settings import PersonSettings


@dataclass(frozen=True)
class Person:
    """One account. `account` is Signal's account id; `name` is the name she chose; `zone` an IANA time zone.

    `away_until` (aware UTC): until when she is not available as a buddy (SPEC: `/away`); it may have passed.
    """

    id: str
    account: str
    name: str | None
    zone: str | None
    language: str | None
    has_codeword: bool
    settings: PersonSettings = field(default_factory=PersonSettings)
    away_until: datetime | None = None

    def is_away(self, now: datetime) -> bool:
        """Whether she has said that she is not available now."""
        return self.away_until is not None and now < self.away_until


@dataclass(frozen=True)
class StoredWords:
    """The argon2id encodings of a person's words, and a number that rises with every change.

    `under_duress`: both were set with a duress word, and count as duress words.
    """

    codeword: str | None
    duress_word: str | None
    version: int
    under_duress: bool = False
