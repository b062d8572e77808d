"""One moment of an alarm, as the effects of a decision see it. It knows her from the alarm's own copy alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.alarm import (
    SOMEBODY,
    Alarm,
    AlarmCopy,
    AlarmStage,
    AlarmWatch,
    BuddyCopy,
    alarm_watch,
    holders,
    own_watches,
)
from bot.domain.names import look_alike
from bot.domain.outgoing import Fact
from bot.domain.timing import Timing
from bot.errors import SealBroken
from bot.use_cases.voice import Voice
from storage.records import Records


@dataclass(frozen=True)
class AlarmScene:
    """An alarm before and after a decision, at one moment (aware UTC), and its copy of names, signs and details."""

    records: Records
    before: Alarm
    after: Alarm
    copy: AlarmCopy
    now: datetime
    timing: Timing

    @property
    def voice(self) -> Voice:
        """Speaks for this alarm."""
        return Voice(self.records, self.now, self.after.id)

    def names(self, buddy_id: str) -> dict[str, Fact]:
        """What this buddy calls her."""
        return {"name": name_for(self.copy, buddy_id)}

    def label(self, buddy_id: str | None) -> str:
        """What she called this buddy: by that name the others know him, if at all."""
        return label_of(self.copy, buddy_id)

    def others_with_it(self, buddy_id: str) -> str:
        """Who has it besides this buddy; empty for nobody."""
        return ", ".join(self.label(other) for other in holders(self.after) if other != buddy_id)


def copy_of(records: Records, alarm: Alarm) -> AlarmCopy:
    """The alarm's copy. Damage to it must not stop the alarm: then it is known that there is one, and of the names
    those that are used now, for a buddy needs hers to end it."""
    try:
        copy = records.alarms.copy(alarm.id)
    except SealBroken:
        copy = AlarmCopy()
    named = {buddy.buddy_id for buddy in (*copy.buddies, *copy.others)}
    nameless = [watch for watch in alarm.watches if watch.elsewhere and watch.buddy_id not in named]
    return replace(
        copy,
        buddies=copy.buddies or tuple(_as_called_now(records, alarm, own_watches(alarm))),
        others=(*copy.others, *_as_called_now(records, alarm, nameless)),
    )


def knows_of_other(records: Records, buddy_id: str, name: str, besides: str | None = None) -> bool:
    """Whether an alarm is open for this buddy about somebody whom he calls the same, or so it looks, besides the one
    with this id: what he is told must not seem to call that off. Whoever holds her phone could choose her name for
    himself."""
    return any(
        alarm.id != besides and look_alike(name_for(copy_of(records, alarm), buddy_id), name)
        for alarm in records.alarms.open_watched_by(buddy_id)
    )


def earlier_alarms(records: Records, alarm: Alarm) -> list[Alarm]:
    """The open alarms about her that count before this one. Its buddies must not notice them."""
    return [other for other in records.alarms.open_about(alarm.person_id) if other.rank < alarm.rank]


def _as_called_now(records: Records, alarm: Alarm, watches: Iterable[AlarmWatch]) -> Iterator[BuddyCopy]:
    for watch in watches:
        pairing = records.pairings.between(alarm.person_id, watch.buddy_id)
        names = (SOMEBODY, SOMEBODY) if pairing is None else (pairing.person_label, pairing.buddy_label)
        yield BuddyCopy(watch.buddy_id, *names)


def name_for(copy: AlarmCopy, buddy_id: str) -> str:
    """What this buddy calls her."""
    return next((buddy.name for buddy in copy.buddies if buddy.buddy_id == buddy_id), SOMEBODY)


def label_of(copy: AlarmCopy, buddy_id: str | None) -> str:
    """What she called this buddy."""
    everybody = (*copy.buddies, *copy.others)
    return next((buddy.label for buddy in everybody if buddy.buddy_id == buddy_id), SOMEBODY)


def alarm_standing(scene: AlarmScene, buddy_id: str) -> str:
    """The name of the text that says how it stands, for one of its buddies."""
    watch = alarm_watch(scene.after, buddy_id)
    if scene.after.stage is AlarmStage.PAUSED:
        return "state.paused_by_you" if scene.after.resolved_by == buddy_id else "state.paused"
    if watch is not None and watch.taken_at is not None:
        return "state.you"
    return "state.alarm_others" if scene.others_with_it(buddy_id) else "state.nobody"
