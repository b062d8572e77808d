"""A line in a group that did not reach whom it answers (SPEC: every command is answered), whom it asks (step 1), or
whom an earlier one told to call her (step 7, `/extend`)."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from bot.domain.check_in import CheckIn, Watch
from bot.domain.decisions import NotPossible
from bot.domain.events import NoAccount
from bot.domain.outgoing import ANSWERS, AS_IT_STOOD, Purpose, ToGroup
from bot.domain.timing import Timing
from bot.use_cases.alarm_scene import knows_of_other
from bot.use_cases.check_in_course import move_on
from bot.use_cases.taking_back import told_of_alarm
from bot.use_cases.voice import Voice, how_timer_stands, said_directly
from storage.outbox import OutboxRow
from storage.records import Records


def line_missed(
    records: Records,
    line: OutboxRow,
    missed: Collection[str],
    without_account: Collection[str],
    now: datetime,
    timing: Timing,
) -> None:
    """Say it directly to whom it answers and to a buddy who would call her for nothing, and tell her of a buddy whom it
    asks in vain. `missed`: the accounts that it did not reach; `without_account`: those of them that Signal does not
    find; `now`: aware UTC."""
    _answer_whom_it_missed(records, line, missed, now)
    if line.purpose in (Purpose.TIME_LINE, Purpose.END_LINE):
        _tell_who_would_call(records, line, missed, now)
    if without_account and line.purpose is Purpose.START_LINE:
        _tell_of_no_account(records, line, without_account, now, timing)


def _tell_of_no_account(
    records: Records, line: OutboxRow, without_account: Collection[str], now: datetime, timing: Timing
) -> None:
    check_in = records.check_ins.get(line.check_in_id or "")
    watches = () if check_in is None else check_in.watches
    asked = (one.buddy_id for one in watches if one.asked_at is not None and line.to == ToGroup(one.group_id or ""))
    buddy_id = next(asked, None)
    if check_in is not None and buddy_id is not None and records.people.by_id(buddy_id).account in without_account:
        with suppress(NotPossible):  # her timer has ended meanwhile: from then on her phone shows no more of buddies
            move_on(records, check_in, NoAccount(buddy_id), now, timing)


def _tell_who_would_call(records: Records, line: OutboxRow, missed: Collection[str], now: datetime) -> None:
    """Found: his phone had shown by when he was to call, and neither the new time nor the end; so he called."""
    check_in = records.check_ins.get(line.check_in_id or "")
    if check_in is None or line.text is None or not _still_holds(records, line, check_in.person_id):
        return
    for watch in check_in.watches:
        asked_here = watch.asked_at is not None and line.to == ToGroup(watch.group_id or "")
        if asked_here and _is_missed(records, watch.buddy_id, missed) and line.facts.get(ANSWERS) != watch.buddy_id:
            _tell_directly(records, check_in, watch, line, now)


def _tell_directly(records: Records, check_in: CheckIn, watch: Watch, line: OutboxRow, now: datetime) -> None:
    """By the name that he calls her: of two of one name it must be clear whose timer has ended. Where an alarm about
    her is open for him he is told nothing that seems to call it off."""
    pairing = records.pairings.between(check_in.person_id, watch.buddy_id)
    if pairing is None or line.text is None or watch.buddy_id in told_of_alarm(records, check_in):
        return
    text = line.text
    if knows_of_other(records, watch.buddy_id, pairing.person_label):
        text = f"{text}|alert.other_open"
    facts = {name: fact for name, fact in line.facts.items() if name != ANSWERS} | {
        "name": pairing.person_label,
        AS_IT_STOOD: how_timer_stands(records, check_in.person_id),  # so it is tried more than once
    }
    about = said_directly(check_in.person_id, watch.group_id or "")
    # Once he has called it is of no use, and misleads.
    until = check_in.people_act_at
    Voice(records, now, about).to_person(watch.buddy_id, Purpose.NOTICE, text, facts, expires_at=until)


def _is_missed(records: Records, person_id: str, missed: Collection[str]) -> bool:
    return records.people.is_known(person_id) and records.people.by_id(person_id).account in missed


def _answer_whom_it_missed(records: Records, line: OutboxRow, missed: Collection[str], now: datetime) -> None:
    """Say it once more in the direct chat, if it still holds; a line about what has changed takes its place. It keeps
    the fact `AS_IT_STOOD`."""
    answers = line.facts.get(ANSWERS)
    if not isinstance(answers, str) or line.text is None or not isinstance(line.to, ToGroup):
        return
    if not _is_missed(records, answers, missed):
        return
    if _still_holds(records, line, answers):
        facts = {name: fact for name, fact in line.facts.items() if name != ANSWERS}
        Voice(records, now, line.to.group_id).to_person(answers, Purpose.REPLY, line.text, facts)


def _still_holds(records: Records, line: OutboxRow, person_id: str) -> bool:
    """It may have waited, and she may have gone on meanwhile: an old answer after a newer one would mislead her. That
    nothing changed holds until something has, whatever else was said to her or others."""
    running = records.check_ins.open_of(person_id)
    if line.purpose is Purpose.END_LINE:
        return running is None
    if line.purpose in (Purpose.START_LINE, Purpose.TIME_LINE):
        return running is not None and running.id == line.check_in_id and running.deadline == line.facts.get("until")
    return how_timer_stands(records, person_id) == line.facts.get(AS_IT_STOOD)
