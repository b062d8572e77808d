"""How often somebody may try. In memory only: nothing is stored about strangers or about wrong guesses."""

from collections import deque
from datetime import datetime, timedelta

_HOUR = timedelta(hours=1)
_MOST_KEYS = 10_000


class HourlyLimit:
    """At most `most` times an hour for each key. Moments are aware UTC."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._times: dict[str, deque[datetime]] = {}

    def allows(self, key: str, now: datetime) -> bool:
        """Whether one more is allowed now; does not count it."""
        times = self._times.get(key)
        if times is None:
            return True
        recent = [time for time in times if abs(now - time) < _HOUR]  # none from before the clock was put right
        times.clear()
        times.extend(recent)
        return len(recent) < self._most

    def count(self, key: str, now: datetime) -> None:
        """Count one."""
        if key not in self._times and len(self._times) >= _MOST_KEYS:
            self._forget_oldest()
        self._times.setdefault(key, deque(maxlen=self._most)).append(now)  # more of them would tell no more

    def _forget_oldest(self) -> None:
        """Under a flood of accounts the oldest keys go first, so that memory stays bounded."""
        for key in [known for known, times in self._times.items() if not times]:
            del self._times[key]
        for key in sorted(self._times, key=lambda known: self._times[known][-1])[: _MOST_KEYS // 10]:
            del self._times[key]
