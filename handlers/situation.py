"""What has to be known about the writer before a message can be read."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.check_in import CheckIn
from bot.domain.pairing import Group, PairingState
from bot.domain.person import Person, StoredWords
from bot.use_cases.alarm_scene import copy_of, name_for
from bot.use_cases.new_phones import with_new_phones
from handlers.message import Message
from storage.records import Records


@dataclass(frozen=True)
class Situation:
    """The writer as stored. `person` is None for a stranger.

    `in_group`: the message stands in a group, whichever. `group`: that of one of the writer's pairings, if it is one.
    `own_group`: there she is the person, not only the buddy. `edits_a_change`: the message edits one that changed
    something. The labels are what she calls her buddies (`active_labels`: those whom she has confirmed,
    `waiting_labels`: those who wait for her yes, `new_phone_labels`: those whose new phone she has not confirmed), and
    those whose buddy she is. `running`: her check-in, unless the message is older than it.
    """

    person: Person | None = None
    words: StoredWords | None = None
    running: CheckIn | None = None
    in_group: bool = False
    group: Group | None = None
    own_group: bool = False
    edits_a_change: bool = False
    buddy_labels: tuple[str, ...] = ()
    active_labels: tuple[str, ...] = ()
    waiting_labels: tuple[str, ...] = ()
    new_phone_labels: tuple[str, ...] = ()
    person_labels: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Every name she may use in a command."""
        return self.buddy_labels + self.person_labels


def read_situation(records: Records, message: Message, present: datetime) -> Situation:
    """Load it; changes nothing."""
    person = records.people.by_account(message.account)
    if person is None:
        return Situation()
    group, own = _group_of(records, person, message.group)
    buddies = records.pairings.of_person(person.id)
    running = records.check_ins.open_of(person.id)
    return Situation(
        person=person,
        words=records.people.words(person.id),
        running=None if running is not None and message.is_from_before(running.started_at, present) else running,
        in_group=message.group is not None,
        group=group,
        own_group=own,
        edits_a_change=message.edits_ms is not None
        and records.inbox.changed(message.account, message.edits_ms) is True,
        buddy_labels=tuple(pairing.buddy_label for pairing in buddies),
        active_labels=tuple(one.buddy_label for one in buddies if one.state is PairingState.ACTIVE),
        waiting_labels=tuple(one.buddy_label for one in buddies if one.state is PairingState.ACCEPTED),
        new_phone_labels=tuple(one.buddy_label for one in with_new_phones(records, person.id, buddies)),
        person_labels=_person_labels(records, person.id),
    )


def _person_labels(records: Records, buddy_id: str) -> tuple[str, ...]:
    """Those whose buddy this is, and those about whom an alarm is open for him whatever became of the pairing."""
    of_pairings = [pairing.person_label for pairing in records.pairings.of_buddy(buddy_id)]
    of_alarms = [name_for(copy_of(records, alarm), buddy_id) for alarm in records.alarms.open_watched_by(buddy_id)]
    return tuple(dict.fromkeys([*of_pairings, *of_alarms]))


def _group_of(records: Records, person: Person, signal_id: str | None) -> tuple[Group | None, bool]:
    group = records.groups.by_signal_id(signal_id) if signal_id is not None else None
    if group is None:
        return None, False
    pairings = records.pairings.with_group(group.id)
    own = any(pairing.person_id == person.id and pairing.state is PairingState.ACTIVE for pairing in pairings)
    if not own and all(pairing.buddy_id != person.id for pairing in pairings):
        return None, False
    return group, own
