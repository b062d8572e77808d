"""One due step of a check-in or an alarm (DESIGN, invariants 4 to 6)."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from bot.domain.alarm import AlarmStage, AlarmStep
from bot.domain.alarm_decisions import AlarmDue, AlarmEffect
from bot.domain.check_in import Step
from bot.domain.decisions import NotPossible
from bot.domain.events import Due
from bot.domain.reception import Reception
from bot.domain.timing import Timing
from bot.errors import SealBroken
from bot.use_cases.alarm_moving import move_alarm, without_the_gone
from bot.use_cases.alarm_reached import confirmed_alert, reached_earlier, told_of_pause
from bot.use_cases.alarm_scene import earlier_alarms
from bot.use_cases.check_in_course import move_on
from storage.deadlines import Deadline
from storage.leases import Lease
from storage.records import Records


class Acted(StrEnum):
    """What became of a due deadline."""

    DONE = "done"
    DONE_REACHES_NOBODY = "done_reaches_nobody"  # no buddy's phone has the alert
    WAITS_FOR_INBOX = "waits_for_inbox"
    WAITS_TO_BE_HEARD = "waits_to_be_heard"  # it would end what somebody may have objected to
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
    if deadline.subject_kind == "alarm":
        return _act_on_alarm(records, deadline, now, timing, waited_enough=waited_enough)
    check_in = records.check_ins.get(deadline.subject_id)
    if check_in is None or check_in.step is None:
        records.deadlines.clear(deadline.subject_kind, deadline.subject_id)
        return Acted.NOT_OURS
    people = (check_in.person_id, *(watch.buddy_id for watch in check_in.watches))
    if not waited_enough and records.inbox.waiting_from(accounts_of(records, people), now):
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


def _act_on_alarm(records: Records, deadline: Deadline, now: datetime, timing: Timing, *, waited_enough: bool) -> Acted:
    """The same for an alarm. What she writes can only add to it, so only her buddies' messages go first."""
    alarm = records.alarms.get(deadline.subject_id)
    if alarm is None or alarm.step is None:
        records.deadlines.clear(deadline.subject_kind, deadline.subject_id)
        return Acted.NOT_OURS
    accounts = accounts_of(records, [watch.buddy_id for watch in alarm.watches])
    if not waited_enough and records.inbox.waiting_from(accounts, now):
        return Acted.WAITS_FOR_INBOX
    alarm = without_the_gone(records, alarm, now, timing)
    if alarm.stage is AlarmStage.CLOSED:
        return Acted.DONE if earlier_alarms(records, alarm) else Acted.DONE_REACHES_NOBODY
    step = AlarmStep(deadline.what)
    if alarm.step is not step or alarm.step_at is None or alarm.step_at > now:  # changed, or the clock was set back
        assert alarm.step is not None
        assert alarm.step_at is not None
        records.deadlines.put("alarm", alarm.id, alarm.step.value, alarm.step_at)
        records.deadlines.release(deadline, alarm.step_at)
        return Acted.NOT_OURS
    due = AlarmDue(
        step, confirmed_alert(records, alarm), told_of_pause(records, alarm), reached_earlier(records, alarm)
    )
    decision = move_alarm(records, alarm, due, now, timing)
    unheard = any(happening.effect is AlarmEffect.TELL_OPERATOR for happening in decision.happenings)
    return Acted.DONE_REACHES_NOBODY if unheard else Acted.DONE


def ends_alarm(records: Records, deadline: Deadline, reception: Reception) -> bool:
    """Whether an alarm that rests would end, for somebody else was told who says that he has spoken with her. While
    Signal is away it waits in any case: nobody could be alerted, and an only buddy may have said so once more."""
    alarm = records.alarms.get(deadline.subject_id)
    if alarm is None or deadline.what != AlarmStep.END_PAUSE:
        return False
    others = {watch.buddy_id for watch in alarm.watches} - {alarm.resolved_by}
    return reception is Reception.AWAY or bool(others & told_of_pause(records, alarm))


def accounts_of(records: Records, people: Iterable[str]) -> list[str]:
    """Whose messages are to be waited for, as far as that can be read."""
    found = []
    for person_id in people:
        try:
            found.append(records.people.by_id(person_id).account)
        except (SealBroken, LookupError):  # nobody's damaged row must stop an alert to all others
            continue
    return found
