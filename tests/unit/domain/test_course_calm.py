"""From the start to the deadline, and more time (SPEC: "A check-in's life", steps 1 to 3; `/extend`)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.check_in import Stage, Step
from bot.domain.course import decide
from bot.domain.decisions import Effect, Impossible, NotPossible
from bot.domain.events import Close, Extend, Resolve, Seen, Take
from tests.unit.domain.courses import (
    BO,
    CY,
    HOUR,
    MINUTE,
    START,
    TIMING,
    after,
    due_at,
    effects,
    next_step,
    overdue,
    started,
    told,
    until,
)


def refused(check_in, event, now) -> Impossible:
    with pytest.raises(NotPossible) as refusal:
        decide(check_in, event, now, TIMING)
    return refusal.value.why


def freely(minutes: int) -> Extend:
    return Extend(minutes * MINUTE, with_word=False)


def with_word(minutes: int) -> Extend:
    return Extend(minutes * MINUTE, with_word=True)


def test_she_is_reminded_ten_minutes_before() -> None:
    check_in = started(duration=2 * HOUR)
    assert (check_in.step, due_at(check_in)) == (Step.REMIND, START + 110 * MINUTE)
    assert effects(next_step(check_in)) == {Effect.REMIND}


@pytest.mark.parametrize(("minutes", "step"), [(5, Step.ASK), (19, Step.ASK), (20, Step.REMIND), (21, Step.REMIND)])
def test_there_is_no_reminder_under_twenty_minutes(minutes: int, step: Step) -> None:
    assert started(duration=minutes * MINUTE).step is step


def test_at_the_deadline_she_is_asked_and_at_the_end_of_grace_the_first_buddy_is_alerted() -> None:
    asked = until(started(BO, CY), Stage.ASKED)
    assert (asked.step, due_at(asked)) == (Step.ALERT, START + 2 * HOUR + 5 * MINUTE)
    assert told(next_step(asked), Effect.ALERT) == [BO]


def test_without_grace_the_alert_comes_at_the_deadline() -> None:
    asked = until(replace(started(), grace=timedelta()), Stage.ASKED)
    assert due_at(asked) == asked.deadline


def test_sixty_minutes_in_all_are_free() -> None:
    check_in = started()
    for _ in range(12):
        check_in = after(check_in, freely(5), START + MINUTE)
    assert check_in.deadline == START + 3 * HOUR
    assert refused(check_in, freely(1), START + MINUTE) is Impossible.NEEDS_WORD
    assert after(check_in, with_word(30), START + MINUTE).deadline == START + 3.5 * HOUR


def test_time_given_for_the_word_does_not_use_up_the_free_minutes() -> None:
    check_in = after(started(), with_word(120), START + MINUTE)
    assert after(check_in, freely(60), START + MINUTE).deadline == START + 5 * HOUR


def test_more_than_sixty_minutes_at_once_need_the_word() -> None:
    assert refused(started(), freely(61), START) is Impossible.NEEDS_WORD


def test_from_the_deadline_on_the_word_is_needed() -> None:
    check_in = until(started(), Stage.ASKED)
    assert refused(check_in, freely(5), check_in.deadline) is Impossible.NEEDS_WORD
    again = after(check_in, with_word(5), check_in.deadline + MINUTE)
    assert again.deadline == check_in.deadline + 6 * MINUTE


def test_the_deadline_counts_and_not_whether_the_question_has_left() -> None:
    """The bot may be late with its question."""
    check_in = next_step(started()).check_in
    assert check_in.stage is Stage.ARMED
    assert refused(check_in, freely(5), check_in.deadline) is Impossible.NEEDS_WORD
    late = check_in.deadline + 7 * MINUTE
    assert after(check_in, with_word(5), late).deadline == late + 5 * MINUTE
    just_in_time = check_in.deadline - timedelta(microseconds=1)
    assert after(check_in, freely(5), just_in_time).deadline == check_in.deadline + 5 * MINUTE


def test_no_timer_runs_for_more_than_a_day_from_now() -> None:
    check_in = started(duration=24 * HOUR)
    assert refused(check_in, freely(1), START) is Impossible.TOO_LONG
    assert refused(check_in, with_word(1), START) is Impossible.TOO_LONG
    after(check_in, freely(1), START + MINUTE)


def test_more_time_gives_a_new_reminder_and_takes_the_old_question_back() -> None:
    check_in = until(started(), Stage.ASKED)
    decision = decide(check_in, with_word(60), check_in.deadline, TIMING)
    assert {Effect.WITHDRAW_PROMPTS, Effect.NEW_TIME_LINES} <= effects(decision)
    assert (decision.check_in.step, due_at(decision.check_in)) == (Step.REMIND, check_in.deadline + 50 * MINUTE)


@pytest.mark.parametrize("stage", ["overdue", "taken", "paused"])
def test_after_an_alert_everybody_alerted_hears_of_the_new_time_and_all_begins_anew(stage: str) -> None:
    late = next_step(overdue(BO, CY)).check_in
    now = due_at(late)
    if stage != "overdue":
        late = after(late, Take(CY) if stage == "taken" else Resolve(CY), now)
    decision = decide(late, with_word(30), now, TIMING)
    assert told(decision, Effect.TELL_NEW_TIME) == [BO, CY]
    assert Effect.WITHDRAW_ALERTS in effects(decision)
    anew = decision.check_in
    assert anew.stage is Stage.ARMED
    assert (anew.taken_by, anew.resolved_by, anew.alerting_since, anew.holds) == (None, None, None, 0)
    assert told(next_step(until(anew, Stage.ASKED)), Effect.ALERT) == [BO]


def test_only_a_buddy_on_call_can_have_seen_it() -> None:
    check_in = started(BO, CY)
    decision = decide(check_in, Seen(BO, seen=True), START, TIMING)
    assert told(decision, Effect.TELL_SEEN) == [BO]
    assert decision.check_in.watches[0].seen_at == START
    for stranger in (CY, "nobody"):
        assert refused(check_in, Seen(stranger, seen=True), START) is Impossible.NOT_ON_CALL


def test_she_is_told_once_that_he_has_seen_it() -> None:
    check_in = after(started(), Seen(BO, seen=True), START)
    assert told(decide(check_in, Seen(BO, seen=True), START + MINUTE, TIMING), Effect.TELL_SEEN) == []


def test_taking_the_thumb_back_takes_the_answer_back() -> None:
    check_in = after(started(), Seen(BO, seen=True), START)
    assert after(check_in, Seen(BO, seen=False), START + MINUTE).watches[0].seen_at is None


def test_what_is_seen_moves_nothing() -> None:
    for check_in in (started(), until(started(), Stage.ASKED), overdue()):
        seen = after(check_in, Seen(BO, seen=True), due_at(check_in))
        assert (seen.stage, seen.step, seen.step_at) == (check_in.stage, check_in.step, check_in.step_at)


def test_closing_notes_the_moment() -> None:
    closed = after(started(), Close(), START + MINUTE)
    assert closed.closed_at == START + MINUTE
