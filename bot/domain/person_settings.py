"""What a person may set for her own timers, and within which bounds (SPEC: `/settings`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

LONGEST_GRACE = timedelta(minutes=30)
LONGEST_REMINDER = timedelta(hours=2)
SHORTEST_LIFETIME = timedelta(hours=1)
LONGEST_LIFETIME = timedelta(days=7)
DEFAULT_LIFETIME = timedelta(hours=4)
"""SPEC: Privacy."""


@dataclass(frozen=True)
class PersonSettings:
    """None: the bot's own default holds.

    `reminder`: so long before the deadline; zero for none. `grace`: from the deadline to the alert. `alerts_only`: her
    groups get no start line, so nobody is asked for a 👍. `lifetime`: of messages in her chat and her groups.
    """

    reminder: timedelta | None = None
    grace: timedelta | None = None
    alerts_only: bool = False
    lifetime: timedelta | None = None


def lifetime_in_chat(of_those: Iterable[PersonSettings]) -> timedelta:
    """How long messages stay in a chat of these people: the shortest that one of them has set, else the default."""
    return min((settings.lifetime for settings in of_those if settings.lifetime is not None), default=DEFAULT_LIFETIME)
