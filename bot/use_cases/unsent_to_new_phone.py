"""A phone turns out to be new while an alert for it waits: it is alerted as a new phone is (SPEC: "A new phone")."""

from dataclasses import replace
from datetime import datetime

from bot.domain.alarm import alarm_watch
from bot.domain.held_back import holding_back
from bot.domain.outgoing import TO_BUDDY_ALONE, Purpose
from bot.domain.timing import Timing
from bot.domain.watching import watch_of
from bot.use_cases.alarm_alerting import send_alarm_alert
from bot.use_cases.alarm_new_phones import holds_back, keep_held_back
from bot.use_cases.alarm_scene import AlarmScene, copy_of
from bot.use_cases.alerting import send_alert
from bot.use_cases.facts_about import known_about
from bot.use_cases.scene import Scene
from storage.outbox import EVER, OutboxState
from storage.records import Records


def alert_anew(records: Records, buddy_id: str, now: datetime, timing: Timing) -> None:
    """Where what others left is held back from his new phone, an alert to him that waits is taken back with all that
    belongs to it, and he is alerted without; the rest follows by the same rules as ever. What waits behind one that was
    taken back before it left goes with it. Once the alert has left, what still waits goes after it: the phone was not
    new then. `now`: aware UTC."""
    for check_in in records.check_ins.open_watched_by(buddy_id):
        unsent = _unsent(records, check_in.id, buddy_id, check_in.alerting_since or EVER)
        if unsent:
            told = holding_back(check_in, {buddy_id}, now, known_about(records, check_in, now, timing))
            watch = watch_of(told, buddy_id)
            if watch.held_back:
                records.check_ins.save(told)
                records.outbox.withdraw_from(buddy_id, check_in.id, TO_BUDDY_ALONE)
                if Purpose.ALERT in unsent:
                    send_alert(Scene(records, check_in, told, now, timing), watch, whole=False)
    for alarm in records.alarms.open_watched_by(buddy_id):
        part, unsent = alarm_watch(alarm, buddy_id), _unsent(records, alarm.id, buddy_id, EVER)
        if part is None or not unsent:
            continue
        if holds_back(records, alarm, part, now, timing):
            kept = keep_held_back(records, alarm, {buddy_id: True}, now, timing)
            records.outbox.withdraw_from(buddy_id, alarm.id, TO_BUDDY_ALONE)
            if Purpose.ALERT in unsent:
                scene = AlarmScene(records, alarm, kept, copy_of(records, kept), now, timing)
                send_alarm_alert(scene, replace(part, held_back=True), whole=False)


def _unsent(records: Records, subject_id: str, buddy_id: str, since: datetime) -> set[Purpose]:
    """What waits for him, if his alert waits too, or if none that was queued since that moment (aware UTC) has left."""
    rows = records.outbox.of_check_in(subject_id, *TO_BUDDY_ALONE, to=buddy_id)
    waiting = {row.purpose for row in rows if row.state is OutboxState.WAITING}
    alerts = [row for row in rows if row.purpose is Purpose.ALERT and row.created_at >= since]
    has_left = any(row.state is OutboxState.SENT or row.sent_ms for row in alerts)
    return set() if has_left and Purpose.ALERT not in waiting else waiting
