"""The end of a pairing, however it comes: declined, rejected, parted, lapsed, erased (SPEC: Commands)."""

from datetime import datetime

from bot.domain.pairing import Pairing
from bot.use_cases.term import leave_term_alone
from bot.use_cases.voice import Voice
from storage.deadlines import SubjectKind
from storage.records import Records

LEAVING: SubjectKind = "leaving"


def end_pairing(records: Records, pairing: Pairing, now: datetime) -> bool:
    """Erase the pairing; the group goes with the last one that uses it. True when the group goes."""
    leave_term_alone(records, pairing)
    records.deadlines.clear(LEAVING, pairing.id)
    records.pairings.remove(pairing.id)
    if pairing.group_id is None or records.pairings.with_group(pairing.group_id):
        return False
    group = records.groups.get(pairing.group_id)
    if group is not None:
        Voice(records, now).end_group(group)
    return True
