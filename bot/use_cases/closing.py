"""Closing a check-in: who is told, what is taken back, what is erased (SPEC: step 7)."""

from datetime import datetime

from bot.domain.check_in import CheckIn
from bot.domain.details import Subject, SubjectKind
from bot.domain.outgoing import Purpose, Recipient, ToGroup, ToPerson
from bot.use_cases.alarm_scene import knows_of_other
from bot.use_cases.parting import end_pairing
from bot.use_cases.scene import names_in_group
from bot.use_cases.taking_back import ALERTS, perhaps_seen, take_back_alerts, told_of_alarm
from bot.use_cases.voice import Voice
from storage.records import Records

_LINES = (Purpose.START_LINE, Purpose.TIME_LINE, Purpose.ALERT_LINE)
_POINTLESS = {*ALERTS, *_LINES, Purpose.REMINDER, Purpose.QUESTION, Purpose.FOLLOW_UP, Purpose.NOTICE}
_POINTLESS |= {Purpose.LOOK, Purpose.OPERATOR, Purpose.REPLY}  # replies: what buddies were told of how it stands


def close_down(records: Records, check_in: CheckIn, now: datetime, answered_in: str | None) -> None:
    """Everything that follows from a close. `answered_in`: the group in which she ended it, if she did it there.

    Afterwards no alert of this check-in is sent or tried again; everybody whom one may have reached gets the
    all-clear, and who has taken it or spoken with her, but for the buddies of an alarm; every group that may have had a
    line gets an end line; details and texts are gone.
    """
    voice = Voice(records, now, check_in.id)
    records.outbox.withdraw(check_in.id, _POINTLESS)
    _end_lines(records, voice, check_in, answered_in)
    _all_clears(records, voice, check_in, besides=told_of_alarm(records, check_in))
    take_back_alerts(records, voice, check_in)
    records.details.erase(Subject(SubjectKind.CHECK_IN, check_in.id))
    records.outbox.erase_bodies(check_in.id)
    _let_go(records, check_in, now)


def _end_lines(records: Records, voice: Voice, check_in: CheckIn, answered_in: str | None) -> None:
    groups: set[Recipient] = {row.to for row in perhaps_seen(records, check_in.id, *_LINES)}
    if answered_in is not None:
        groups.add(ToGroup(answered_in))
    for watch in check_in.watches:
        if watch.group_id is not None and ToGroup(watch.group_id) in groups:
            groups.discard(ToGroup(watch.group_id))
            pairing = records.pairings.between(check_in.person_id, watch.buddy_id)
            facts = {"name": ""} if pairing is None else names_in_group(records, pairing)
            answers = check_in.person_id if watch.group_id == answered_in else None
            voice.to_group(watch.group_id, Purpose.END_LINE, "group.end", facts, answers, check_in.person_id)


def _name_for(records: Records, check_in: CheckIn, buddy_id: str) -> str:
    """What this buddy calls her."""
    pairing = records.pairings.between(check_in.person_id, buddy_id)
    return pairing.person_label if pairing else ""


def _all_clears(records: Records, voice: Voice, check_in: CheckIn, besides: set[str]) -> None:
    told = {row.to.person_id for row in perhaps_seen(records, check_in.id, *ALERTS) if isinstance(row.to, ToPerson)}
    for watch in check_in.watches:
        has_answered = watch.buddy_id in (check_in.taken_by, check_in.resolved_by)  # what he was told may be taken back
        if (has_answered or watch.buddy_id in told) and watch.buddy_id not in besides:
            name = _name_for(records, check_in, watch.buddy_id)
            text = (
                "alert.all_clear|alert.other_open"
                if knows_of_other(records, watch.buddy_id, name)
                else "alert.all_clear"
            )
            voice.to_person(watch.buddy_id, Purpose.ALL_CLEAR, text, {"name": name, "now": voice.now})


def _let_go(records: Records, check_in: CheckIn, now: datetime) -> None:
    """Buddies who asked to leave while on call leave now (SPEC: `/unpair`)."""
    for watch in check_in.watches:
        pairing = records.pairings.between(check_in.person_id, watch.buddy_id)
        if pairing is not None and pairing.leaves_at_close:
            end_pairing(records, pairing, now)
