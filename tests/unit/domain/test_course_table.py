"""What the table does not allow is refused, and nothing has changed (DESIGN, invariant 6)."""

from contextlib import suppress
from copy import deepcopy
from datetime import timedelta

import pytest

from bot.domain.check_in import CheckIn, Stage, Step
from bot.domain.course import TRANSITIONS, decide
from bot.domain.decisions import Effect, Impossible, NotPossible
from bot.domain.events import Close, Due, Event
from bot.use_cases.happenings import EFFECTS
from tests.unit.domain.courses import EVENTS, HOUR, TIMING, due_at, in_every_stage, started

STAGES = in_every_stage()
PAIRS = [
    pytest.param(check_in, event, id=f"{stage}-{check_in.step}-{event.step if isinstance(event, Due) else event}")
    for stage, check_ins in STAGES.items()
    for check_in in check_ins
    for event in EVENTS
]


def key(stage: Stage, event: Event) -> tuple[Stage, Step | type[Event]]:
    return stage, event.step if isinstance(event, Due) else type(event)


@pytest.mark.parametrize(("check_in", "event"), PAIRS)
def test_what_is_not_in_the_table_is_refused(check_in: CheckIn, event: Event) -> None:
    before = deepcopy(check_in)
    now = (check_in.step_at or check_in.deadline) + timedelta(seconds=1)
    if key(check_in.stage, event) not in TRANSITIONS:
        with pytest.raises(NotPossible):
            decide(check_in, event, now, TIMING)
    else:
        with suppress(NotPossible):  # allowed here, but not for everybody or at every moment
            assert decide(check_in, event, now, TIMING).check_in.id == check_in.id
    assert check_in == before


@pytest.mark.parametrize("event", EVENTS, ids=str)
def test_nothing_happens_to_a_closed_check_in(event: Event) -> None:
    (closed,) = STAGES[Stage.CLOSED]
    with pytest.raises(NotPossible) as refusal:
        decide(closed, event, closed.deadline, TIMING)
    assert refusal.value.why is Impossible.CLOSED


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.CLOSED])
def test_every_open_stage_can_be_closed_by_the_codeword(stage: Stage) -> None:
    for check_in in STAGES[stage]:
        decision = decide(check_in, Close(), due_at(check_in) + 100 * HOUR, TIMING)
        assert decision.check_in.stage is Stage.CLOSED
        assert (decision.check_in.step, decision.check_in.step_at) == (None, None)
        assert [happening.effect for happening in decision.happenings] == [Effect.CLOSE_DOWN]


@pytest.mark.parametrize("step", Step)
def test_a_step_that_is_not_pending_is_stale(step: Step) -> None:
    for check_ins in STAGES.values():
        for check_in in check_ins:
            if check_in.step in (None, step):
                continue
            with pytest.raises(NotPossible) as refusal:
                decide(check_in, Due(step), due_at(check_in) + HOUR, TIMING)
            assert refusal.value.why is Impossible.STALE_STEP


def test_a_step_is_not_taken_before_its_moment() -> None:
    for check_ins in STAGES.values():
        for check_in in check_ins:
            if check_in.step is None:
                continue
            with pytest.raises(NotPossible):
                decide(check_in, Due(check_in.step), due_at(check_in) - timedelta(microseconds=1), TIMING)
            decide(check_in, Due(check_in.step), due_at(check_in), TIMING)


def test_every_pending_step_is_in_the_table() -> None:
    for stage, check_ins in STAGES.items():
        for check_in in check_ins:
            assert check_in.step is None or (stage, check_in.step) in TRANSITIONS


def test_every_step_and_event_is_in_the_table_somewhere() -> None:
    keys = {what for _, what in TRANSITIONS}
    assert set(Step) <= keys
    assert {type(event) for event in EVENTS if not isinstance(event, Due)} <= keys


def test_every_effect_puts_something_into_the_outbox() -> None:
    assert set(EFFECTS) == set(Effect)


def test_a_step_that_comes_late_is_taken_all_the_same() -> None:
    check_in = started()
    for _ in range(20):
        assert check_in.step is not None
        check_in = decide(check_in, Due(check_in.step), due_at(check_in) + 3 * HOUR, TIMING).check_in
    assert check_in.stage is Stage.OVERDUE
