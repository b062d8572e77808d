"""A deadline whose step fails each time: it is tried for ever, and what people rely on goes out without it.

Whatever is damaged, two things can still be known: that a time has passed, and who was to be told. So after a few
tries the buddies get an alert in its plainest form, all of them, again and again until the step works or the timer is
closed. Nothing of the check-in is changed by that: what is damaged is left as it is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.alarm import AlarmStage, own_watches
from bot.domain.outgoing import Fact, Purpose
from bot.domain.timing import Timing
from bot.errors import SealBroken
from bot.use_cases.voice import Voice
from storage.deadlines import Deadline
from storage.records import Records

TRIES = 3
"""After so many failures in a row the operator is told, and alerts go out without the step; three seconds after the
first."""
_LONGEST_PAUSE = timedelta(seconds=60)
_NAMED = "|".join(("alert.plain", "alert.do_first", "alert.plain_ends"))
_NAMELESS = "|".join(("alert.plain_nameless", "alert.plain_ends_nameless"))
_ALARM = "|".join(("alarm.first", "alarm.known_little", "alarm.leave_phone", "alarm.do_first", "alarm.ends"))


def give_back(records: Records, deadline: Deadline, now: datetime) -> None:
    """After a try that failed: again after a pause that grows to a minute, and no more."""
    records.deadlines.release(deadline, now + _pause(deadline))


def give_back_and_tell(records: Records, deadline: Deadline, now: datetime, timing: Timing) -> None:
    """The same, and after some tries whoever must know is told. Raises whatever damage there is to this, too."""
    again_at = now + _pause(deadline)
    failures = deadline.attempts + 1
    if failures >= TRIES:
        if failures == TRIES:
            Voice(records, now).to_operator("operator.deadline_fails")
        overdue_at = _overdue_at(records, deadline)
        if overdue_at is not None and overdue_at > now:
            again_at = min(again_at, overdue_at)
        elif overdue_at is not None and not _told_lately(records, deadline.subject_id, now - timing.repeat):
            _alert_plainly(records, deadline, now, now + timing.repeat)
    records.deadlines.release(deadline, again_at)


def _pause(deadline: Deadline) -> timedelta:
    return min(timedelta(seconds=2 ** min(deadline.attempts, 10)), _LONGEST_PAUSE)


def _overdue_at(records: Records, deadline: Deadline) -> datetime | None:
    """From when somebody relies on being told; None if nobody does."""
    if deadline.subject_kind == "check_in":
        check_in = records.check_ins.get(deadline.subject_id)
        return None if check_in is None or check_in.closed_at is not None else check_in.deadline + check_in.grace
    if deadline.subject_kind == "alarm":
        alarm = records.alarms.get(deadline.subject_id)
        return None if alarm is None or alarm.stage is AlarmStage.CLOSED else alarm.opened_at
    return None


def _told_lately(records: Records, subject_id: str, since: datetime) -> bool:
    return any(row.created_at > since for row in records.outbox.of_check_in(subject_id, Purpose.ALERT, since=since))


def _alert_plainly(records: Records, deadline: Deadline, now: datetime, next_at: datetime) -> None:
    facts: dict[str, Fact] = {"next": next_at}
    if deadline.subject_kind == "check_in":
        check_in = records.check_ins.get(deadline.subject_id)
        assert check_in is not None
        named, nameless, facts["until"] = _NAMED, _NAMELESS, check_in.deadline
        person_id, buddies = check_in.person_id, [watch.buddy_id for watch in check_in.watches]
    else:
        alarm = records.alarms.get(deadline.subject_id)
        assert alarm is not None
        named, nameless, facts["at"] = _ALARM, _ALARM, alarm.opened_at
        person_id, buddies = alarm.person_id, [watch.buddy_id for watch in own_watches(alarm)]
    _say_to_all(records, Voice(records, now, deadline.subject_id), person_id, buddies, (named, nameless), facts)


def _say_to_all(
    records: Records,
    voice: Voice,
    person_id: str,
    buddies: Iterable[str],
    texts: tuple[str, str],
    facts: dict[str, Fact],
) -> None:
    for buddy_id in buddies:
        if records.people.is_known(buddy_id):
            name = _name_for(records, person_id, buddy_id)
            text = texts[1] if name is None else texts[0]
            voice.to_person(buddy_id, Purpose.ALERT, text, facts | {"name": name or "…"})


def _name_for(records: Records, person_id: str, buddy_id: str) -> str | None:
    """What this buddy calls her, if that can still be read."""
    try:
        pairing = records.pairings.between(person_id, buddy_id)
    except SealBroken:
        return None
    return None if pairing is None else pairing.person_label
