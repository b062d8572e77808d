"""Her `/sos` is answered on her own message alone: 👍 when an alert has left, ✅ when a buddy's phone has it."""

from dataclasses import replace
from datetime import datetime

from bot.domain.alarm import Alarm, Sign
from bot.domain.outgoing import Purpose, ToPerson
from bot.use_cases.alarm_reached import confirmed
from bot.use_cases.alarm_scene import copy_of
from bot.use_cases.voice import Voice
from storage.outbox import OutboxRow
from storage.records import Records

_EMOJI = ("👍", "✅")


def answer_sos(records: Records, now: datetime) -> None:
    """Put on her messages what has become true of them; to be called when something left, or arrived."""
    for alarm in records.alarms.owing_reactions():
        _answer(records, alarm, now)


def _answer(records: Records, alarm: Alarm, now: datetime) -> None:
    copy = copy_of(records, alarm)
    alerts = [
        row
        for other in records.alarms.open_about(alarm.person_id)
        for row in records.outbox.of_check_in(other.id, Purpose.ALERT)
    ]
    signs = tuple(replace(sign, shown=max(sign.shown, _reached(sign, alerts))) for sign in copy.signs)
    if signs == copy.signs:
        return
    records.alarms.set_copy(alarm.id, replace(copy, signs=signs))
    if records.people.is_known(alarm.person_id):
        for before, after in zip(copy.signs, signs, strict=True):
            for emoji in _EMOJI[before.shown : after.shown]:
                Voice(records, now).react(alarm.person_id, after.message_ms or 0, emoji)


def _reached(sign: Sign, alerts: list[OutboxRow]) -> int:
    """How many of the two are true."""
    if sign.message_ms is None:
        return 0
    chats = {ToPerson(buddy_id) for buddy_id in sign.shown_for}
    after = [row for row in alerts if row.created_at >= sign.at and row.to in chats]
    if any(confirmed(row) for row in after):
        return 2
    return 1 if any(row.sent_ms for row in after) else 0
