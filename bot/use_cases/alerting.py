"""The alert to one buddy: what it says, in which messages (SPEC: step 4)."""

from datetime import datetime, timedelta

from bot.domain.check_in import Stage, Step, Watch
from bot.domain.cutting import cut
from bot.domain.outgoing import Fact, Purpose, ToPerson
from bot.domain.watching import alerted
from bot.errors import SealBroken
from bot.use_cases.scene import Scene
from bot.use_cases.standing import standing, who_has_it
from storage.outbox import OutboxRow, OutboxState

DETAILS_BYTES = 1500
"""Bytes of details in one message: with the words around them it stays below the 2,000 that Signal carries."""


def alert_buddy(scene: Scene, watch: Watch) -> None:
    """Alert one buddy both ways: directly, and by a neutral line in his group."""
    send_alert(scene, watch, whole=not _has_details(scene, watch))
    if watch.group_id is not None:
        facts = scene.names(watch) | {"until": scene.after.deadline}
        scene.voice.to_group(watch.group_id, Purpose.ALERT_LINE, "group.alert", facts)


def complete_alert(scene: Scene, watch: Watch) -> None:
    """Send it to somebody who took it from the group's line before the alert itself had left."""
    if not _has_details(scene, watch):
        send_alert(scene, watch, whole=True)


def send_alert(scene: Scene, watch: Watch, *, whole: bool) -> None:
    """The direct message, complete in itself; if `whole`, with what she left, in further ones where it is long."""
    details, without = _left(scene) if whole else (None, "")
    first, *others = _paragraphs(scene, watch)
    paragraphs = [first, *_no_drill(scene, watch), *others]
    if whole and not details:
        paragraphs += [without, "alert.police"]
    scene.voice.to_person(watch.buddy_id, Purpose.ALERT, "|".join(paragraphs), _facts(scene, watch))
    if details:
        _send_details(scene, watch, details)


def _no_drill(scene: Scene, watch: Watch) -> list[str]:
    """Who has been told of a drill must not take this for it."""
    drills = scene.records.drills.of_buddy(watch.buddy_id)
    told = any(part.buddy_id == watch.buddy_id and part.told_at for drill in drills for part in drill.parts)
    return ["alert.no_drill"] if told else []


def _left(scene: Scene) -> tuple[str | None, str]:
    """What she left, and what is said where there is nothing to show. Damage to it must not stop the alert."""
    try:
        return scene.records.check_ins.details(scene.after.id), "alert.no_details"
    except SealBroken:
        return None, "alert.details_lost"


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
        "next": scene.after.step_at,
        "late": _late(scene, watch),
        "state_text": standing(scene.after, watch.buddy_id),
        "buddy": who_has_it(scene.records, scene.after),
        "resolver": scene.buddy_name(resolver) if resolver is not None else "",
    }


def _send_details(scene: Scene, watch: Watch, details: str) -> None:
    """What she left, in numbered messages of a size that Signal carries whole, and her wish about police."""
    parts = cut(details, DETAILS_BYTES)
    for number, part in enumerate(parts, start=2):
        facts = scene.names(watch) | {"details": part, "part": number, "parts": 1 + len(parts)}
        text = "alert.details|alert.police" if number == 1 + len(parts) else "alert.details"
        scene.voice.to_person(watch.buddy_id, Purpose.ALERT_DETAILS, text, facts)


def _late(scene: Scene, watch: Watch) -> timedelta | None:
    """How much later than due this reaches him, if that is worth a word; since the first try if none has left."""
    due_at = scene.before.step_at
    if watch.alerts > 1 and not _was_told(scene, watch):
        due_at = watch.alerted_at
    if due_at is None or scene.now - due_at <= scene.timing.late_after:
        return None
    return scene.now - due_at


def _was_told(scene: Scene, watch: Watch) -> bool:
    """Whether an alert of this time has gone out to him. Where that is not known, the whole is said once more."""
    return any(row.state is OutboxState.SENT or row.sent_ms for row in _rows(scene, watch, Purpose.ALERT))


def _has_details(scene: Scene, watch: Watch) -> bool:
    details, _ = _left(scene)
    if not details:
        return _was_told(scene, watch)
    rows = _rows(scene, watch, Purpose.ALERT_DETAILS)
    kept = (OutboxState.WAITING, OutboxState.SENT)
    return bool(rows) and all(row.state in kept for row in rows if row.created_at == rows[-1].created_at)


def _rows(scene: Scene, watch: Watch, purpose: Purpose) -> list[OutboxRow]:
    """His messages since alerting began: what came before an extension does not count."""
    since: datetime = scene.after.alerting_since or scene.now
    rows = scene.records.outbox.of_check_in(scene.after.id, purpose)
    return [row for row in rows if row.to == ToPerson(watch.buddy_id) and row.created_at >= since]
