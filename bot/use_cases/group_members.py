"""Who is missing in a group: noticed before a check-in relies on it, and told to her (SPEC: step 1)."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.outgoing import Fact, Purpose
from bot.domain.pairing import Pairing
from bot.use_cases.voice import Voice
from storage.records import Records


def note_members(records: Records, signal_group_id: str, members: Collection[str], now: datetime) -> None:
    """Keep which of the group's people are no full members (`members`: account ids). A person whose running check-in
    counts on one who was there until now is told at once."""
    group = records.groups.by_signal_id(signal_group_id)
    if group is None:
        return
    pairings = records.pairings.with_group(group.id)
    people = {person_id for pairing in pairings for person_id in (pairing.person_id, pairing.buddy_id)}
    absent = {person_id for person_id in people if records.people.by_id(person_id).account not in members}
    before = records.groups.absent(group.id)
    if absent == before:
        return
    records.groups.set_absent(group.id, absent)
    for pairing in pairings:
        if pairing.buddy_id in absent - before:
            _tell_her(records, pairing, now)


def _tell_her(records: Records, pairing: Pairing, now: datetime) -> None:
    check_in = records.check_ins.open_of(pairing.person_id)
    if check_in is None or not check_in.start_lines or check_in.alerting_since is not None:
        return
    if any(watch.buddy_id == pairing.buddy_id and watch.on_call for watch in check_in.watches):
        facts: dict[str, Fact] = {"buddy": pairing.buddy_label}
        voice = Voice(records, now, check_in.id)
        voice.to_person(pairing.person_id, Purpose.NOTICE, "start.not_in_group", facts, expires_at=check_in.deadline)
