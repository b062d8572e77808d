"""A buddy leaves, and the check-in goes on (SPEC: `/unpair`)."""

import pytest

from bot.domain.check_in import CheckIn, Stage, Step
from bot.domain.course import decide
from bot.domain.decisions import Decision, Effect, NotPossible
from bot.domain.events import Close, Leave, Resolve, Seen, Take
from bot.domain.known import Facts
from tests.unit.domain.courses import (
    BO,
    CY,
    DEE,
    MINUTE,
    START,
    TIMING,
    after,
    all_confirmed,
    due_at,
    in_every_stage,
    next_step,
    overdue,
    pending_step,
    started,
    told,
    until,
)


def leave(check_in: CheckIn, buddy: str, minutes: int = 0) -> Decision:
    now = (check_in.round_at or START) + minutes * MINUTE
    return decide(check_in, Leave(buddy), now, TIMING, all_confirmed(check_in))


def test_before_the_deadline_the_next_is_on_call_and_asked() -> None:
    decision = leave(started(BO, CY, start_lines=True), BO, 3)
    (watch,) = decision.check_in.watches
    assert (watch.buddy_id, watch.on_call, watch.asked_at) == (CY, True, START + 3 * MINUTE)
    assert told(decision, Effect.CALL_IN_HIS_PLACE) == [CY]
    assert (decision.check_in.step, due_at(decision.check_in)) == (Step.CHECK_CALL, START + 4 * MINUTE)


def test_with_alerts_only_the_next_is_not_asked() -> None:
    decision = leave(started(BO, CY), BO)
    assert [watch.asked_at for watch in decision.check_in.watches] == [None]
    assert told(decision, Effect.CALL_IN_HIS_PLACE) == [CY]


def test_who_is_not_on_call_leaves_without_a_word() -> None:
    decision = leave(started(BO, CY, start_lines=True), CY)
    assert decision.happenings == ()


def test_the_answer_of_who_leaves_counts_no_longer() -> None:
    seen = after(started(BO, CY, start_lines=True), Seen(BO, seen=True), START)
    left = leave(seen, BO, 1).check_in
    assert due_at(left) == START + 2 * MINUTE


def test_after_the_deadline_nothing_shows_and_the_other_is_alerted() -> None:
    decision = leave(until(started(BO, CY), Stage.ASKED), BO)
    assert decision.happenings == ()
    assert told(next_step(decision.check_in), Effect.ALERT) == [CY]


def test_what_rested_with_him_goes_on_at_once() -> None:
    taken = after(overdue(BO, CY, DEE), Take(BO), due_at(overdue(BO, CY, DEE)))
    decision = leave(taken, BO, 10)
    assert (decision.check_in.stage, decision.check_in.taken_by) == (Stage.OVERDUE, None)
    assert told(decision, Effect.ALERT) == [CY]
    assert told(decision, Effect.TELL_RESUMED) == []


def test_so_it_does_where_another_was_alerted_too() -> None:
    late = next_step(overdue(BO, CY, DEE)).check_in
    taken = after(late, Take(BO), due_at(late) - MINUTE)
    decision = leave(taken, BO, 10)
    assert (decision.check_in.stage, decision.check_in.taken_by) == (Stage.OVERDUE, None)
    assert told(decision, Effect.ALERT) == [CY, DEE]


def test_so_does_what_he_has_called_off() -> None:
    paused = after(overdue(BO, CY), Resolve(BO), due_at(overdue(BO, CY)))
    decision = leave(paused, BO, 5)
    assert decision.check_in.stage is Stage.OVERDUE
    assert told(decision, Effect.ALERT) == [CY]
    assert told(decision, Effect.WITHDRAW_QUESTION) == [None]


def test_where_nobody_else_is_alerted_yet_the_next_one_is_at_once() -> None:
    decision = leave(overdue(BO, CY, DEE), BO)
    assert told(decision, Effect.ALERT) == [CY]
    assert told(decision, Effect.TELL_OPERATOR) == []
    assert told(leave(next_step(overdue(BO, CY, DEE)).check_in, BO), Effect.ALERT) == []


def test_who_has_it_keeps_it_when_another_leaves() -> None:
    late = next_step(overdue(BO, CY)).check_in
    taken = after(late, Take(CY), due_at(late) - MINUTE)
    decision = leave(taken, BO, 3)
    assert (decision.check_in.stage, decision.check_in.taken_by) == (Stage.TAKEN, CY)
    assert due_at(decision.check_in) == due_at(taken)
    assert decision.happenings == ()


@pytest.mark.parametrize("stage", [Stage.OVERDUE, Stage.TAKEN, Stage.PAUSED])
def test_with_the_last_one_the_operator_is_told_and_it_stays_open(stage: Stage) -> None:
    for check_in in in_every_stage()[stage]:
        decision = leave(check_in, BO, 1)
        assert told(decision, Effect.TELL_OPERATOR) == [None]
        assert told(decision, Effect.ALERT) == []
        left = decision.check_in
        assert (left.stage, left.watches) == (Stage.OVERDUE, ())
        later = next_step(left)
        assert later.check_in.step is Step.REPEAT
        assert told(later, Effect.TELL_OPERATOR) == []
        assert after(left, Close(), due_at(left)).stage is Stage.CLOSED


def test_the_operator_hears_of_it_where_only_his_phone_had_the_alert() -> None:
    both = next_step(overdue(BO, CY)).check_in
    assert both.round_at is not None
    for confirmed, heard in (({BO}, [None]), ({BO, CY}, []), (set[str](), [])):
        facts = Facts(confirmed=frozenset(confirmed))
        decision = decide(both, Leave(BO), both.round_at + 100 * MINUTE, TIMING, facts)
        assert told(decision, Effect.TELL_OPERATOR) == heard


def test_where_the_last_one_leaves_before_the_deadline_the_operator_hears_of_it_when_it_passes() -> None:
    left = until(leave(started(BO), BO).check_in, Stage.OVERDUE)
    again = pending_step(left).check_in
    assert told(pending_step(again), Effect.TELL_OPERATOR) == [None]
    assert due_at(again) == left.deadline + left.grace + TIMING.operator_after


def test_who_has_no_part_in_it_cannot_leave_it() -> None:
    for check_ins in in_every_stage().values():
        for check_in in check_ins:
            with pytest.raises(NotPossible):
                leave(check_in, DEE)
