"""Her `/sos` is answered on her own message alone: 👍 when an alert has left, ✅ when a buddy's phone has it."""

from dataclasses import replace
from datetime import datetime

from bot.domain.alarm import Sign
from bot.domain.outgoing import Purpose, ToPerson
from bot.use_cases.alarm_reached import confirmed
from bot.use_cases.alarm_scene import copy_of
from bot.use_cases.voice import Voice
from storage.outbox import OutboxRow
from storage.records import Records

_EMOJI = ("👍", "✅")


def answer_sos(records: Records, now: datetime) -> None:
    """Put on her messages what has become true of them; to be called when something left, or arrived."""
    for person_id in {alarm.person_id: None for alarm in records.alarms.owing_reactions()}:
        _answer(records, person_id, now)


def _answer(records: Records, person_id: str, now: datetime) -> None:
    """Each of her open alarms knows her message and what it shows: whichever of them ends first, the others go on."""
    alarms = records.alarms.open_about(person_id)
    copies = {alarm.id: copy_of(records, alarm) for alarm in alarms}
    owing = [sign.at for copy in copies.values() for sign in copy.signs if sign.message_ms and sign.shown < len(_EMOJI)]
    since = min(owing, default=now)
    alerts = [row for alarm in alarms for row in records.outbox.of_check_in(alarm.id, Purpose.ALERT, since=since)]
    before: dict[int, int] = {}
    after: dict[int, int] = {}
    for sign in (sign for copy in copies.values() for sign in copy.signs):
        if sign.message_ms is not None:
            before[sign.message_ms] = max(before.get(sign.message_ms, 0), sign.shown)
            after[sign.message_ms] = max(after.get(sign.message_ms, 0), sign.shown, _reached(sign, alerts))
    for alarm_id, copy in copies.items():
        signs = tuple(replace(sign, shown=after.get(sign.message_ms or 0, sign.shown)) for sign in copy.signs)
        if signs != copy.signs:
            records.alarms.set_copy(alarm_id, replace(copy, signs=signs))
    if records.people.is_known(person_id):
        for message_ms, shown in after.items():
            for emoji in _EMOJI[before[message_ms] : shown]:
                Voice(records, now).react(person_id, message_ms, emoji)


def _reached(sign: Sign, alerts: list[OutboxRow]) -> int:
    """How many of the two are true."""
    chats = {ToPerson(buddy_id) for buddy_id in sign.shown_for}
    after = [row for row in alerts if row.created_at >= sign.at and row.to in chats]
    if any(confirmed(row) for row in after):
        return 2
    return 1 if any(row.sent_ms for row in after) else 0
