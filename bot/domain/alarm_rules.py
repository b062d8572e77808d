"""The rules of a silent alarm: whom to alert, who has it, when it ends (SPEC: "Silent alarm", step 5's rhythm)."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.alarm import Alarm, AlarmStage, AlarmStep, AlarmWatch, WatchStep, alarm_watch
from bot.domain.alarm_decisions import (
    AlarmDecision,
    AlarmDue,
    AlarmEffect,
    AlarmEvent,
    AlarmHappening,
    Leave,
    Trigger,
)
from bot.domain.decisions import Impossible, NotPossible
from bot.domain.events import GiveBack, Reopen, Resolve, SayElse, Take
from bot.domain.timing import Timing


def trigger(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """The first sign, or a further one: all are alerted, also those who have it (they keep it, unless it paused)."""
    assert isinstance(event, Trigger)
    begun = _unpaused(alarm) if alarm.stage is AlarmStage.PAUSED else alarm
    return _alert_all(begun, event.buddies, now, timing, "triggered")


def _alert_all(alarm: Alarm, buddies: Iterable[str], now: datetime, timing: Timing, reason: str) -> AlarmDecision:
    chosen = list(buddies)
    known = {watch.buddy_id: watch for watch in alarm.watches}
    check_at = now + timing.delivered_within
    for buddy_id in chosen:
        watch = known.get(buddy_id)
        if watch is None:
            watch = AlarmWatch(buddy_id, len(known), now, now, 0, WatchStep.CHECK_ARRIVED, check_at)
        watch = replace(watch, last_alert_at=now, alerts=watch.alerts + 1)
        if watch.taken_at is None:
            watch = replace(watch, step=WatchStep.CHECK_ARRIVED, step_at=check_at)
        known[buddy_id] = watch
    operator_at = now + timing.operator_after
    alerted = replace(alarm, since=now, operator_at=operator_at, watches=tuple(known.values()))
    return AlarmDecision(_with_next_look(alerted), _alerts(chosen), reason)


def _unpaused(alarm: Alarm) -> Alarm:
    """It goes on, and who has it has to be said anew: all were told that it may be over."""
    watches = tuple(replace(watch, taken_at=None, holds=0) for watch in alarm.watches)
    return replace(alarm, stage=AlarmStage.OPEN, paused_at=None, resolved_by=None, watches=watches)


def _with_next_look(alarm: Alarm) -> Alarm:
    moments = [watch.step_at for watch in alarm.watches]
    if alarm.operator_at is not None:
        moments.append(alarm.operator_at)
    return replace(alarm, step=AlarmStep.LOOK, step_at=min(moments))


def _alerts(buddies: Iterable[str]) -> tuple[AlarmHappening, ...]:
    return tuple(
        AlarmHappening(effect, buddy_id)
        for buddy_id in buddies
        for effect in (AlarmEffect.WITHDRAW_STALE, AlarmEffect.ALERT)
    )


def look(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """The moment of some buddy has come, or the one at which some phone should have the alert."""
    assert isinstance(event, AlarmDue)
    watches: list[AlarmWatch] = []
    happenings: list[AlarmHappening] = []
    for watch in alarm.watches:
        if watch.step_at > now:
            watches.append(watch)
            continue
        after, follows = _next_for(alarm, watch, event.confirmed, now, timing)
        watches.append(after)
        happenings += follows
    looked = replace(alarm, watches=tuple(watches))
    if alarm.operator_at is not None and alarm.operator_at <= now:
        looked = replace(looked, operator_at=None)
        if not event.confirmed:
            happenings.append(AlarmHappening(AlarmEffect.TELL_OPERATOR))
    return AlarmDecision(_with_next_look(looked), tuple(happenings), "looked")


def _next_for(
    alarm: Alarm, watch: AlarmWatch, confirmed: Collection[str], now: datetime, timing: Timing
) -> tuple[AlarmWatch, tuple[AlarmHappening, ...]]:
    if watch.step is WatchStep.FOLLOW_UP:
        asked = replace(watch, step=WatchStep.RESUME, step_at=now + timing.answer_within)
        return asked, (AlarmHappening(AlarmEffect.ASK_HOW_IT_STANDS, watch.buddy_id),)
    if watch.step is WatchStep.CHECK_ARRIVED:
        regular_at = watch.last_alert_at + _pause(alarm, watch.last_alert_at, timing)
        if regular_at > now:
            checked = replace(watch, step=WatchStep.REPEAT, step_at=regular_at)
            if watch.buddy_id in confirmed:
                return checked, ()
            again = replace(checked, last_alert_at=now, alerts=watch.alerts + 1)
            return again, _alerts([watch.buddy_id])
    return _alerted_again(alarm, watch, now, timing), _alerts([watch.buddy_id])


def _alerted_again(alarm: Alarm, watch: AlarmWatch, now: datetime, timing: Timing) -> AlarmWatch:
    """He does not have it (any more), and is alerted now."""
    return replace(
        watch,
        taken_at=None,
        holds=0,
        last_alert_at=now,
        alerts=watch.alerts + 1,
        step=WatchStep.REPEAT,
        step_at=now + _pause(alarm, now, timing),
    )


def _pause(alarm: Alarm, now: datetime, timing: Timing) -> timedelta:
    """Until the next alert, in the rhythm of step 5."""
    alerting_for = now - alarm.since
    if alerting_for < timing.repeat_for:
        return timing.repeat
    if alerting_for < timing.repeat_for + timing.repeat_later_for:
        return timing.repeat_later
    return timing.repeat_last


def take(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """A buddy has it, which stops nobody else's alert; or he holds it, once. Raises `NotPossible`."""
    assert isinstance(event, Take)
    watch = _watch(alarm, event.buddy_id)
    if watch.taken_at is not None:
        return _hold(alarm, watch, now, timing)
    taken = replace(watch, taken_at=now, holds=0, step=WatchStep.FOLLOW_UP, step_at=now + timing.follow_up)
    told = (
        AlarmHappening(AlarmEffect.TELL_TAKEN, other.buddy_id, watch.buddy_id)
        for other in alarm.watches
        if other is not watch
    )
    happenings = (AlarmHappening(AlarmEffect.CONFIRM_TAKEN, watch.buddy_id), *told)
    return AlarmDecision(_with(alarm, taken), happenings, "taken")


