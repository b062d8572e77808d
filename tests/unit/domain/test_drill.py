"""The course of a drill (SPEC: `/drill`)."""

from datetime import UTC, datetime, timedelta

from bot.domain.drill import LASTS, Drill, DrillPart, DrillStep, answer, go_on, next_step, tell_next
from bot.domain.timing import Timing

NOW = datetime(2027, 3, 5, 18, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DRILL = Drill("drill", "ana", NOW, (DrillPart("bo", 0), DrillPart("cy", 1), DrillPart("dee", 2)))


def test_one_after_the_other_and_the_silent_ones_again() -> None:
    drill, told = go_on(DRILL, NOW)
    assert told == ("bo",)
    drill, told = go_on(drill, NOW + 120 * SECOND)
    assert told == ("bo", "cy")
    answered = answer(drill, "bo", NOW + 130 * SECOND)
    assert answered is not None
    drill, told = go_on(answered, NOW + 240 * SECOND)
    assert told == ("cy", "dee")
    drill, told = go_on(drill, NOW + 360 * SECOND)
    assert told == ("cy", "dee")


def test_the_time_of_each_runs_from_the_first_message() -> None:
    drill, _ = go_on(DRILL, NOW)
    drill, _ = go_on(drill, NOW + 120 * SECOND)
    answered = answer(drill, "bo", NOW + 130 * SECOND)
    assert answered is not None
    assert [part.took for part in answered.parts] == [130 * SECOND, None, None]


def test_an_answer_counts_once_and_only_from_who_was_told() -> None:
    drill, _ = go_on(DRILL, NOW)
    assert answer(drill, "cy", NOW) is None
    assert answer(drill, "stranger", NOW) is None
    answered = answer(drill, "bo", NOW)
    assert answered is not None
    assert answer(answered, "bo", NOW) is None


def test_after_an_answer_only_the_next_is_told() -> None:
    drill, _ = go_on(DRILL, NOW)
    drill, told = tell_next(drill, NOW + SECOND)
    assert told == ("cy",)
    drill, told = tell_next(drill, NOW + SECOND)
    assert told == ("dee",)
    assert tell_next(drill, NOW + SECOND) == (drill, ())


def test_it_is_over_when_everybody_has_answered() -> None:
    drill = DRILL
    for buddy_id in ("bo", "cy", "dee"):
        assert not drill.is_over
        drill, _ = tell_next(drill, NOW)
        answered = answer(drill, buddy_id, NOW)
        assert answered is not None
        drill = answered
    assert drill.is_over


def test_it_goes_on_every_two_minutes_and_ends_after_a_quarter_of_an_hour() -> None:
    assert next_step(DRILL, NOW, Timing()) == (DrillStep.REPEAT, NOW + 120 * SECOND)
    late = NOW + LASTS - 60 * SECOND
    assert next_step(DRILL, late, Timing()) == (DrillStep.END, NOW + LASTS)
