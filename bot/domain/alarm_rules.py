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
    Trigger,
)
from bot.domain.decisions import Impossible, NotPossible
from bot.domain.events import GiveBack, SayElse, Take
from bot.domain.timing import Timing


def trigger(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """The first sign, or a further one: all are alerted, also those who have it (they keep it, unless it paused)."""
    assert isinstance(event, Trigger)
    begun = unpaused(alarm, now, timing) if alarm.stage is AlarmStage.PAUSED else alarm
    return alert_all(begun, event.buddies, now, timing, "triggered")


def alert_all(alarm: Alarm, buddies: Iterable[str], now: datetime, timing: Timing, reason: str) -> AlarmDecision:
    """A new round begins: these are alerted now, and the rhythm counts from now."""
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
    return AlarmDecision(with_next_look(alerted), _alerts(chosen), reason)


def unpaused(alarm: Alarm, now: datetime, timing: Timing) -> Alarm:
    """It goes on, and who has it has to be said anew: all were told that it may be over."""
    watches = tuple(
        replace(watch, taken_at=None, holds=0, step=WatchStep.REPEAT, step_at=now + timing.repeat)
        for watch in alarm.watches
    )
    return replace(alarm, stage=AlarmStage.OPEN, paused_at=None, resolved_by=None, watches=watches)


def with_next_look(alarm: Alarm) -> Alarm:
    """The alarm with its next step: the earliest moment of any of its buddies, or the operator's."""
    moments = [watch.step_at for watch in alarm.watches]
    if alarm.operator_at is not None:
        moments.append(alarm.operator_at)
    return replace(alarm, step=AlarmStep.LOOK, step_at=min(moments))


def with_look_at_held_back(alarm: Alarm, now: datetime, timing: Timing) -> Alarm:
    """Where something is held back from a new phone it is looked in time whether another phone has the alert."""
    look_at = alarm.newest_at + timing.delivered_within
    is_needed = alarm.step is AlarmStep.LOOK and any(watch.held_back for watch in alarm.watches)
    if not is_needed or look_at <= now or alarm.step_at is None:
        return alarm
    return replace(alarm, step_at=min(alarm.step_at, look_at))


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
        if not event.confirmed and not event.reached_earlier:
            happenings.append(AlarmHappening(AlarmEffect.TELL_OPERATOR))
    return AlarmDecision(with_next_look(looked), tuple(happenings), "looked")


def _next_for(
    alarm: Alarm, watch: AlarmWatch, confirmed: Collection[str], now: datetime, timing: Timing
) -> tuple[AlarmWatch, tuple[AlarmHappening, ...]]:
    if watch.step is WatchStep.FOLLOW_UP:
        asked = replace(watch, step=WatchStep.RESUME, step_at=now + timing.answer_within)
        return asked, (AlarmHappening(AlarmEffect.ASK_HOW_IT_STANDS, watch.buddy_id),)
    if watch.step is WatchStep.CHECK_ARRIVED:
        regular_at = watch.last_alert_at + rhythm(alarm, watch.last_alert_at, timing)
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
        step_at=now + rhythm(alarm, now, timing),
    )


def rhythm(alarm: Alarm, now: datetime, timing: Timing) -> timedelta:
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
    watch = part_of(alarm, event.buddy_id)
    if watch.taken_at is not None:
        return _hold(alarm, watch, now, timing)
    taken = replace(watch, taken_at=now, holds=0, step=WatchStep.FOLLOW_UP, step_at=now + timing.follow_up)
    told = (
        AlarmHappening(AlarmEffect.TELL_TAKEN, other.buddy_id, watch.buddy_id)
        for other in alarm.watches
        if other is not watch
    )
    tells_earlier = alarm.is_later and watch.elsewhere is None
    earlier = [AlarmHappening(AlarmEffect.TELL_EARLIER_TAKEN, about_id=watch.buddy_id)] if tells_earlier else []
    happenings = (AlarmHappening(AlarmEffect.CONFIRM_TAKEN, watch.buddy_id), *told, *earlier)
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
    watch = part_of(alarm, event.buddy_id)
    if watch.taken_at is None:
        raise NotPossible(Impossible.NOT_TAKEN_BY_YOU)
    at = now + rhythm(alarm, now, timing)
    given = replace(watch, taken_at=None, holds=0, step=WatchStep.REPEAT, step_at=at)
    confirmed = (AlarmHappening(AlarmEffect.CONFIRM_GIVEN_BACK, watch.buddy_id),)
    return AlarmDecision(_with(alarm, given), confirmed, "given_back")


def say_else(alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """He answered something else. Raises `NotPossible` where he was not asked."""
    assert isinstance(event, SayElse)
    watch = part_of(alarm, event.buddy_id)
    if watch.taken_at is None or watch.step is not WatchStep.RESUME:
        raise NotPossible(Impossible.NOT_ASKED)
    return _alert_one(alarm, watch, now, timing, "answered_otherwise")


def _with(alarm: Alarm, changed: AlarmWatch) -> Alarm:
    """The open alarm with this buddy's part changed."""
    watches = tuple(changed if watch.buddy_id == changed.buddy_id else watch for watch in alarm.watches)
    return with_next_look(replace(alarm, watches=watches))


def part_of(alarm: Alarm, buddy_id: str) -> AlarmWatch:
    """This buddy's part. Raises `NotPossible` for one who was not alerted."""
    watch = alarm_watch(alarm, buddy_id)
    if watch is None:
        raise NotPossible(Impossible.NOT_ALERTED)
    return watch
