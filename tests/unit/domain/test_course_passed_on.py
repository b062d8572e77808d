"""Buddies who pass it back and forth while another was told nothing: that must not go on for ever (SPEC: step 6)."""

from datetime import datetime, timedelta

from bot.domain.check_in import CheckIn, Stage, Step
from bot.domain.course import decide
from bot.domain.decisions import Decision, Effect
from bot.domain.events import Event, Take
from tests.unit.domain.courses import (
    BO,
    CY,
    DEE,
    MINUTE,
    TIMING,
    after,
    all_confirmed,
    due_at,
    next_step,
    overdue,
    told,
)

SECOND = timedelta(seconds=1)


def step(check_in: CheckIn, event: Event, now: datetime) -> Decision:
    return decide(check_in, event, now, TIMING, all_confirmed(check_in))


def _both_told(*buddies: str) -> tuple[CheckIn, datetime]:
    """Two have been alerted, the first has it; and when he took it."""
    late = overdue(*buddies)
    while len([watch for watch in late.watches if watch.alerted_at]) < 2:
        late = next_step(late).check_in
    now = late.round_at
    assert now is not None
    return after(late, Take(BO), now), now


def _asked(check_in: CheckIn) -> tuple[CheckIn, datetime]:
    assert check_in.step is Step.FOLLOW_UP
    now = due_at(check_in)
    return next_step(check_in).check_in, now


def test_who_takes_it_over_while_another_is_untold_is_asked_when_the_first_would_have_been() -> None:
    taken, at = _both_told(BO, CY, DEE)
    over = step(taken, Take(CY), at + 29 * MINUTE)
    assert (over.check_in.taken_by, over.check_in.holds) == (CY, 0)
    assert (over.check_in.step, over.check_in.step_at) == (Step.FOLLOW_UP, at + 30 * MINUTE)
    assert told(over, Effect.CONFIRM_TAKEN) == [CY]
    assert told(over, Effect.TELL_TAKEN) == [BO]


def test_passing_it_back_and_forth_puts_no_question_off() -> None:
    check_in, at = _both_told(BO, CY, DEE)
    for minute, buddy in enumerate((CY, BO, CY, BO), start=1):
        check_in = after(check_in, Take(buddy), at + minute * MINUTE)
    assert due_at(check_in) == at + 30 * MINUTE


def test_to_take_it_over_once_it_was_asked_holds_it_once() -> None:
    taken, _ = _both_told(BO, CY, DEE)
    asked, now = _asked(taken)
    over = after(asked, Take(CY), now + MINUTE)
    assert (over.taken_by, over.holds, due_at(over)) == (CY, 1, now + 31 * MINUTE)


def test_and_the_second_time_it_goes_on_to_who_was_told_nothing() -> None:
    taken, _ = _both_told(BO, CY, DEE)
    asked, now = _asked(taken)
    held = after(asked, Take(BO), now)
    again, now = _asked(held)
    resumed = step(again, Take(CY), now)
    assert resumed.check_in.stage is Stage.OVERDUE
    assert told(resumed, Effect.ALERT) == [BO, DEE]
    assert told(resumed, Effect.TELL_RESUMED) == [CY]


def test_once_held_it_stays_held_when_it_is_passed_on() -> None:
    taken, _ = _both_told(BO, CY, DEE)
    asked, now = _asked(taken)
    held = after(asked, Take(BO), now)
    over = after(held, Take(CY), now + 29 * MINUTE)
    assert (over.taken_by, over.holds, due_at(over)) == (CY, 1, now + 30 * MINUTE)


def test_where_everybody_was_told_a_take_over_is_a_first_take() -> None:
    taken, at = _both_told(BO, CY)
    asked, _ = _asked(taken)
    held = after(asked, Take(BO), at + 30 * MINUTE)
    over = after(held, Take(CY), at + 40 * MINUTE)
    assert (over.taken_by, over.holds, due_at(over)) == (CY, 0, at + 70 * MINUTE)


def test_who_was_told_nothing_waits_an_hour_and_a_half_at_most() -> None:
    """Two who answer in turns, each as late as he may."""
    check_in, now = _both_told(BO, CY, DEE)
    first_alert = check_in.alerting_since
    assert first_alert is not None
    who = CY
    while all(watch.alerted_at is None for watch in check_in.watches if watch.buddy_id == DEE):
        if check_in.step is Step.FOLLOW_UP:
            check_in = next_step(check_in).check_in
        now = due_at(check_in) - SECOND
        check_in, who = after(check_in, Take(who), now), BO if who == CY else CY
    assert now - first_alert < 90 * MINUTE
