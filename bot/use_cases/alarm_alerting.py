"""The alert of an alarm to one buddy: what it says, in which messages (SPEC: "Silent alarm")."""

from dataclasses import replace
from datetime import datetime

from bot.domain.alarm import AlarmWatch, Cause, WatchStep, alarm_watch, sign_to_tell, signs_for
from bot.domain.outgoing import Fact, Purpose
from bot.use_cases.alarm_details import left_for
from bot.use_cases.alarm_new_phones import phone_of
from bot.use_cases.alarm_reached import confirmed
from bot.use_cases.alarm_scene import AlarmScene
from bot.use_cases.alerting import files_handed_over, hand_over, lacks_files, no_drill
from bot.use_cases.voice import take_back_said_directly
from storage.outbox import OutboxRow, OutboxState

_KNOWN = {
    Cause.DURESS: "alarm.known_duress",
    Cause.SOS: "alarm.known_sos",
    Cause.WRONG_WORDS: "alarm.known_wrong_words",
}
_KEPT = (OutboxState.WAITING, OutboxState.SENT)


def alert_about_alarm(scene: AlarmScene, buddy_id: str) -> None:
    """Alert one buddy, by direct message only; with what she left, unless he has that."""
    watch = alarm_watch(scene.after, buddy_id)
    assert watch is not None
    files_from = _files_handed_over(scene, watch)
    send_alarm_alert(scene, watch, whole=_is_to_have_all(scene, watch), files_from=files_from)


def complete_alarm_alert(scene: AlarmScene, buddy_id: str) -> None:
    """Send all of it to somebody who took it before it had left, or from whom it was held back so far."""
    watch = alarm_watch(scene.after, buddy_id)
    if watch is not None and _is_to_have_all(scene, watch):
        send_alarm_alert(scene, watch, whole=True, files_from=_files_handed_over(scene, watch))


def send_alarm_alert(scene: AlarmScene, watch: AlarmWatch, *, whole: bool, files_from: int = 0) -> None:
    """The first message, complete in itself; if `whole`, with all that she left, and her files from that one on."""
    left = left_for(scene, watch.buddy_id)
    held_back = watch.held_back and not whole
    first, *known = _what_is_known(scene, watch.buddy_id)
    to_do = _what_to_do(scene, watch, "alarm.do_first_held_back" if held_back else _do_first(scene))
    paragraphs = [first, *no_drill(scene.records, watch.buddy_id), *known, *to_do]
    if whole:
        paragraphs += left.in_first
    elif held_back:
        paragraphs.append("alert.held_back")
    take_back_said_directly(scene.records, scene.after.person_id, watch.buddy_id)
    scene.voice.to_person(watch.buddy_id, Purpose.ALERT, "|".join(paragraphs), _facts(scene, watch))
    if whole:
        hand_over(scene.voice, watch.buddy_id, replace(left, files=left.files[files_from:]), Purpose.ALERT_DETAILS)


def _what_is_known(scene: AlarmScene, buddy_id: str) -> list[str]:
    signs = signs_for(scene.copy, buddy_id)
    sign = sign_to_tell(signs)
    if sign is None:
        return ["alarm.first", "alarm.known_little"]
    later = [] if sign is signs[-1] else ["alarm.known_later"]
    return ["alarm.first", _KNOWN[sign.cause], *later]


def _do_first(scene: AlarmScene) -> str:
    plan = scene.copy.plan
    return "alarm.do_first_plan" if plan is not None and plan.text is not None else "alarm.do_first"


def _what_to_do(scene: AlarmScene, watch: AlarmWatch, do_first: str) -> list[str]:
    mine = watch.taken_at is not None
    others = "alarm.others_have_it" if scene.others_with_it(watch.buddy_id) else "alarm.nobody_has_it"
    return [
        "alarm.leave_phone",
        do_first,
        "alarm.you_have_it" if mine else others,
        *([] if mine else ["alarm.take_it"]),
        "alarm.ends",
    ]


def _facts(scene: AlarmScene, watch: AlarmWatch) -> dict[str, Fact]:
    signs = signs_for(scene.copy, watch.buddy_id)
    sign = sign_to_tell(signs)
    return scene.names(watch.buddy_id) | {
        "at": sign.at if sign else scene.after.opened_at,
        "last": signs[-1].at if signs else scene.after.opened_at,
        "next": next_alert_at(scene, watch),
        "names": scene.others_with_it(watch.buddy_id),
    }


def next_alert_at(scene: AlarmScene, watch: AlarmWatch) -> Fact:
    """When he is written to again in any case, unless he takes it."""
    return watch.step_at if watch.step is WatchStep.REPEAT else watch.last_alert_at + scene.timing.repeat


def _is_to_have_all(scene: AlarmScene, watch: AlarmWatch) -> bool:
    """Whether he does not have all that she left, as far as it need not be held back from him."""
    before = alarm_watch(scene.before, watch.buddy_id)
    was_held_back = before is not None and before.held_back
    return not watch.held_back and (was_held_back or not _has_all(scene, watch))


def _has_all(scene: AlarmScene, watch: AlarmWatch) -> bool:
    """Whether all that she left has gone to him since all were alerted last, and his phone has the first of it. What
    went to the phone that he had before does not count."""
    if lacks_files(_file_rows(scene, watch), len(left_for(scene, watch.buddy_id).files)):
        return False
    new_since = phone_of(scene.records, scene.after, watch.buddy_id)
    since = max(scene.after.since, new_since or scene.after.since)
    whole = max((row.created_at for row in _rows(scene, watch, since, Purpose.ALERT_DETAILS)), default=None)
    if whole is None and new_since is not None:
        return False
    further = _rows(scene, watch, since, Purpose.ALERT_DETAILS, Purpose.ALERT_ADDITION)
    if not further and left_for(scene, watch.buddy_id).messages:
        return False
    has_first = any(confirmed(row) for row in _rows(scene, watch, since, Purpose.ALERT))
    return has_first and all(row.state in _KEPT for row in further if row.created_at >= (whole or since))


def _files_handed_over(scene: AlarmScene, watch: AlarmWatch) -> int:
    return files_handed_over(_file_rows(scene, watch), len(left_for(scene, watch.buddy_id).files))


def _file_rows(scene: AlarmScene, watch: AlarmWatch) -> list[OutboxRow]:
    since = phone_of(scene.records, scene.after, watch.buddy_id) or watch.alerted_at
    return _rows(scene, watch, since, Purpose.ALERT_ATTACHMENT)


def _rows(scene: AlarmScene, watch: AlarmWatch, since: datetime, *purposes: Purpose) -> list[OutboxRow]:
    return scene.records.outbox.of_check_in(scene.after.id, *purposes, to=watch.buddy_id, since=since)
