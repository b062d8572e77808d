"""Moving an alarm on: decide, keep, and say what follows, within one unit of work."""

from contextlib import suppress
from datetime import datetime

from bot.domain.alarm import Alarm, AlarmStage, AlarmWatch, alarm_watch, is_kept_from, may_know, own_watch, own_watches
from bot.domain.alarm_course import decide_alarm
from bot.domain.alarm_decisions import (
    AlarmDecision,
    AlarmEffect,
    AlarmEvent,
    AlarmHappening,
    Leave,
    ReopenedLater,
    Trigger,
)
from bot.domain.decisions import Impossible, NotPossible
from bot.domain.events import GiveBack, Reopen, Resolve, SayElse, Take
from bot.domain.timing import Timing
from bot.use_cases.alarm_happenings import carry_out
from bot.use_cases.alarm_new_phones import with_new_phones, with_news
from bot.use_cases.alarm_scene import AlarmScene, copy_of, earlier_alarms
from storage.records import Records

_OF_BUDDIES = (Take, GiveBack, SayElse, Resolve, Reopen, Leave)
_SAID_AGAIN = {
    (Take, Impossible.ALREADY_TAKEN_BY_YOU): (AlarmEffect.CONFIRM_TAKEN,),
    (Resolve, Impossible.ALREADY_PAUSED): (AlarmEffect.CONFIRM_RESOLVED,),
    (Reopen, Impossible.NOT_PAUSED): (),
}
"""What says nothing new in a buddy's own alarm, and may in a later one in which he counts: how he is answered then."""


def move_alarm(records: Records, alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """Let `event` happen to `alarm`, and what a buddy does to the later ones in which he counts too. Raises
    `NotPossible`, having changed nothing."""
    if not isinstance(event, Leave):
        alarm = without_the_gone(records, alarm, now, timing)
    if isinstance(event, Trigger):
        alarm = with_news(records, alarm, now)
    try:
        decision = decide_alarm(alarm, event, now, timing)
    except NotPossible as refusal:
        answer = _SAID_AGAIN.get((type(event), refusal.why))
        if answer is None or not _let_follow(records, alarm, event, now, timing):
            raise
        happenings = tuple(AlarmHappening(effect, _whose(event)) for effect in answer)
        decision = AlarmDecision(alarm, happenings, "followed_later")
        return _follow_up(records, alarm, decision, now, timing)
    decision = _follow_up(records, alarm, decision, now, timing)
    _let_follow(records, alarm, event, now, timing)
    _reopen_with_it(records, alarm, event, now, timing)
    for other in records.alarms.open_about(alarm.person_id):
        if other.id != alarm.id:
            _let_held_back_follow(records, other, now, timing)
    return decision


def _follow_up(
    records: Records, before: Alarm, decision: AlarmDecision, now: datetime, timing: Timing
) -> AlarmDecision:
    decision = with_new_phones(records, decision, now, timing)
    records.alarms.save(decision.alarm)
    carry_out(AlarmScene(records, before, decision.alarm, copy_of(records, before), now, timing), decision.happenings)
    return decision


def let_held_back_follow(records: Records, person_id: str, now: datetime, timing: Timing) -> None:
    """She has confirmed a phone: what was held back from it, and need not be any longer, follows."""
    for alarm in records.alarms.open_about(person_id):
        _let_held_back_follow(records, alarm, now, timing)


def _let_held_back_follow(records: Records, alarm: Alarm, now: datetime, timing: Timing) -> None:
    if any(watch.held_back for watch in alarm.watches):
        _follow_up(records, alarm, AlarmDecision(alarm, (), "phones_looked_at"), now, timing)


def _let_follow(records: Records, alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> bool:
    """Let it happen in those in which he counts and is alerted by this one. Whether it could in any."""
    followed, buddy_id = False, _whose(event) or ""
    for other in records.alarms.open_about(alarm.person_id):
        watch = alarm_watch(other, buddy_id)
        if watch is not None and watch.elsewhere == alarm.id and _may_follow(records, other, event, buddy_id):
            try:
                move_alarm(records, other, event, now, timing)
            except NotPossible:
                continue
            followed = True
    return followed


def _reopen_with_it(records: Records, alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> None:
    """The same pause in another one is over, too, unless somebody there may not know of this one: in an earlier one,
    and in one that paused only because it counts him who said in this one that she is safe."""
    if not isinstance(event, Reopen | ReopenedLater):
        return
    is_his_own = isinstance(event, Reopen) and own_watch(alarm, event.buddy_id) is not None
    earlier = earlier_alarms(records, alarm) if is_his_own else []
    copy = copy_of(records, alarm)
    for found in (*earlier, *_paused_by_it(records, alarm)):
        other = records.alarms.get(found.id)  # as the one before has left it
        if other is None or other.stage is not AlarmStage.PAUSED or other.resolved_by != alarm.resolved_by:
            continue
        if all(may_know(copy, watch.buddy_id) for watch in own_watches(other)):
            with suppress(NotPossible):  # it has ended: who said so has had himself erased
                move_alarm(records, other, ReopenedLater(), now, timing)


def _paused_by_it(records: Records, alarm: Alarm) -> list[Alarm]:
    found = []
    for other in records.alarms.open_about(alarm.person_id):
        watch = alarm_watch(other, alarm.resolved_by or "")
        if watch is not None and watch.elsewhere == alarm.id:
            found.append(other)
    return found


def _may_follow(records: Records, other: Alarm, event: AlarmEvent, buddy_id: str) -> bool:
    """Where a sign is kept from him he does not end it for those who have heard that."""
    return not isinstance(event, Resolve) or not is_kept_from(copy_of(records, other), buddy_id)


def _whose(event: AlarmEvent) -> str | None:
    return event.buddy_id if isinstance(event, _OF_BUDDIES) else None


def without_the_gone(records: Records, alarm: Alarm, now: datetime, timing: Timing) -> Alarm:
    """The alarm without buddies who have had themselves erased since, or whose own alarm has ended. It ends with the
    last one."""
    for watch in alarm.watches:
        if alarm.stage is not AlarmStage.CLOSED and _is_gone(records, alarm, watch):
            alarm = _leave(records, alarm, watch.buddy_id, now, timing)
    return alarm


def _is_gone(records: Records, alarm: Alarm, watch: AlarmWatch) -> bool:
    """While it is paused he still counts whose own alarm has ended: perhaps it is he who was told, and it ends too."""
    if not records.people.is_known(watch.buddy_id):
        return True
    if watch.elsewhere is None or alarm.stage is AlarmStage.PAUSED:
        return False
    own = records.alarms.get(watch.elsewhere)
    return own is None or own_watch(own, watch.buddy_id) is None or own.stage is AlarmStage.CLOSED


def leave_alarm(records: Records, alarm: Alarm, buddy_id: str, now: datetime, timing: Timing) -> Alarm:
    """The alarm without this buddy. It ends with the last one."""
    return _leave(records, without_the_gone(records, alarm, now, timing), buddy_id, now, timing)


def _leave(records: Records, alarm: Alarm, buddy_id: str, now: datetime, timing: Timing) -> Alarm:
    leave = Leave(buddy_id, earlier_open=bool(earlier_alarms(records, alarm)))
    return move_alarm(records, alarm, leave, now, timing).alarm
