"""What she left, for the buddies of an alarm: its own copy, and what comes to it later."""

from dataclasses import replace

from bot.domain.alarm import AlarmCopy
from bot.domain.check_in import CheckIn
from bot.domain.cutting import cut
from bot.domain.outgoing import Fact, Purpose
from bot.errors import SealBroken
from bot.use_cases.alarm_scene import AlarmScene
from storage.records import Records

_BYTES = 1500
"""Bytes of details in one message: with the words around them it stays below the 2,000 that Signal carries."""


def with_details(records: Records, copy: AlarmCopy, check_in: CheckIn | None) -> AlarmCopy:
    """The copy, and what she left for the check-in that runs."""
    if check_in is None:
        return copy
    try:
        details = records.check_ins.details(check_in.id)
    except SealBroken:
        return copy
    if details is None or details in copy.details:
        return copy
    return replace(copy, details=(*copy.details, details))


def left_in_first(scene: AlarmScene) -> list[str]:
    """What the first message says where no further one follows."""
    return [] if _left(scene) else ["alarm.no_details", "alert.police"]


def send_details(scene: AlarmScene, buddy_id: str) -> None:
    """Numbered messages with all that she wrote, and at the end her wish about police."""
    parts = cut("\n\n".join(_left(scene)), _BYTES) if _left(scene) else []
    for number, part in enumerate(parts, start=2):
        facts: dict[str, Fact] = scene.names(buddy_id) | {"details": part, "part": number, "parts": 1 + len(parts)}
        text = "alarm.details|alert.police" if number == 1 + len(parts) else "alarm.details"
        scene.voice.to_person(buddy_id, Purpose.ALERT_DETAILS, text, facts)


def _left(scene: AlarmScene) -> list[str]:
    return [*(sign.text for sign in scene.copy.signs if sign.text), *scene.copy.details]
