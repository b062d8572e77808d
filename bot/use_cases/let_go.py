"""A buddy who asked to leave goes at the close of her timer, and at the latest after some time (SPEC: `/unpair`).

Else whoever never closes a timer, or extends it again and again, would keep somebody for ever: one who has become a
buddy without a word of hers, on her phone in somebody else's hands, could not even have herself erased.
"""

from datetime import datetime
from enum import StrEnum

from bot.domain.check_in import CheckIn
from bot.domain.events import Leave
from bot.domain.outgoing import TO_BUDDY_ALONE, Purpose, Recipient, ToGroup, ToPerson
from bot.domain.pairing import Pairing
from bot.domain.timing import Timing
from bot.use_cases.act_on_deadline import Acted, accounts_of
from bot.use_cases.check_in_course import move_on
from bot.use_cases.parting import LEAVING, end_pairing
from bot.use_cases.taking_back import take_back_alerts
from bot.use_cases.voice import Voice
from storage.deadlines import Deadline
from storage.leases import Lease
from storage.records import Records

_TO_HIM = {*TO_BUDDY_ALONE, Purpose.FOLLOW_UP, Purpose.REPLY, Purpose.ALL_CLEAR}


class LeavingStep(StrEnum):
    """What is still to be done for a buddy who asked to leave."""

    LET_GO = "let_go"


def leave_in_time(records: Records, pairing: Pairing, now: datetime, timing: Timing) -> datetime:
    """Until when he waits for the close at most: as long as the longest timer. To ask again puts nothing off."""
    by = records.deadlines.due_at(LEAVING, pairing.id)
    if by is None:
        by = now + timing.max_duration
        records.deadlines.put(LEAVING, pairing.id, LeavingStep.LET_GO.value, by)
    return by


def leaves_by(records: Records, pairings: list[Pairing]) -> datetime | None:
    """Until when the last of these is over at the latest; None where none waits for a close."""
    moments = [records.deadlines.due_at(LEAVING, pairing.id) for pairing in pairings]
    return max((moment for moment in moments if moment is not None), default=None)


def act_on_leaving(
    records: Records, deadline: Deadline, lease: Lease, now: datetime, timing: Timing, *, waited_enough: bool
) -> Acted:
    """He has waited long enough. A word of hers that arrived earlier goes first."""
    if not records.deadlines.still_mine(deadline, lease):
        return Acted.NOT_OURS
    pairing = records.pairings.get(deadline.subject_id)
    if pairing is None or not pairing.leaves_at_close:
        records.deadlines.clear(LEAVING, deadline.subject_id)
        return Acted.NOT_OURS
    if deadline.due_at > now:  # the clock was set back
        records.deadlines.release(deadline, deadline.due_at)
        return Acted.NOT_OURS
    both = (pairing.person_id, pairing.buddy_id)
    if not waited_enough and records.inbox.waiting_from(accounts_of(records, both), now):
        return Acted.WAITS_FOR_INBOX
    check_in = records.check_ins.open_of(pairing.person_id)
    if check_in is not None:
        _take_back(records, check_in, pairing, now)
    end_pairing(records, pairing, now)
    _tell_both(records, check_in, pairing, now)
    if check_in is not None:
        leave_check_in(records, check_in, pairing.buddy_id, now, timing)
    return Acted.DONE


def leave_check_in(records: Records, check_in: CheckIn, buddy_id: str, now: datetime, timing: Timing) -> None:
    """It goes on without him, if he has a part in it."""
    if any(watch.buddy_id == buddy_id for watch in check_in.watches):
        move_on(records, check_in, Leave(buddy_id), now, timing)


def _take_back(records: Records, check_in: CheckIn, pairing: Pairing, now: datetime) -> None:
    """What waits for him is not sent any more; what he was told of it is deleted as at a close."""
    records.outbox.withdraw_from(pairing.buddy_id, check_in.id, _TO_HIM)
    his: set[Recipient] = {ToPerson(pairing.buddy_id)}
    if pairing.group_id is not None:
        his.add(ToGroup(pairing.group_id))
    take_back_alerts(records, Voice(records, now, check_in.id), check_in, his)


def _tell_both(records: Records, check_in: CheckIn | None, pairing: Pairing, now: datetime) -> None:
    """She is told what that means for her timer; who else would be alerted her phone need not show."""
    voice = Voice(records, now)
    voice.to_person(pairing.buddy_id, Purpose.NOTICE, "unpair.left", {"name": pairing.person_label})
    left = "unpair.left_told"
    if check_in is not None:
        others = any(watch.buddy_id != pairing.buddy_id for watch in check_in.watches)
        left += "|unpair.left_others" if others else "|unpair.left_nobody"
    voice.to_person(pairing.person_id, Purpose.NOTICE, left, {"name": pairing.buddy_label})
