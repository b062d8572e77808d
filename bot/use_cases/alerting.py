"""The alert to one buddy: what it says, in which messages (SPEC: step 4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.domain.check_in import Stage, Step, Watch
from bot.domain.details import Entry, Subject, SubjectKind
from bot.domain.outgoing import NO_ACCOUNT, Fact, Purpose, ToPerson
from bot.domain.watching import alerted, watch_of
from bot.use_cases.leaving_details import Left, plan_of, tell_added, tell_of
from bot.use_cases.scene import Scene
from bot.use_cases.standing import standing, who_has_it
from bot.use_cases.voice import Voice, take_back_said_directly
from storage.outbox import OutboxRow, OutboxState
from storage.records import Records

_KEPT = (OutboxState.WAITING, OutboxState.SENT)
_GONE = (OutboxState.WITHDRAWN, OutboxState.FAILED)


class Alerted(Enum):
    """How far a buddy's alerts have come: all were taken back before they left, or some failed, or were taken back on
    their way, and it is not known that one has left."""

    YES = auto()
    NOT_YET = auto()
    IN_VAIN = auto()


def alert_buddy(scene: Scene, watch: Watch) -> None:
    """Alert one buddy both ways: directly, and by a neutral line in his group."""
    was_held_back = watch_of(scene.before, watch.buddy_id).held_back
    whole = not watch.held_back and (was_held_back or not _has_details(scene, watch))
    send_alert(scene, watch, whole=whole, files_from=_files_handed_over(scene, watch))
    if watch.group_id is not None:
        facts = scene.names_in_group(watch) | {"until": scene.after.deadline}
        scene.voice.to_group(watch.group_id, Purpose.ALERT_LINE, "group.alert", facts)


def complete_where_missing(scene: Scene, watch: Watch) -> None:
    """Send it to somebody who took it from the group's line before the alert itself had left, or from whom a part of it
    was held back until now."""
    was_held_back = watch_of(scene.before, watch.buddy_id).held_back
    if not watch.held_back and (was_held_back or not _has_details(scene, watch)):
        send_alert(scene, watch, whole=True, files_from=_files_handed_over(scene, watch))


def complete_alert(scene: Scene, watch: Watch) -> None:
    """Send the whole to somebody from whom what she left was held back so far."""
    send_alert(scene, watch, whole=True, files_from=_files_handed_over(scene, watch))


def send_alert(scene: Scene, watch: Watch, *, whole: bool, files_from: int = 0) -> None:
    """The direct message, complete in itself; if `whole`, with what she left, in further ones, and with her files,
    without as many of the first ones as `files_from` says. To a new phone nothing shows whether she left anything."""
    left = _left(scene, watch)
    do_first = "alert.do_first" if watch.held_back and not whole else left.do_first
    first, *others = [do_first if text == "alert.do_first" else text for text in _paragraphs(scene, watch)]
    paragraphs = [first, *no_drill(scene.records, watch.buddy_id), *others]
    if whole:
        paragraphs += left.in_first
    elif watch.held_back:
        paragraphs.append("alert.held_back")
    take_back_said_directly(scene.records, scene.after.person_id, watch.buddy_id)
    scene.voice.to_person(watch.buddy_id, Purpose.ALERT, "|".join(paragraphs), _facts(scene, watch))
    if whole:
        hand_over(scene.voice, watch.buddy_id, replace(left, files=left.files[files_from:]), Purpose.ALERT_DETAILS)


def send_addition(scene: Scene, entries: Sequence[Entry]) -> None:
    """Tell the buddies who have been alerted what she has left since."""
    for watch in alerted(scene.after):
        if watch.held_back:
            continue  # it follows with the rest, if that does
        match how_alerted(scene.records, _rows(scene, watch, Purpose.ALERT), _since(scene, watch)):
            case Alerted.NOT_YET:  # it comes with his next alert
                continue
            case Alerted.IN_VAIN:  # without the alert he would not know what it is about
                if scene.after.stage is not Stage.PAUSED:  # else it comes with his next one
                    complete_alert(scene, watch)
                continue
        hand_over(scene.voice, watch.buddy_id, tell_added(scene.names(watch), entries), Purpose.ALERT_ADDITION)


def hand_over(voice: Voice, buddy_id: str, left: Left, purpose: Purpose) -> None:
    """The messages after the first one, in order, then the files."""
    for message in left.messages:
        voice.to_person(buddy_id, purpose, message.text, message.facts)
    for file in left.files:
        said = file.said
        voice.send_file(buddy_id, Purpose.ALERT_ATTACHMENT, said.text, file.entry_id, said.facts)


def how_alerted(records: Records, alerts: Sequence[OutboxRow], since: datetime) -> Alerted:
    """Whether one of these alerts to one buddy has left, or will. `since`: what was before does not count (aware
    UTC)."""
    if not alerts or any(row.state not in _GONE for row in alerts):
        return Alerted.YES
    first = alerts[0]
    assert isinstance(first.to, ToPerson)
    failed = [row for row in alerts if row.state is OutboxState.FAILED]
    subject_id, buddy_id = first.check_in_id or "", first.to.person_id
    if len(failed) < len(alerts) and records.outbox.alert_may_have_left(subject_id, buddy_id, since):
        is_known = records.outbox.alert_may_have_left(subject_id, buddy_id, since, known=True)
        return Alerted.YES if is_known else Alerted.IN_VAIN
    return Alerted.IN_VAIN if failed else Alerted.NOT_YET


def withdraw_files_without_alert(records: Records, subject_id: str, buddy_id: str, since: datetime) -> None:
    """His alert was taken back before it is known to have left, and so were all since that moment (aware UTC): no file
    may come out of the blue. It comes with the next alert."""
    if not records.outbox.alert_may_have_left(subject_id, buddy_id, since, known=True):
        records.outbox.withdraw_from(buddy_id, subject_id, {Purpose.ALERT_ATTACHMENT})


def files_handed_over(rows: Sequence[OutboxRow], files: int) -> int:
    """How many of her `files`, from the first on, he has or will have; `rows`: what was sent of them so far. They take
    long, so none is sent twice unless he asks for it; but all are once more if he had no account when they were."""
    return 0 if missed_files(rows, files) else len(_last_files(rows, files))


def missed_files(rows: Sequence[OutboxRow], files: int) -> bool:
    """Whether he had no account when the last of them were to leave: they come once more, with the next alert."""
    return any(row.failure == NO_ACCOUNT for row in _last_files(rows, files))


def lacks_files(rows: Sequence[OutboxRow], files: int) -> bool:
    """Whether some of them have not gone to him, nor wait: they were taken back with an alert, or missed."""
    return missed_files(rows, files) or len(_last_files(rows, files)) < files


def _last_files(rows: Sequence[OutboxRow], files: int) -> list[OutboxRow]:
    sent = [row for row in rows if row.state is not OutboxState.WITHDRAWN]
    return sent[-files:] if files else []


def no_drill(records: Records, buddy_id: str) -> list[str]:
    """Who has been told of a drill must not take this for it."""
    drills = records.drills.of_buddy(buddy_id)
    told = any(part.buddy_id == buddy_id and part.told_at for drill in drills for part in drill.parts)
    return ["alert.no_drill"] if told else []


def _left(scene: Scene, watch: Watch) -> Left:
    entries = scene.records.details.of(Subject(SubjectKind.CHECK_IN, scene.after.id))
    return tell_of(scene.names(watch), entries, plan_of(scene.records, scene.after.person_id))


def _paragraphs(scene: Scene, watch: Watch) -> list[str]:
    if scene.after.stage is not Stage.OVERDUE:  # he asked for it again, or has just taken it
        return ["alert.known_so_far", "alert.do_first", "alert.ends"]
    others_left = len(alerted(scene.after)) < len(scene.after.watches)
    return [
        "alert.known_again" if _was_told(scene, watch) else "alert.known",
        *_word_not_given(scene, watch),
        *(["alert.late"] if _late(scene, watch) else []),
        "alert.do_first",
        "alert.take_it",
        "alert.next_other" if others_left else "alert.next_again",
        "alert.ends",
    ]


def _word_not_given(scene: Scene, watch: Watch) -> list[str]:
    if scene.before.step is not Step.RESUME_UNRESOLVED or scene.now < (scene.before.step_at or scene.now):
        return []
    own = scene.before.resolved_by == watch.buddy_id
    return ["alert.you_said" if own else "alert.somebody_said"]


def _facts(scene: Scene, watch: Watch) -> dict[str, Fact]:
    resolver = scene.before.resolved_by
    return scene.names(watch) | {
        "until": scene.after.deadline,
        "next": scene.next_at,
        "late": _late(scene, watch),
        "state_text": standing(scene.after, watch.buddy_id),
        "buddy": who_has_it(scene.records, scene.after),
        "resolver": scene.buddy_name(resolver) if resolver is not None else "",
    }


def _late(scene: Scene, watch: Watch) -> timedelta | None:
    """How much later than due this reaches him, if that is worth a word; since the first try if none has left."""
    due_at = scene.before.step_at
    if not _was_told(scene, watch) and (watch.alerts > 1 or due_at is None or due_at > scene.now):
        is_first = watch.alerted_at == scene.after.alerting_since
        due_at = scene.after.deadline + scene.after.grace if is_first else watch.alerted_at
    if due_at is None or scene.now - due_at <= scene.timing.late_after:
        return None
    return scene.now - due_at


def _was_told(scene: Scene, watch: Watch) -> bool:
    """Whether an alert of this time has gone out to him. Where that is not known, the whole is said once more."""
    return any(row.state is OutboxState.SENT or row.sent_ms for row in _rows(scene, watch, Purpose.ALERT))


def _has_details(scene: Scene, watch: Watch) -> bool:
    """Whether all that she left has gone to him, or is on its way: with the last whole alert, and since. What went to
    the phone that he had before does not count."""
    left = _left(scene, watch)
    if lacks_files(_rows(scene, watch, Purpose.ALERT_ATTACHMENT), len(left.files)):
        return False
    whole = _rows(scene, watch, Purpose.ALERT_DETAILS)
    if not whole and left.messages and _new_since(scene, watch) is not None:
        return False
    whole = [row for row in whole if row.created_at == whole[-1].created_at]
    added = _rows(scene, watch, Purpose.ALERT_ADDITION)
    added = [row for row in added if not whole or row.created_at >= whole[0].created_at]
    if not whole and not (_was_told(scene, watch) and bool(added) == bool(left.messages)):
        return False
    return all(row.state in _KEPT for row in (*whole, *added))


def _new_since(scene: Scene, watch: Watch) -> datetime | None:
    return scene.records.phones.new_to(scene.after.person_id).get(watch.buddy_id)


def _files_handed_over(scene: Scene, watch: Watch) -> int:
    return files_handed_over(_rows(scene, watch, Purpose.ALERT_ATTACHMENT), len(_left(scene, watch).files))


def _rows(scene: Scene, watch: Watch, purpose: Purpose) -> list[OutboxRow]:
    """His messages since alerting began, on the phone that he has: what came before an extension does not count."""
    return scene.records.outbox.of_check_in(scene.after.id, purpose, to=watch.buddy_id, since=_since(scene, watch))


def _since(scene: Scene, watch: Watch) -> datetime:
    since: datetime = scene.after.alerting_since or scene.now
    return max(since, _new_since(scene, watch) or since)
