"""What the rules have to know besides the check-in itself."""

from dataclasses import dataclass, field

from bot.domain.timing import Timing


@dataclass(frozen=True)
class Facts:
    """How things stand with the buddies at the moment of a decision, by their ids.

    `away`: who has said that he is not available. `confirmed`: whose own phone has confirmed the start line (before
    the first alert), or an alert since alerting began. `new_phones`: whose phone is new to her, and not confirmed.
    `have_news`: whose phone, and not only a new one, has confirmed an alert since the last of what she left came.
    `absent`: who is no full member of the group (any longer), as long as her timer runs; an alert never depends on it.
    """

    away: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    new_phones: frozenset[str] = frozenset()
    have_news: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Known:
    """The lengths of time that hold, and the facts."""

    timing: Timing
    facts: Facts = field(default_factory=Facts)
