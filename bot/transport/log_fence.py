"""A fence around the loggers of libraries that put messages or names of people into their records."""

import logging
import sys
import threading
from collections.abc import Iterable

from bot.transport.counters import Counters

_EVERYBODY = ""
_log = logging.getLogger(__name__)
logging.getLogger("bot").propagate = False  # what a fence says meets no other fence


class LogFence(logging.Handler):
    """Lets through that something was reported, and the class of the exception, but no words of it."""

    def __init__(self, counters: Counters) -> None:
        super().__init__(logging.WARNING)
        self._counters = counters

    def emit(self, record: logging.LogRecord) -> None:
        """Count and restate the record."""
        origin, level = record.name.partition(".")[0], record.levelname.lower()
        kind = record.exc_info[0] if record.exc_info else None
        self._counters.count(f"{origin}_{level}")
        _log.log(record.levelno, "%s reported a %s (%s).", origin, level, kind.__name__ if kind else "no exception")


def fence(names: Iterable[str], counters: Counters) -> None:
    """Let these loggers speak through a LogFence only, whatever handlers they had."""
    for name in names:
        logger = logging.getLogger(name)
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
        logger.addHandler(LogFence(counters))
        logger.setLevel(logging.WARNING)
        logger.propagate = False


def fence_everything(counters: Counters) -> None:
    """Let no library, not Python's warnings either, speak past a fence: asyncio prints whole exceptions, and what sends
    to the operator prints addresses that hold passwords. Python itself prints whole exceptions of threads that die, and
    of what it ignores."""
    logging.captureWarnings(capture=True)
    fence([_EVERYBODY], counters)
    threading.excepthook = lambda told: _report("thread", told.exc_type)
    sys.unraisablehook = lambda told: _report("python", told.exc_type)


def _report(origin: str, kind: type[BaseException]) -> None:
    """The exception's class alone: a bare exception stands for the one with words."""
    logging.getLogger(origin).error("", exc_info=(kind, BaseException(), None))
