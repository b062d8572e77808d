"""APScheduler reads `datetime.now` by itself; here that name points to our clock (DESIGN, invariant 9)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import Any

from apscheduler.schedulers import base as scheduler_module
from apscheduler.triggers import date as date_module

from bot.clock import Clock

_MODULES = (scheduler_module, date_module)


def _datetime_of(clock: Clock) -> type[datetime]:
    class AnyDatetime(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, datetime)

    class ClockDatetime(datetime, metaclass=AnyDatetime):
        """`datetime`, with our clock behind `now`."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            """The clock's moment in `tz`."""
            return clock.now().astimezone(tz)

    return ClockDatetime


@contextmanager
def apscheduler_reads(clock: Clock) -> Iterator[None]:
    """While open, APScheduler takes the time from `clock`."""
    before = [module.datetime for module in _MODULES]
    replacement = _datetime_of(clock)
    for module in _MODULES:
        module.datetime = replacement
    try:
        yield
    finally:
        for module, original in zip(_MODULES, before, strict=True):
            module.datetime = original
