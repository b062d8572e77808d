"""A drill: an alert rehearsed with each of her buddies, marked as such at its start and end (SPEC: `/drill`)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.drill import Drill, DrillPart, DrillStep, answer, go_on, next_step, tell_next
from bot.domain.outgoing import Fact, Purpose
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.timing import Timing
from bot.domain.watching import alerted
from bot.use_cases.act_on_deadline import Acted, accounts_of
from bot.use_cases.alarm_scene import copy_of, name_for
from bot.use_cases.facts_about import is_away
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.refused import Refused
from bot.use_cases.voice import Voice
from storage.deadlines import Deadline, SubjectKind
from storage.leases import Lease
from storage.records import Records

_KIND: SubjectKind = "drill"
_MESSAGE = (
    "drill.known",
    "alert.do_first",
    "drill.sample",
    "drill.ends",
)


def start_drill(records: Records, person: Person, drill_id: str, now: datetime, timing: Timing) -> Drill:
    """Tell the first buddy who is not away. Raises `Refused`; nothing has changed then."""
    refuse_while_running(records, person)
    running = records.drills.of_person(person.id)
    if running is not None:
        raise Refused("drill.running", {"until": running.ends_at})
    buddies = records.pairings.of_person(person.id, PairingState.ACTIVE)
    if not buddies:
        raise Refused("drill.nobody")
    there = [pairing for pairing in buddies if not is_away(records, pairing.buddy_id, now)]
    if not there:
        raise Refused("drill.all_away")
    parts = tuple(DrillPart(pairing.buddy_id, position) for position, pairing in enumerate(there))
    drill, told = go_on(Drill(drill_id, person.id, now, parts), now)
    records.drills.add(drill)
    _tell(records, drill, told, now)
    _put_deadline(records, drill, now, timing)
    return drill


def waits_for_answer(records: Records, buddy_id: str) -> list[tuple[Drill, str]]:
    """The drills in which this buddy was told and has not answered, oldest first, with his name for whose it is."""
    found = []
    for drill in records.drills.of_buddy(buddy_id):
        pairing = _pairing(records, drill, buddy_id)
        waits = any(part.buddy_id == buddy_id and part.told_at and not part.answered_at for part in drill.parts)
        if pairing is not None and waits:
            found.append((drill, pairing.person_label))
    return found


def answer_drill(records: Records, drill: Drill, buddy_id: str, now: datetime, timing: Timing) -> bool:
    """A buddy has answered: he and she are told how fast, and the next one is told. False if it changes nothing."""
    answered = answer(drill, buddy_id, now)
    pairing = _pairing(records, drill, buddy_id)
    if answered is None or pairing is None:
        return False
    seconds = next(_seconds(part) for part in answered.parts if part.buddy_id == buddy_id)
    voice = Voice(records, now)
    real, facts = _real(records, drill, buddy_id)
    over = ["drill.over_for_you", *(["drill.still_open"] if "drill.alarm_open_hers" in real else [])]
    voice.to_person(buddy_id, Purpose.REPLY, "|".join(over), facts | {"seconds": seconds})
    told: dict[str, Fact] = {"name": pairing.buddy_label, "seconds": seconds}
    voice.to_person(drill.person_id, Purpose.NOTICE, "drill.answered", told)
    if answered.is_over:
        _end(records, answered, now)
        return True
    after, fresh = tell_next(answered, now)
    records.drills.save(after)
    if fresh:
        _tell(records, after, fresh, now)
        _put_deadline(records, after, now, timing)
    return True


def act_on_drill(
    records: Records, deadline: Deadline, lease: Lease, now: datetime, timing: Timing, *, waited_enough: bool
) -> Acted:
    """The next buddy, and once more those who have not answered; or the end."""
    if not records.deadlines.still_mine(deadline, lease):
        return Acted.NOT_OURS
    drill = records.drills.get(deadline.subject_id)
    if drill is None:
        records.deadlines.clear(_KIND, deadline.subject_id)
        return Acted.NOT_OURS
    accounts = accounts_of(records, (part.buddy_id for part in drill.parts))
    if not waited_enough and records.inbox.waiting_from(accounts, now):
        return Acted.WAITS_FOR_INBOX
    if deadline.what == DrillStep.END or now >= drill.ends_at:
        _end(records, drill, now)
        return Acted.DONE
    after, told = go_on(drill, now)
    records.outbox.withdraw(drill.id, {Purpose.DRILL})  # what could not leave so far is said anew
    records.drills.save(after)
    _tell(records, after, told, now)
    _put_deadline(records, after, now, timing)
    return Acted.DONE


def end_drill_of(records: Records, person_id: str, now: datetime) -> None:
    """End hers, if one runs: it gets in nobody's way. Everybody who was told is told that it is over."""
    drill = records.drills.of_person(person_id)
    if drill is not None:
        _end(records, drill, now)


