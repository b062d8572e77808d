"""One due step of a check-in (DESIGN, invariants 4 to 6)."""

from datetime import datetime
from enum import StrEnum

from bot.domain.check_in import CheckIn, Step
from bot.domain.decisions import NotPossible
from bot.domain.events import Due
from bot.domain.timing import Timing
from bot.errors import SealBroken
from bot.use_cases.check_in_course import move_on
from storage.deadlines import Deadline
from storage.leases import Lease
from storage.records import Records


class Acted(StrEnum):
    """What became of a due deadline."""

    DONE = "done"
    WAITS_FOR_INBOX = "waits_for_inbox"
    NOT_OURS = "not_ours"  # changed or taken by another since it was claimed


def act_on_deadline(
    records: Records, deadline: Deadline, lease: Lease, now: datetime, timing: Timing, *, waited_enough: bool
) -> Acted:
    """Take the step that `deadline` stands for, settled in this same unit of work.

    A message that arrived earlier and could close the check-in goes first, unless it was `waited_enough` for.
    Raises NotPossible when the table has no way from where the check-in stands.
    """
    if not records.deadlines.still_mine(deadline, lease):
        return Acted.NOT_OURS
    check_in = records.check_ins.get(deadline.subject_id)
    if check_in is None or check_in.step is None:
        records.deadlines.clear(deadline.subject_kind, deadline.subject_id)
        return Acted.NOT_OURS
    if not waited_enough and records.inbox.waiting_from(_accounts(records, check_in), now):
        return Acted.WAITS_FOR_INBOX
    try:
        move_on(records, check_in, Due(Step(deadline.what)), now, timing)
    except NotPossible:
        assert check_in.step_at is not None
        if check_in.step == deadline.what and check_in.step_at <= now:
            raise  # a hole in the table: to be seen in the log, and tried again with growing pauses
        records.deadlines.put("check_in", check_in.id, check_in.step.value, check_in.step_at)
        records.deadlines.release(deadline, check_in.step_at)  # the clock was set back: it is not due yet
        return Acted.NOT_OURS
    return Acted.DONE


def _accounts(records: Records, check_in: CheckIn) -> list[str]:
    """Hers and her buddies': whose messages could close it or take it."""
    found = []
    for person_id in (check_in.person_id, *(watch.buddy_id for watch in check_in.watches)):
        try:
            found.append(records.people.by_id(person_id).account)
        except SealBroken:  # one damaged row must not stop an alert to all others; its owner cannot be heard anyway
            continue
    return found
