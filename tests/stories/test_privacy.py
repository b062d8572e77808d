"""Logs and error messages never contain a name, a number, an account id or a text, at any level (SPEC: Privacy)."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.stories.dialog import Scene, Someone, story
from tests.stories.night import CANARIES, MORE_CANARIES, a_night_with_everything

ROOT = Path(__file__).parents[2]
OURS = tuple(str(ROOT / folder) for folder in ("bot", "handlers", "scheduler", "storage"))
NOT_TOLD = (StopIteration, StopAsyncIteration, GeneratorExit)
"""How generators end: these are no errors and never told to anybody."""


class Everything(logging.Handler):
    """Keeps every record of every logger, with all that could be printed of it."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        formatted = logging.Formatter("%(name)s %(message)s").format(record)
        self.told.append(f"{formatted} {record.args!r} {record.exc_text or ''}")


@contextmanager
def every_logger_at_debug() -> Iterator[Everything]:
    """No fence, no level and no `propagate` keeps a record from us."""
    ours = Everything()
    known = [logging.getLogger(), *(one for one in logging.Logger.manager.loggerDict.values() if _is_logger(one))]
    before = [(logger, logger.level, logger.disabled) for logger in known]
    for logger, _, _ in before:
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
        logger.addHandler(ours)
    try:
        yield ours
    finally:
        for logger, level, disabled in before:
            logger.removeHandler(ours)
            logger.setLevel(level)
            logger.disabled = disabled


def _is_logger(found: object) -> bool:
    return isinstance(found, logging.Logger)


@contextmanager
def every_exception() -> Iterator[list[str]]:
    """The texts of all exceptions that pass through our code, also of those that are caught at once."""
    texts: list[str] = []

    def see(frame: FrameType, event: str, argument: Any) -> Any:
        if event == "call":
            if not frame.f_code.co_filename.startswith(OURS):
                return None
            frame.f_trace_lines = False
            return see
        if event == "exception" and not issubclass(argument[0], NOT_TOLD):
            place = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
            texts.append(f"{place} {argument[0].__name__} {argument[1]} {argument[1]!r}")
        return see

    before = sys.gettrace()
    sys.settrace(see)
    try:
        yield texts
    finally:
        sys.settrace(before)


@story(paired=False)
async def test_no_logger_says_anything_about_anybody(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, capfd: pytest.CaptureFixture[str]
) -> None:
    with every_logger_at_debug() as ours:
        await scene.restarts()
        more = await a_night_with_everything(ana, bo, dee, scene)
    out, err = capfd.readouterr()
    for canary in (*CANARIES, *MORE_CANARIES, *more):
        assert [line for line in ours.told if canary in line] == []
        assert canary not in scene.logged.getvalue()
        assert canary not in out
        assert canary not in err
    assert scene.logged.getvalue().count("\n") > 20


@story(paired=False)
async def test_no_exception_says_anything_about_anybody(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    with every_exception() as texts:
        more = await a_night_with_everything(ana, bo, dee, scene)
    told = [text for text in texts for canary in (*CANARIES, *MORE_CANARIES, *more) if canary in text]
    assert sorted(set(told)) == []
    assert texts


@story(paired=False)
async def test_counters_are_named_by_the_code_alone(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    more = await a_night_with_everything(ana, bo, dee, scene)
    for name in scene.night.log.counts:
        assert not any(canary in name for canary in (*CANARIES, *MORE_CANARIES, *more))
        assert name.isascii()
        assert " " not in name


@story(paired=False)
async def test_the_database_holds_nothing_of_it_in_the_clear(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    more = await a_night_with_everything(ana, bo, dee, scene)
    await scene.night.stop_bot()
    for path in scene.night.folder.rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        for canary in (*CANARIES, *MORE_CANARIES, *more):
            assert canary.encode() not in raw, path.name
            assert canary not in path.name
