"""The course of a check-in: what happens next, as a table of pure rules (SPEC: "A check-in's life").

Two rules hold here. Everything that moves a check-in's stage stands in `TRANSITIONS`; and nothing here reads a
clock, a database or chance: a check-in, an event, the moment and the facts go in, a decision comes out. What the
table does not allow raises `NotPossible`, and nothing has changed.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain import calm, escalation, on_call, parting
from bot.domain.check_in import CheckIn, Stage, Step
from bot.domain.decisions import Decision, Impossible, NotPossible
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
from bot.domain.known import Facts, Known
from bot.domain.timing import Timing

Rule = Callable[[CheckIn, Event, datetime, Known], Decision]

TRANSITIONS: Mapping[tuple[Stage, Step | type[Event]], Rule] = {
    (Stage.ARMED, Step.CHECK_CALL): on_call.check_call,
    (Stage.ARMED, Step.REMIND): calm.remind,
    (Stage.ARMED, Step.ASK): calm.ask,
    (Stage.ARMED, Extend): calm.extend,
    (Stage.ARMED, Seen): on_call.seen,
    (Stage.ARMED, NoAccount): on_call.no_account,
    (Stage.ARMED, Leave): parting.leave_armed,
    (Stage.ARMED, Close): calm.close,
    (Stage.ASKED, Step.ALERT): escalation.first_alert,
    (Stage.ASKED, Extend): calm.extend,
    (Stage.ASKED, Seen): on_call.seen,
    (Stage.ASKED, Leave): parting.leave_asked,
    (Stage.ASKED, Close): calm.close,
    (Stage.OVERDUE, Step.CHECK_ALERT): escalation.check_alert,
    (Stage.OVERDUE, NotSent): escalation.not_sent,
    (Stage.OVERDUE, Step.REPEAT): escalation.repeat_alert,
    (Stage.OVERDUE, Take): escalation.take,
    (Stage.OVERDUE, Resolve): escalation.resolve,
    (Stage.OVERDUE, Extend): calm.extend,
    (Stage.OVERDUE, Seen): on_call.seen,
    (Stage.OVERDUE, Leave): parting.leave_alerted,
    (Stage.OVERDUE, Close): calm.close,
    (Stage.TAKEN, Step.CHECK_ALERT): escalation.check_taken,
    (Stage.TAKEN, Step.FOLLOW_UP): escalation.follow_up,
    (Stage.TAKEN, Step.RESUME_UNANSWERED): escalation.resume_unanswered,
    (Stage.TAKEN, Take): escalation.take_again,
    (Stage.TAKEN, GiveBack): escalation.give_back,
    (Stage.TAKEN, SayElse): escalation.say_else,
    (Stage.TAKEN, Resolve): escalation.resolve,
    (Stage.TAKEN, Extend): calm.extend,
    (Stage.TAKEN, Seen): on_call.seen,
    (Stage.TAKEN, Leave): parting.leave_alerted,
    (Stage.TAKEN, Close): calm.close,
    (Stage.PAUSED, Step.RESUME_UNRESOLVED): escalation.resume_unresolved,
    (Stage.PAUSED, Reopen): escalation.reopen,
    (Stage.PAUSED, Extend): calm.extend,
    (Stage.PAUSED, Seen): on_call.seen,
    (Stage.PAUSED, Leave): parting.leave_alerted,
    (Stage.PAUSED, Close): calm.close,
}
"""From a stage, by a due step or an event, to the rule that decides."""


def decide(check_in: CheckIn, event: Event, now: datetime, timing: Timing, facts: Facts | None = None) -> Decision:
    """What `event` at `now` makes of `check_in`, given the `facts` (None: nobody away, no phone has confirmed
    anything). Raises `NotPossible`."""
    if check_in.stage is Stage.CLOSED:
        raise NotPossible(Impossible.CLOSED)
    key = event.step if isinstance(event, Due) else type(event)
    rule = TRANSITIONS.get((check_in.stage, key))
    if rule is None:
        raise NotPossible(_why_not(check_in.stage, event))
    if isinstance(event, Due) and not _is_pending(check_in, event.step, now):
        raise NotPossible(Impossible.STALE_STEP)
    return rule(check_in, event, now, Known(timing, facts or Facts()))


def _is_pending(check_in: CheckIn, step: Step, now: datetime) -> bool:
    return check_in.step is step and check_in.step_at is not None and check_in.step_at <= now


def _why_not(stage: Stage, event: Event) -> Impossible:
    if isinstance(event, Due):
        return Impossible.STALE_STEP
    if stage in (Stage.ARMED, Stage.ASKED):
        return Impossible.NO_ALERT_YET
    if isinstance(event, Reopen):
        return Impossible.NOT_PAUSED
    return Impossible.ALREADY_PAUSED if stage is Stage.PAUSED else Impossible.NOT_ASKED
