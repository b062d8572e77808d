"""How an alarm pauses, goes on, and ends (SPEC: "Silent alarm")."""

from dataclasses import replace
from datetime import datetime

from bot.domain.alarm import Alarm, AlarmStage, AlarmStep, own_watches
from bot.domain.alarm_decisions import (
    AlarmDecision,
    AlarmDue,
    AlarmEffect,
    AlarmEvent,
    AlarmHappening,
    Leave,
    ReopenedLater,
    WordSent,
)
from bot.domain.alarm_rules import alert_all, part_of, unpaused, with_next_look
from bot.domain.decisions import Impossible, NotPossible
from bot.domain.events import Reopen, Resolve
from bot.domain.timing import Timing


def resolve(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """A buddy has spoken with her: a pause, in which any other may reopen. Raises `NotPossible`."""
    assert isinstance(event, Resolve)
    watch = part_of(alarm, event.buddy_id)
    paused = replace(alarm, stage=AlarmStage.PAUSED, paused_at=now, resolved_by=watch.buddy_id)
    paused = replace(paused, step=AlarmStep.END_PAUSE, step_at=now + timing.alarm_pause)
    told = (
        AlarmHappening(AlarmEffect.TELL_RESOLVED, other.buddy_id, watch.buddy_id)
        for other in alarm.watches
        if other is not watch
    )
    confirmed = AlarmHappening(AlarmEffect.CONFIRM_RESOLVED, watch.buddy_id)
    stale = (AlarmHappening(AlarmEffect.WITHDRAW_STALE, each.buddy_id) for each in alarm.watches)
    tells_earlier = alarm.is_later and watch.elsewhere is None
    earlier = [AlarmHappening(AlarmEffect.TELL_EARLIER_RESOLVED, about_id=watch.buddy_id)] if tells_earlier else []
    return AlarmDecision(paused, (*stale, confirmed, *told, *earlier), "resolved_by_voice")


def resolve_again(alarm: Alarm, event: AlarmEvent, now: datetime, _: Timing) -> AlarmDecision:
    """The only buddy says it once more, and so ends it. Raises `NotPossible` for anybody else."""
    assert isinstance(event, Resolve)
    watch = part_of(alarm, event.buddy_id)
    if len(alarm.watches) > 1 or alarm.resolved_by != watch.buddy_id:
        raise NotPossible(Impossible.ALREADY_PAUSED)
    return _end(alarm, now, "resolved_twice")


def end_pause(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """It ends if another buddy was told and nobody has reopened it; else it goes on."""
    assert isinstance(event, AlarmDue)
    others = {watch.buddy_id for watch in alarm.watches} - {alarm.resolved_by}
    if others & event.told:
        return _end(alarm, now, "not_reopened")
    return _resume(alarm, now, timing, "nobody_told")


def reopen(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """A buddy says that it is not over. Raises `NotPossible` for one who was not alerted."""
    assert isinstance(event, Reopen)
    part_of(alarm, event.buddy_id)
    return _resume(alarm, now, timing, "reopened")


def reopened_later(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """So says a buddy of a later one, in which this pause counts, too."""
    assert isinstance(event, ReopenedLater)
    return _resume(alarm, now, timing, "reopened_later")


def _resume(alarm: Alarm, now: datetime, timing: Timing, reason: str) -> AlarmDecision:
    return alert_all(unpaused(alarm, now, timing), [watch.buddy_id for watch in alarm.watches], now, timing, reason)


def _end(alarm: Alarm, now: datetime, reason: str) -> AlarmDecision:
    closed = replace(alarm, stage=AlarmStage.CLOSED, closed_at=now, operator_at=None, step=None, step_at=None)
    told = (AlarmHappening(AlarmEffect.TELL_ENDED, watch.buddy_id, alarm.resolved_by) for watch in alarm.watches)
    return AlarmDecision(closed, (*told, AlarmHappening(AlarmEffect.ERASE)), reason)


def word_sent(alarm: Alarm, event: AlarmEvent, _: datetime, __: Timing) -> AlarmDecision:
    """Her codeword came, as far as these may know: told to them, and nothing else changes."""
    assert isinstance(event, WordSent)
    told = tuple(
        AlarmHappening(AlarmEffect.TELL_WORD_SENT, watch.buddy_id)
        for watch in alarm.watches
        if event.buddies is None or watch.buddy_id in event.buddies
    )
    return AlarmDecision(alarm, told, "word_sent")


def leave(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """A buddy leaves, perhaps the only one whose phone had it.

    With the last one it ends, for there is nobody to tell: the operator learns that, unless an earlier one is open.
    """
    assert isinstance(event, Leave)
    leaving = part_of(alarm, event.buddy_id)
    others = tuple(watch for watch in alarm.watches if watch is not leaving)
    left = replace(alarm, watches=others)
    if leaving.elsewhere is None:
        left = replace(left, operator_at=now + timing.operator_after)
    stale = AlarmHappening(AlarmEffect.WITHDRAW_STALE, leaving.buddy_id)
    if not own_watches(left):
        ended = _end(left, now, "nobody_left")
        told = () if event.earlier_open else (AlarmHappening(AlarmEffect.TELL_OPERATOR),)
        return replace(ended, happenings=(stale, *told, *ended.happenings))
    after = left if left.stage is AlarmStage.PAUSED else with_next_look(left)
    return AlarmDecision(after, (stale,), "left")
