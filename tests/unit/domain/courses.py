"""Check-ins to decide about."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.domain.calm import arm
from bot.domain.check_in import CheckIn, Stage, Step, Watch
from bot.domain.course import decide
from bot.domain.decisions import Decision, Effect
from bot.domain.events import (
    Close,
    Due,
    Event,
    Extend,
    GiveBack,
    Leave,
    NoAccount,
    NotSent,
    Reopen,
    Resolve,
    SayElse,
    Seen,
    Take,
)
from bot.domain.known import Facts
from bot.domain.timing import Timing

START = datetime(2027, 3, 5, 20, 0, tzinfo=UTC)
TIMING = Timing()
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LOOKS = (Step.CHECK_CALL, Step.CHECK_ALERT)
BO, CY, DEE = "bo", "cy", "dee"
EVENTS: tuple[Event, ...] = (
    *(Due(step) for step in Step),
    Extend(5 * MINUTE, with_word=False),
    Extend(5 * MINUTE, with_word=True),
    Close(),
    Take(BO),
    GiveBack(BO),
    SayElse(BO),
    Resolve(BO),
    Reopen(BO),
    Seen(BO, seen=True),
    Seen(BO, seen=False),
    NoAccount(BO),
    NotSent(BO),
    Leave(BO),
)


def started(*buddies: str, duration: timedelta = 2 * HOUR, now: datetime = START, start_lines: bool = False) -> CheckIn:
    """A check-in just armed; the first of the buddies is on call, and asked for a 👍 with `start_lines`."""
    names = buddies or (BO,)
    watches = tuple(
        Watch(name, None, place, on_call=place == 0, asked_at=now if start_lines and place == 0 else None)
        for place, name in enumerate(names)
    )
    unarmed = CheckIn(
        id="c",
        person_id="ana",
        stage=Stage.ARMED,
        started_at=now,
        deadline=now + duration,
        reminded=False,
        grace=TIMING.grace,
        extended_freely=timedelta(),
        wrong_words=0,
        alerting_since=None,
        taken_by=None,
        holds=0,
        resolved_by=None,
        step=None,
        step_at=None,
        watches=watches,
        start_lines=start_lines,
    )
    return arm(unarmed, now, TIMING)


def all_confirmed(check_in: CheckIn) -> Facts:
    """Every phone has confirmed what it was sent."""
    return Facts(confirmed=frozenset(watch.buddy_id for watch in check_in.watches))


def after(check_in: CheckIn, event: Event, now: datetime, facts: Facts | None = None) -> CheckIn:
    return decide(check_in, event, now, TIMING, facts or all_confirmed(check_in)).check_in


def next_step(check_in: CheckIn, facts: Facts | None = None) -> Decision:
    """The pending step, taken in time; looks at what phones have confirmed are passed over while all is well."""
    decision = pending_step(check_in, facts)
    while check_in.step in LOOKS and not decision.happenings:
        check_in = decision.check_in
        decision = pending_step(check_in, facts)
    return decision


def pending_step(check_in: CheckIn, facts: Facts | None = None) -> Decision:
    """Exactly the pending step, taken in time."""
    assert check_in.step is not None
    assert check_in.step_at is not None
    return decide(check_in, Due(check_in.step), check_in.step_at, TIMING, facts or all_confirmed(check_in))


def steps(check_in: CheckIn) -> Iterator[tuple[datetime, Decision]]:
    """Every step in time, for as long as nobody does anything."""
    while check_in.step_at is not None:
        while check_in.step in LOOKS and not (looked := pending_step(check_in)).happenings:
            check_in = looked.check_in
        assert check_in.step_at is not None
        decision = pending_step(check_in)
        yield check_in.step_at, decision
        check_in = decision.check_in


def until(check_in: CheckIn, stage: Stage) -> CheckIn:
    """Nobody does anything until this stage."""
    while check_in.stage is not stage:
        check_in = next_step(check_in).check_in
    return check_in


def overdue(*buddies: str) -> CheckIn:
    """The first alert has just gone out."""
    return until(started(*buddies), Stage.OVERDUE)


def due_at(check_in: CheckIn) -> datetime:
    """When the pending step is due."""
    assert check_in.step_at is not None
    return check_in.step_at


def in_every_stage() -> dict[Stage, list[CheckIn]]:
    """Check-ins in each stage, with each step that can be pending there."""
    armed = started()
    late = overdue()
    taken = after(late, Take(BO), due_at(late))
    asked = next_step(taken).check_in
    paused = after(late, Resolve(BO), due_at(late))
    return {
        Stage.ARMED: [armed, next_step(armed).check_in, started(duration=10 * MINUTE)],
        Stage.ASKED: [until(armed, Stage.ASKED)],
        Stage.OVERDUE: [late],
        Stage.TAKEN: [taken, asked],
        Stage.PAUSED: [paused],
        Stage.CLOSED: [after(armed, Close(), START + MINUTE)],
    }


def told(decision: Decision, effect: Effect) -> list[str | None]:
    """Whom this effect concerns, in order."""
    return [happening.buddy_id for happening in decision.happenings if happening.effect is effect]


def effects(decision: Decision) -> set[Effect]:
    return {happening.effect for happening in decision.happenings}
