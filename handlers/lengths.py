"""Lengths in whole days, which the reader of durations for timers does not know."""

import re
from datetime import timedelta

_DAYS = re.compile(r"(?:for )?(?P<count>[0-9]{1,3}) ?(?P<unit>d|days?|w|weeks?)[.!]?", re.IGNORECASE)
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


def days_in(text: str) -> timedelta | None:
    """`3 days`, `3d`, `1 week`: the whole text, plain; None for anything else."""
    match = _DAYS.fullmatch(text)
    if match is None:
        return None
    return int(match["count"]) * (_WEEK if match["unit"][0] in "wW" else _DAY)
