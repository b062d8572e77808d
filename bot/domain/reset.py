"""A forgotten word: a buddy vouches by voice, and a day later the word is cleared (SPEC: `/reset`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DELAY = timedelta(hours=24)
"""From the first vouch to the clearing; and how long a request waits for a vouch."""


class ResetStep(StrEnum):
    """What falls due."""

    LAPSE = "lapse"  # nobody has vouched
    CLEAR = "clear"


@dataclass(frozen=True)
class Reset:
    """`until` (aware UTC): when it lapses, or (once vouched for) when her words are cleared. `vouched_by`: a buddy."""

    person_id: str
    until: datetime
    vouched_by: str | None = None
