"""Moving an alarm on: decide, keep, and say what follows, within one unit of work."""

from datetime import datetime

from bot.domain.alarm import Alarm, AlarmStage
from bot.domain.alarm_course import decide_alarm
from bot.domain.alarm_decisions import AlarmDecision, AlarmEvent, Leave
from bot.domain.timing import Timing
from bot.use_cases.alarm_happenings import carry_out
from bot.use_cases.alarm_scene import AlarmScene, copy_of, earlier_alarms
from storage.records import Records


def move_alarm(records: Records, alarm: Alarm, event: AlarmEvent, now: datetime, timing: Timing) -> AlarmDecision:
    """Let `event` happen to `alarm`. Raises `NotPossible`, having changed nothing."""
    if not isinstance(event, Leave):
        alarm = without_the_gone(records, alarm, now, timing)
    decision = decide_alarm(alarm, event, now, timing)
    records.alarms.save(decision.alarm)
    scene = AlarmScene(records, alarm, decision.alarm, copy_of(records, alarm), now, timing)
    carry_out(scene, decision.happenings)
    return decision


def without_the_gone(records: Records, alarm: Alarm, now: datetime, timing: Timing) -> Alarm:
    """The alarm without buddies who have had themselves erased since. It ends with the last one."""
    for watch in alarm.watches:
        if alarm.stage is not AlarmStage.CLOSED and not records.people.is_known(watch.buddy_id):
            alarm = leave_alarm(records, alarm, watch.buddy_id, now, timing)
    return alarm


def leave_alarm(records: Records, alarm: Alarm, buddy_id: str, now: datetime, timing: Timing) -> Alarm:
    """The alarm without this buddy. It ends with the last one."""
    leave = Leave(buddy_id, earlier_open=bool(earlier_alarms(records, alarm)))
    return move_alarm(records, alarm, leave, now, timing).alarm
