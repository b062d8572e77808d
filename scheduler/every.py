"""When recurring work is due: again and again, whatever the clock does meanwhile."""

from datetime import datetime, timedelta

from apscheduler.triggers.base import BaseTrigger


class Every(BaseTrigger):  # type: ignore[misc]
    """Due each `interval` from the start of the scheduler on.

    APScheduler's own interval trigger counts every time that a leap of the clock has skipped, one by one (minutes of
    standing still after a leap of years), and reads the clock when it is made, not when the scheduler starts.
    """

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """One interval after the time before; if that is past already, one interval from now."""
        following = (previous_fire_time or now) + self._interval
        return following if following > now else now + self._interval
