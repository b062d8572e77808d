"""The course of a silent alarm: what happens next, as a table of pure rules (SPEC: "Silent alarm").

As in `course`: an alarm, an event and the moment go in, a decision comes out. What the table does not allow raises
`NotPossible`, and nothing has changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain import alarm_ending, alarm_rules
from bot.domain.alarm import Alarm, AlarmStage, AlarmStep
from bot.domain.alarm_decisions import AlarmDecision, AlarmDue, AlarmEvent, Leave, ReopenedLater, Trigger, WordSent
from bot.domain.decisions import Impossible, NotPossible
from bot.domain.events import GiveBack, Reopen, Resolve, SayElse, Take
from bot.domain.timing import Timing

Rule = Callable[[Alarm, AlarmEvent, datetime, Timing], AlarmDecision]

TRANSITIONS: Mapping[tuple[AlarmStage, AlarmStep | type[AlarmEvent]], Rule] = {
    (AlarmStage.OPEN, AlarmStep.LOOK): alarm_rules.look,
    (AlarmStage.OPEN, Trigger): alarm_rules.trigger,
    (AlarmStage.OPEN, Take): alarm_rules.take,
    (AlarmStage.OPEN, GiveBack): alarm_rules.give_back,
    (AlarmStage.OPEN, SayElse): alarm_rules.say_else,
    (AlarmStage.OPEN, Resolve): alarm_ending.resolve,
    (AlarmStage.OPEN, WordSent): alarm_ending.word_sent,
    (AlarmStage.OPEN, Leave): alarm_ending.leave,
    (AlarmStage.PAUSED, AlarmStep.END_PAUSE): alarm_ending.end_pause,
    (AlarmStage.PAUSED, Trigger): alarm_rules.trigger,
    (AlarmStage.PAUSED, Resolve): alarm_ending.resolve_again,
    (AlarmStage.PAUSED, Reopen): alarm_ending.reopen,
    (AlarmStage.PAUSED, ReopenedLater): alarm_ending.reopened_later,
    (AlarmStage.PAUSED, WordSent): alarm_ending.word_sent,
    (AlarmStage.PAUSED, Leave): alarm_ending.leave,
}
"""From a stage, by a due step or an event, to the rule that decides."""


def decide_alarm(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """What `event` at `now` makes of `alarm`. Raises `NotPossible`."""
    if alarm.stage is AlarmStage.CLOSED:
        raise NotPossible(Impossible.CLOSED)
    key = event.step if isinstance(event, AlarmDue) else type(event)
    rule = TRANSITIONS.get((alarm.stage, key))
    if rule is None:
        raise NotPossible(_why_not(alarm.stage, event))
    if isinstance(event, AlarmDue) and not _is_pending(alarm, event.step, now):
        raise NotPossible(Impossible.STALE_STEP)
    return _without_others(rule(alarm, event, now, timing))


def _without_others(decision: AlarmDecision) -> AlarmDecision:
    """To those who are alerted elsewhere nothing goes from here."""
    others = {watch.buddy_id for watch in decision.alarm.watches if watch.elsewhere}
    happenings = tuple(happening for happening in decision.happenings if happening.buddy_id not in others)
    return replace(decision, happenings=happenings)


def _is_pending(alarm: Alarm, step: AlarmStep, now: datetime) -> bool:
    return alarm.step is step and alarm.step_at is not None and alarm.step_at <= now


def _why_not(stage: AlarmStage, event: AlarmEvent) -> Impossible:
    if isinstance(event, AlarmDue):
        return Impossible.STALE_STEP
    if isinstance(event, Reopen | ReopenedLater):
        return Impossible.NOT_PAUSED
    return Impossible.ALREADY_PAUSED if stage is AlarmStage.PAUSED else Impossible.NOT_ASKED