def _end(records: Records, drill: Drill, now: datetime) -> None:
    records.drills.remove(drill.id)
    records.deadlines.clear(_KIND, drill.id)
    records.outbox.withdraw(drill.id, {Purpose.DRILL})
    voice = Voice(records, now)
    for part in drill.parts:
        pairing = _pairing(records, drill, part.buddy_id)
        if pairing is not None and part.told_at is not None and part.answered_at is None:
            real, facts = _real(records, drill, part.buddy_id)
            over = "drill.over_alarm_open" if "drill.alarm_open_hers" in real else "drill.over"
            voice.to_person(part.buddy_id, Purpose.NOTICE, over, facts | {"name": pairing.person_label})
    _sum_up(records, drill, now)


def _sum_up(records: Records, drill: Drill, now: datetime) -> None:
    """How many seconds each buddy took, who did not answer, who was not asked."""
    labels = {one.buddy_id: one.buddy_label for one in _buddies(records, drill)}
    took = [
        f"{labels[part.buddy_id]} {_seconds(part)} s"
        for part in drill.parts
        if part.took is not None and part.buddy_id in labels
    ]
    silent = [part.buddy_id for part in drill.parts if part.told_at is not None and part.answered_at is None]
    asked = {part.buddy_id for part in drill.parts if part.told_at is not None}
    lists = {
        "drill.took": took,
        "drill.silent": _names(labels, silent),
        "drill.not_asked": [label for buddy_id, label in labels.items() if buddy_id not in asked],
    }
    texts = ["drill.summary", *(text for text, names in lists.items() if names)]
    facts: dict[str, Fact] = {f"{text.partition('.')[2]}_names": ", ".join(names) for text, names in lists.items()}
    Voice(records, now).to_person(drill.person_id, Purpose.NOTICE, "|".join(texts), facts)


def _seconds(part: DrillPart) -> int:
    return round(part.took.total_seconds()) if part.took is not None else 0


def _names(labels: dict[str, str], buddy_ids: Sequence[str]) -> list[str]:
    return [labels[buddy_id] for buddy_id in buddy_ids if buddy_id in labels]


def _tell(records: Records, drill: Drill, buddy_ids: Collection[str], now: datetime) -> None:
    voice = Voice(records, now, drill.id)
    for buddy_id in buddy_ids:
        pairing = _pairing(records, drill, buddy_id)
        if pairing is None:
            continue
        again = any(part.buddy_id == buddy_id and part.told_at != now for part in drill.parts)
        real, facts = _real(records, drill, buddy_id)
        texts = [
            *real,
            "drill.begins_again" if again else "drill.begins",
            *_MESSAGE,
        ]
        facts = facts | {"name": pairing.person_label, "until": drill.started_at}
        voice.to_person(buddy_id, Purpose.DRILL, "|".join(texts), facts)


def _real(records: Records, drill: Drill, buddy_id: str) -> tuple[list[str], dict[str, Fact]]:
    """What this buddy reads first if something real is open for him: above all if it is about her whose drill it is,
    for then the drill may have been started so that he takes the one for the other."""
    alarms = sorted(records.alarms.open_watched_by(buddy_id), key=lambda alarm: alarm.person_id != drill.person_id)
    if alarms:
        name = name_for(copy_of(records, alarms[0]), buddy_id)
        hers = alarms[0].person_id == drill.person_id
        return ["drill.alarm_open_hers" if hers else "drill.alarm_open"], {"other": name}
    name = _name_of_real_alert(records, buddy_id)
    return (["drill.real_open"], {"other": name}) if name else ([], {})


def _name_of_real_alert(records: Records, buddy_id: str) -> str:
    """Whose alert is open for this buddy, as he calls her; empty for nobody."""
    for check_in in records.check_ins.open_watched_by(buddy_id):
        pairing = records.pairings.between(check_in.person_id, buddy_id)
        if pairing is not None and any(watch.buddy_id == buddy_id for watch in alerted(check_in)):
            return pairing.person_label
    return ""


def _buddies(records: Records, drill: Drill) -> list[Pairing]:
    return records.pairings.of_person(drill.person_id, PairingState.ACTIVE)


def _pairing(records: Records, drill: Drill, buddy_id: str) -> Pairing | None:
    """None for one who has left meanwhile."""
    pairing = records.pairings.between(drill.person_id, buddy_id)
    return pairing if pairing is not None and pairing.state is PairingState.ACTIVE else None


def _put_deadline(records: Records, drill: Drill, now: datetime, timing: Timing) -> None:
    step, at = next_step(drill, now, timing)
    records.deadlines.put(_KIND, drill.id, step.value, at)
