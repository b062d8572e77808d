"""The end of a pairing that was not renewed: two warnings, then it goes (SPEC: "Before a pairing lapses").

While a check-in of either is open neither a warning nor the lapse comes; they come after. An open silent alarm holds
nothing up: a warning that failed to come on her phone, or on that of a buddy who is to know nothing of it, would show
that there is one. It need not: an alarm has a copy of its own of buddies, names and plan, and goes on without the
pairing. So what is judged here is only what everybody may see. (Days are all that is ever said of a term: the hour in
which it ends, or does not, would tell a buddy of a check-in of which he was not told.)
"""

from datetime import datetime, timedelta

from bot.domain.outgoing import Fact, Purpose
from bot.domain.pairing import Pairing, PairingState
from bot.domain.reception import Reception
from bot.domain.term import Term, TermStep, next_step, warned
from bot.domain.timing import Timing
from bot.use_cases.act_on_deadline import Acted, accounts_of
from bot.use_cases.parting import end_pairing
from bot.use_cases.term import KIND, how_it_stands, keep_term, take_back_what_waits, voice_about
from bot.use_cases.voice import Voice
from storage.deadlines import Deadline
from storage.leases import Lease
from storage.outbox import OutboxState
from storage.records import Records

LOOK_AGAIN = timedelta(hours=1)
"""While a check-in is open. Long, so that the end of the one does not show in the beginning of the other."""


def act_on_term(
    records: Records, deadline: Deadline, lease: Lease, now: datetime, timing: Timing, *, waited_enough: bool
) -> Acted:
    """Warn both, or let the pairing lapse; a `/renew` that arrived earlier goes first."""
    if not records.deadlines.still_mine(deadline, lease):
        return Acted.NOT_OURS
    pairing = records.pairings.get(deadline.subject_id)
    term = None if pairing is None else records.terms.of(pairing.id)
    if pairing is None or term is None or pairing.state is not PairingState.ACTIVE:
        records.deadlines.clear(KIND, deadline.subject_id)
        return Acted.NOT_OURS
    both = (pairing.person_id, pairing.buddy_id)
    if not waited_enough and records.inbox.waiting_from(accounts_of(records, both), now):
        return Acted.WAITS_FOR_INBOX
    step, at = next_step(term, timing)
    if step != deadline.what or at > now:  # the clock was set back, or the settings have changed
        records.deadlines.put(KIND, pairing.id, step.value, at)
        records.deadlines.release(deadline, at)
        return Acted.NOT_OURS
    if any(records.check_ins.open_of(person_id) is not None for person_id in both):
        records.deadlines.put(KIND, pairing.id, step.value, now + LOOK_AGAIN)
    elif step is TermStep.LAPSE and not _warning_came_too_late(records, pairing, at):
        _lapse(records, pairing, now)
    else:
        _warn(records, pairing, warned(term, step, now, timing), now, timing)
    return Acted.DONE


def ends_pairing(records: Records, deadline: Deadline, _: Reception) -> bool:
    """Whether it would lapse: where the last warning has not come in time, it is said anew instead."""
    pairing = records.pairings.get(deadline.subject_id)
    if pairing is None or deadline.what != TermStep.LAPSE:
        return False
    return not _warning_came_too_late(records, pairing, deadline.due_at)


def _warning_came_too_late(records: Records, pairing: Pairing, ends_at: datetime) -> bool:
    """Whether one of them has not got the last warning, or only when it was to end, because Signal was away: it is said
    anew, with a new day. What was said after the end (one of them renews it) was no warning."""
    rows = records.outbox.of_check_in(pairing.id, Purpose.NOTICE)
    warnings = [row for row in rows if row.created_at < ends_at]
    ends_ms = ends_at.timestamp() * 1000
    return any(row.state is OutboxState.WAITING or (row.sent_ms or 0) >= ends_ms for row in warnings)


def _warn(records: Records, pairing: Pairing, term: Term, now: datetime, timing: Timing) -> None:
    take_back_what_waits(records, pairing)
    keep_term(records, pairing, term, timing)
    voice = voice_about(records, pairing, now)
    for person_id in (pairing.person_id, pairing.buddy_id):
        lines = how_it_stands(pairing, term, person=person_id == pairing.person_id)
        voice.to_person(person_id, Purpose.NOTICE, "renew.lines", {"lines": lines})


def _lapse(records: Records, pairing: Pairing, now: datetime) -> None:
    """As if one of the two had parted from the other, which nobody has."""
    end_pairing(records, pairing, now)
    voice = Voice(records, now)
    left = records.pairings.of_person(pairing.person_id, PairingState.ACTIVE)
    hers: dict[str, Fact] = {"name": pairing.buddy_label, "names": ", ".join(one.buddy_label for one in left)}
    who_is_left = "lapse.left" if left else "lapse.nobody_left"
    voice.to_person(pairing.person_id, Purpose.NOTICE, f"lapse.told|{who_is_left}", hers)
    his = "lapse.told_buddy|lapse.still_open" if _knows_of_an_alarm(records, pairing) else "lapse.told_buddy"
    voice.to_person(pairing.buddy_id, Purpose.NOTICE, his, {"name": pairing.person_label})


def _knows_of_an_alarm(records: Records, pairing: Pairing) -> bool:
    alarms = records.alarms.open_watched_by(pairing.buddy_id)
    return any(alarm.person_id == pairing.person_id for alarm in alarms)
