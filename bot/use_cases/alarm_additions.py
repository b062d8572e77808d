"""What she leaves while an alarm about her is open reaches its buddies (SPEC: "Silent alarm")."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.alarm import Alarm, AlarmStage, AlarmWatch, own_watches
from bot.domain.details import Entry, Subject
from bot.domain.outgoing import Purpose
from bot.domain.timing import Timing
from bot.use_cases.alarm_alerting import complete_alarm_alert
from bot.use_cases.alarm_details import take_over
from bot.use_cases.alarm_new_phones import holds_back, keep_held_back, with_news
from bot.use_cases.alarm_scene import AlarmScene, copy_of
from bot.use_cases.alerting import Alerted, hand_over, how_alerted
from bot.use_cases.leaving_details import tell_added
from storage.outbox import EVER
from storage.records import Records


def add_to_alarms(
    records: Records, person_id: str, left: Subject, known_before: Collection[str], now: datetime, timing: Timing
) -> None:
    """What she has left by now (all of `left` but the entries `known_before`): each open alarm about her gets its own
    copy, and all its buddies are told."""
    for alarm in records.alarms.open_about(person_id):
        entries = take_over(records, alarm, left, known_before)
        if entries:
            _tell(records, alarm, entries, now, timing)


def _tell(records: Records, alarm: Alarm, entries: Sequence[Entry], now: datetime, timing: Timing) -> None:
    alarm = with_news(records, alarm, now)
    held_back = {
        watch.buddy_id
        for watch in own_watches(alarm)
        if watch.held_back or holds_back(records, alarm, watch, now, timing)
    }
    # It follows with the rest, if that does.
    keep_held_back(records, alarm, dict.fromkeys(held_back, True), now, timing)
    scene = AlarmScene(records, alarm, alarm, copy_of(records, alarm), now, timing)
    for watch in own_watches(alarm):
        if records.people.is_known(watch.buddy_id) and watch.buddy_id not in held_back:
            _tell_one(scene, watch, entries)


def _tell_one(scene: AlarmScene, watch: AlarmWatch, entries: Sequence[Entry]) -> None:
    """Without the alert itself he would not know what it is about."""
    alerts = scene.records.outbox.of_check_in(scene.after.id, Purpose.ALERT, to=watch.buddy_id)
    match how_alerted(scene.records, alerts, EVER):
        case Alerted.YES:
            added = tell_added(scene.names(watch.buddy_id), entries)
            hand_over(scene.voice, watch.buddy_id, added, Purpose.ALERT_ADDITION)
        case Alerted.IN_VAIN if scene.after.stage is AlarmStage.OPEN:
            complete_alarm_alert(scene, watch.buddy_id)
