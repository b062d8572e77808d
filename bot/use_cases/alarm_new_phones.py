"""Alarms and phones whose safety number has changed (SPEC: "A new phone"): as in a check-in's alert, what she left goes
to such a phone only where no other phone has the alert in time. What she confirmed with her duress word is new here."""

from datetime import datetime

from bot.domain.alarm import Alarm, AlarmStage, AlarmWatch, own_watches
from bot.domain.timing import Timing
from bot.use_cases.alarm_reached import confirmed_alert
from bot.use_cases.alarm_scene import AlarmScene
from storage.records import Records


def alarm_holds_back(scene: AlarmScene, watch: AlarmWatch) -> bool:
    """Whether what she left is held back from this buddy now."""
    return holds_back(scene.records, scene.after, watch, scene.now, scene.timing)


def holds_back(records: Records, alarm: Alarm, watch: AlarmWatch, now: datetime, timing: Timing) -> bool:
    """The same, without a scene. Never where he seems to be its only buddy."""
    if len(alarm.watches) == 1:
        return False
    new = {one.owner_id for one in records.phones.all_new_to(alarm.person_id)}
    if watch.buddy_id not in new:
        return False
    others = {other.buddy_id for other in alarm.watches} - {watch.buddy_id}
    if others & confirmed_alert(records, alarm) - new:
        return True
    return now < alarm.since + timing.delivered_within


def new_phones_in(records: Records, alarm: Alarm) -> list[AlarmWatch]:
    """The parts of buddies whose phone is new to her, while it is open."""
    if alarm.stage is not AlarmStage.OPEN:
        return []
    new = {one.owner_id for one in records.phones.all_new_to(alarm.person_id)}
    return [watch for watch in own_watches(alarm) if watch.buddy_id in new]
