"""What a person may set for her own timers, and within which bounds (SPEC: `/settings`)."""

from dataclasses import dataclass
from datetime import timedelta

LONGEST_GRACE = timedelta(minutes=30)
LONGEST_REMINDER = timedelta(hours=2)
SHORTEST_LIFETIME = timedelta(hours=1)
LONGEST_LIFETIME = timedelta(days=7)


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
