"""`/status`: her timer, and what is open for a buddy (SPEC: Commands). Always answered directly."""

from datetime import datetime

from bot.domain.check_in import CheckIn, Stage, Watch
from bot.domain.outgoing import Fact, Purpose
from bot.domain.watching import watch_of
from bot.use_cases.alarm_scene import AlarmScene, alarm_standing, copy_of
from bot.use_cases.new_phones import buddies_with_new_phones
from bot.use_cases.standing import standing, who_has_it
from bot.use_cases.voice import Voice
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.new_phone import is_new
from handlers.open_alerts import OpenAlarm, OpenAlert, open_alarms, open_alerts
from handlers.parsing import Written
from handlers.situation import Situation
from storage.outbox import OutboxRow


def _read(written: Written, _: Situation) -> None:
    if written.arguments:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})


def _carry_out(call: Call, _: None) -> bool:
    running = call.records.check_ins.open_of(call.person.id)
    _own(call, running)
    _new_phones(call, late=running is not None and _is_late(call, running))
    alerts = open_alerts(call.records, call.person.id)
    for check_in, facts in _on_call(call, alerts):
        _tell_of(call, check_in, "status.on_call", facts)
    for alert in alerts:
        _as_buddy(call, alert)
    for alarm in open_alarms(call.records, call.person.id):
        call.answer("status.alarm", _of_alarm(call, alarm))
    return False


def _tell_of(call: Call, check_in: CheckIn, text: str, facts: dict[str, Fact]) -> None:
    """Always directly. An answer that could not leave is taken back when the check-in closes: it would be untrue. Where
    an alarm is open about the same person it belongs to that, as all that he is answered."""
    alarms = call.records.alarms.open_watched_by(call.person.id)
    subject_id = next((alarm.id for alarm in alarms if alarm.person_id == check_in.person_id), check_in.id)
    Voice(call.records, call.now, subject_id).to_person(call.person.id, Purpose.REPLY, text, facts)


def _on_call(call: Call, alerts: list[OpenAlert]) -> list[tuple[CheckIn, dict[str, Fact]]]:
    """What he knows from the start line: who counts on him, and until when. No more than that."""
    alerted_to = {alert.check_in.id for alert in alerts}
    told: list[tuple[CheckIn, dict[str, Fact]]] = []
    for check_in in call.records.check_ins.open_watched_by(call.person.id):
        pairing = call.records.pairings.between(check_in.person_id, call.person.id)
        if pairing is not None and check_in.id not in alerted_to and _was_asked(check_in, call.person.id):
            told.append((check_in, {"name": pairing.person_label, "until": check_in.deadline}))
    return told


def _was_asked(check_in: CheckIn, buddy_id: str) -> bool:
    return watch_of(check_in, buddy_id).asked_at is not None


def _own(call: Call, check_in: CheckIn | None) -> None:
    if check_in is None:
        call.answer("status.nothing")
    elif _is_late(call, check_in):
        call.answer("status.late", {"until": check_in.deadline})
    else:
        call.answer(*_armed(call, check_in))


def _is_late(call: Call, check_in: CheckIn) -> bool:
    return check_in.stage is not Stage.ARMED or call.present >= check_in.deadline


def _new_phones(call: Call, *, late: bool) -> None:
    """Those that are not confirmed yet; after a deadline her phone shows no more than it must."""
    if is_new(call):
        call.answer("status.own_phone")
    if late:
        return
    for pairing in buddies_with_new_phones(call.records, call.person.id):
        text = "status.new_phone" if call.person.has_codeword else "status.new_phone_no_word"
        call.answer(text, {"name": pairing.buddy_label})


def _armed(call: Call, check_in: CheckIn) -> tuple[str, dict[str, Fact]]:
    """Before the deadline: until when, who is on call, and who has seen it."""
    if not check_in.watches:
        return "status.nobody_on_call", {"until": check_in.deadline}
    on_call = [watch for watch in check_in.watches if watch.on_call]
    seen = [watch for watch in on_call if watch.seen_at]
    texts = ["status.armed", _whether_seen(check_in, on_call, seen)]
    facts: dict[str, Fact] = {"until": check_in.deadline, "on_call": _labels(call, on_call)}
    return "|".join(texts), facts | {"buddy": _labels(call, seen or on_call)}


def _whether_seen(check_in: CheckIn, on_call: list[Watch], seen: list[Watch]) -> str:
    if seen:
        return "status.seen"
    if not check_in.start_lines:
        return "status.alerts_only"
    return "status.not_seen" if len(on_call) == 1 else "status.nobody_seen"


def _labels(call: Call, watches: list[Watch]) -> str:
    """What she calls them."""
    pairings = [call.records.pairings.between(call.person.id, watch.buddy_id) for watch in watches]
    return ", ".join(pairing.buddy_label for pairing in pairings if pairing is not None)


def _as_buddy(call: Call, alert: OpenAlert) -> None:
    facts: dict[str, Fact] = {
        "name": alert.name,
        "until": alert.check_in.deadline,
        "told": alert.watch.alerted_at,
        "delivery_text": _delivery(call, alert.check_in.id, alert.check_in.alerting_since or call.present),
        "state_text": standing(alert.check_in, call.person.id),
        "buddy": who_has_it(call.records, alert.check_in),
    }
    _tell_of(call, alert.check_in, "status.alert", facts)


def _of_alarm(call: Call, one: OpenAlarm) -> dict[str, Fact]:
    copy = copy_of(call.records, one.alarm)
    scene = AlarmScene(call.records, one.alarm, one.alarm, copy, call.present, call.timing)
    return {
        "name": one.name,
        "at": one.alarm.opened_at,
        "told": one.watch.alerted_at,
        "delivery_text": _delivery(call, one.alarm.id, one.watch.alerted_at),
        "state_text": alarm_standing(scene, call.person.id),
        "buddy": scene.label(one.alarm.resolved_by),
        "names": scene.others_with_it(call.person.id),
    }


def _delivery(call: Call, subject_id: str, since: datetime) -> str:
    mine = call.records.outbox.of_check_in(subject_id, Purpose.ALERT, to=call.person.id, since=since)
    return max((_how_far(row) for row in mine), key=_ORDER.index, default="delivery.waiting")


_REFUSED = {
    "unregistered": "delivery.unregistered",
    "rate_limit": "delivery.rate_limit",
    "captcha": "delivery.captcha",
    "identity": "delivery.identity",
    "unknown": "delivery.unknown",
}
_ORDER = (
    "delivery.waiting",
    "delivery.failed",
    *_REFUSED.values(),
    "delivery.sent",
    "delivery.other_device",
    "delivery.delivered",
    "delivery.read",
)
"""How far a message got, the worst first."""


def _how_far(row: OutboxRow) -> str:
    if row.read_at is not None:
        return "delivery.read"
    if row.confirmed_at is not None:
        return "delivery.delivered"
    if row.delivered_at is not None:
        return "delivery.other_device"
    if row.sent_ms is None and row.failure in _REFUSED:
        return _REFUSED[row.failure]
    return {"sent": "delivery.sent", "failed": "delivery.failed"}.get(row.state, "delivery.waiting")


COMMAND = Command("status", "/status", _read, _carry_out, from_new_phone=True, can_wait=True)