def _hold(alarm: Alarm, watch: AlarmWatch, now: datetime, timing: Timing) -> AlarmDecision:
    if watch.step is not WatchStep.RESUME:
        raise NotPossible(Impossible.ALREADY_TAKEN_BY_YOU)
    if watch.holds > 0:
        return _alert_one(alarm, watch, now, timing, "held_twice")
    held = replace(watch, holds=1, step=WatchStep.FOLLOW_UP, step_at=now + timing.follow_up)
    return AlarmDecision(_with(alarm, held), (AlarmHappening(AlarmEffect.CONFIRM_HELD, watch.buddy_id),), "held")


def _alert_one(alarm: Alarm, watch: AlarmWatch, now: datetime, timing: Timing, reason: str) -> AlarmDecision:
    again = _alerted_again(alarm, watch, now, timing)
    return AlarmDecision(_with(alarm, again), _alerts([watch.buddy_id]), reason)


def give_back(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """He took his answer back. Raises `NotPossible` for one who does not have it."""
    assert isinstance(event, GiveBack)
    watch = _watch(alarm, event.buddy_id)
    if watch.taken_at is None:
        raise NotPossible(Impossible.NOT_TAKEN_BY_YOU)
    at = now + _pause(alarm, now, timing)
    given = replace(watch, taken_at=None, holds=0, step=WatchStep.REPEAT, step_at=at)
    confirmed = (AlarmHappening(AlarmEffect.CONFIRM_GIVEN_BACK, watch.buddy_id),)
    return AlarmDecision(_with(alarm, given), confirmed, "given_back")


def say_else(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """He answered something else. Raises `NotPossible` where he was not asked."""
    assert isinstance(event, SayElse)
    watch = _watch(alarm, event.buddy_id)
    if watch.taken_at is None or watch.step is not WatchStep.RESUME:
        raise NotPossible(Impossible.NOT_ASKED)
    return _alert_one(alarm, watch, now, timing, "answered_otherwise")


def resolve(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """A buddy has spoken with her: a pause, in which any other may reopen. Raises `NotPossible`."""
    assert isinstance(event, Resolve)
    watch = _watch(alarm, event.buddy_id)
    paused = replace(alarm, stage=AlarmStage.PAUSED, paused_at=now, resolved_by=watch.buddy_id)
    paused = replace(paused, step=AlarmStep.END_PAUSE, step_at=now + timing.alarm_pause)
    told = (
        AlarmHappening(AlarmEffect.TELL_RESOLVED, other.buddy_id, watch.buddy_id)
        for other in alarm.watches
        if other is not watch
    )
    confirmed = AlarmHappening(AlarmEffect.CONFIRM_RESOLVED, watch.buddy_id)
    stale = (AlarmHappening(AlarmEffect.WITHDRAW_STALE, each.buddy_id) for each in alarm.watches)
    return AlarmDecision(paused, (*stale, confirmed, *told), "resolved_by_voice")


def resolve_again(alarm: Alarm, event: AlarmEvent, now: datetime, _: Timing) -> AlarmDecision:
    """The only buddy says it once more, and so ends it. Raises `NotPossible` for anybody else."""
    assert isinstance(event, Resolve)
    watch = _watch(alarm, event.buddy_id)
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
    _watch(alarm, event.buddy_id)
    return _resume(alarm, now, timing, "reopened")


def _resume(alarm: Alarm, now: datetime, timing: Timing, reason: str) -> AlarmDecision:
    return _alert_all(_unpaused(alarm), [watch.buddy_id for watch in alarm.watches], now, timing, reason)


def _end(alarm: Alarm, now: datetime, reason: str) -> AlarmDecision:
    closed = replace(alarm, stage=AlarmStage.CLOSED, closed_at=now, operator_at=None, step=None, step_at=None)
    told = (AlarmHappening(AlarmEffect.TELL_ENDED, watch.buddy_id, alarm.resolved_by) for watch in alarm.watches)
    return AlarmDecision(closed, (*told, AlarmHappening(AlarmEffect.ERASE)), reason)


def word_sent(alarm: Alarm, _: AlarmEvent, __: datetime, ___: Timing) -> AlarmDecision:
    """Her codeword came: told to all, and nothing else changes."""
    told = tuple(AlarmHappening(AlarmEffect.TELL_WORD_SENT, watch.buddy_id) for watch in alarm.watches)
    return AlarmDecision(alarm, told, "word_sent")


def leave(alarm: Alarm, event: AlarmEvent, now: datetime, _: Timing) -> AlarmDecision:
    """A buddy leaves. With the last one it ends, for there is nobody to tell: the operator learns that."""
    assert isinstance(event, Leave)
    leaving = _watch(alarm, event.buddy_id)
    left = replace(alarm, watches=tuple(watch for watch in alarm.watches if watch is not leaving))
    stale = AlarmHappening(AlarmEffect.WITHDRAW_STALE, leaving.buddy_id)
    if not left.watches:
        ended = _end(left, now, "nobody_left")
        happenings = (stale, AlarmHappening(AlarmEffect.TELL_OPERATOR), *ended.happenings)
        return replace(ended, happenings=happenings)
    after = left if left.stage is AlarmStage.PAUSED else _with_next_look(left)
    return AlarmDecision(after, (stale,), "left")


def _with(alarm: Alarm, changed: AlarmWatch) -> Alarm:
    """The open alarm with this buddy's part changed."""
    watches = tuple(changed if watch.buddy_id == changed.buddy_id else watch for watch in alarm.watches)
    return _with_next_look(replace(alarm, watches=watches))


def _watch(alarm: Alarm, buddy_id: str) -> AlarmWatch:
    watch = alarm_watch(alarm, buddy_id)
    if watch is None:
        raise NotPossible(Impossible.NOT_ALERTED)
    return watch
