"""What the operator reads: stable names and plain facts, never a word of anybody (SPEC: Privacy)."""

import io
import json
from collections import Counter
from enum import Enum

import pytest

from bot.domain.check_in import Step
from bot.log import Log
from bot.practice.virtual_time import VirtualClock


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
async def log(clock: VirtualClock, stream: io.StringIO) -> Log:
    return Log(clock, stream)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


async def test_an_event_is_one_line_with_its_moment(log: Log, stream: io.StringIO) -> None:
    log.tell("deadline", step=Step.ASK, late_s=0.5, acted=None)
    assert lines(stream) == [
        {
            "at": "2027-03-05T18:00:00.000+00:00",
            "level": "info",
            "event": "deadline",
            "step": "ask",
            "late_s": 0.5,
            "acted": None,
        }
    ]


async def test_a_warning_says_so(log: Log, stream: io.StringIO) -> None:
    log.tell_warning("signal_away")
    assert lines(stream)[0]["level"] == "warning"


async def test_an_error_is_told_by_its_class_and_place_never_by_its_message(log: Log, stream: io.StringIO) -> None:
    try:
        int("purple giraffe")
    except ValueError as error:
        log.failure("message_failed", error)
    (line,) = lines(stream)
    assert line["error"] == "ValueError"
    assert str(line["where"]).startswith("test_log.py:")
    assert line["at"] == "2027-03-05T18:00:00.000+00:00"
    assert "giraffe" not in stream.getvalue()


async def test_an_error_without_a_place_is_told_all_the_same(log: Log, stream: io.StringIO) -> None:
    log.failure("message_failed", ValueError())
    assert lines(stream)[0]["where"] == ""


async def test_an_error_in_great_numbers_does_not_fill_the_disk(
    log: Log, stream: io.StringIO, clock: VirtualClock
) -> None:
    for _ in range(500):
        log.failure("messages_not_stored", ValueError())
        log.failure("outbox_not_read", ValueError())
    assert Counter(line["event"] for line in lines(stream)) == {"messages_not_stored": 10, "outbox_not_read": 10}
    assert log.counts["messages_not_stored"] == 500
    clock.step(10)
    log.failure("messages_not_stored", ValueError())
    assert lines(stream)[-1]["left_out"] == 490
    clock.step(-3600)
    log.failure("messages_not_stored", ValueError())
    assert len(lines(stream)) == 22


@pytest.mark.parametrize("fact", ["Ana", b"Ana", ["Ana"], {"name": "Ana"}, object()])
async def test_what_could_be_somebodys_word_is_left_out(log: Log, stream: io.StringIO, fact: object) -> None:
    log.tell("delivery", name=fact, attempts=1)  # type: ignore[arg-type]
    (line,) = lines(stream)
    assert "name" not in line
    assert line["attempts"] == 1


async def test_everything_told_is_counted_by_its_name(log: Log) -> None:
    log.tell("a")
    log.tell_warning("a")
    log.failure("b", ValueError())
    log.count("c")
    assert log.counts == {"a": 2, "b": 1, "c": 1}


async def test_counting_alone_writes_no_line(log: Log, stream: io.StringIO) -> None:
    log.count("typing")
    assert stream.getvalue() == ""


async def test_without_a_stream_it_goes_to_the_standard_error(
    clock: VirtualClock, capsys: pytest.CaptureFixture[str]
) -> None:
    Log(clock).tell("started")
    assert json.loads(capsys.readouterr().err)["event"] == "started"


class Shade(Enum):
    """Enumerations are names of the code."""

    PURPLE = "purple"


async def test_a_name_from_the_code_may_be_told(log: Log, stream: io.StringIO) -> None:
    log.tell("delivery", result=Shade.PURPLE)
    assert lines(stream)[0]["result"] == "purple"
