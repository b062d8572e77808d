"""How person and buddy come together (SPEC: `/invite`, `/join`, `/accept`, `/decline`, `/confirm`, `/reject`)."""

from dataclasses import replace
from datetime import datetime

from bot.domain.outgoing import Purpose, ToGroup, ToPerson
from bot.domain.pairing import Invite, Pairing, PairingState
from bot.domain.person import Person
from bot.domain.timing import Timing
from bot.use_cases.labels import label_of_buddy, label_of_person
from bot.use_cases.parting import end_pairing
from bot.use_cases.refused import Refused
from bot.use_cases.rename import catch_up
from bot.use_cases.scene import names_in_group
from bot.use_cases.voice import Voice
from storage.records import Records

OPEN_INVITES = 5


def invite(records: Records, person: Person, code: str, now: datetime, timing: Timing) -> tuple[datetime, int]:
    """Keep a new one-time code of hers. Returns until when it is valid and how many are open now. Raises `Refused`."""
    if person.name is None:
        raise Refused("invite.needs_name")
    already_open = records.invites.open_count(person.id, now)
    if already_open >= OPEN_INVITES:
        raise Refused("invite.too_many", {"until": records.invites.earliest_end(person.id, now)})
    expires_at = now + timing.invite_valid
    records.invites.add(code, person.id, now, expires_at)
    return expires_at, already_open + 1


def join(records: Records, account: str, person: Person | None, found: Invite, now: datetime) -> Pairing | None:
    """Use the code. A new account is let in; with a member's code a pairing is offered. Raises `Refused`."""
    if found.person_id is None:
        if person is not None:
            raise Refused("join.already_in")
        records.invites.use(found.id, now)
        let_in(records, account, now)
        return None
    if person is not None:
        _refuse_second_offer(records, found, found.person_id, person, now)
    records.invites.use(found.id, now)
    inviter = records.people.by_id(found.person_id)
    buddy = person or let_in(records, account, now)
    quiet = records.pairings.between(inviter.id, buddy.id)
    person_label = label_of_person(records, inviter.id, buddy.id, inviter.name or "")
    buddy_label = label_of_buddy(records, inviter.id, buddy.id, buddy.name) if buddy.name else ""
    if quiet is not None:
        return _offer_again(records, quiet, person_label, buddy_label)
    return records.pairings.add(inviter.id, buddy.id, person_label, buddy_label, now)


def _offer_again(records: Records, quiet: Pairing, person_label: str, buddy_label: str) -> Pairing:
    """She had left him quietly and asks him anew: their group is there, he is last in her order, and hears her name as
    it is now."""
    last = max((pairing.position for pairing in records.pairings.of_person(quiet.person_id)), default=0)
    position = max(last + 1, quiet.position)
    offered = replace(
        quiet,
        state=PairingState.OFFERED,
        position=position,
        person_label=person_label,
        buddy_label=buddy_label,
        leaves_at_close=False,
        no_alarms=False,
        left_quietly_at=None,
    )
    records.pairings.save(offered)
    return offered


def let_in(records: Records, account: str, now: datetime) -> Person:
    """A new account; what is said in its chat disappears after a while."""
    person = records.people.add(account, now)
    Voice(records, now).set_lifetime(ToPerson(person.id))
    return person


def _refuse_second_offer(records: Records, found: Invite, inviter_id: str, person: Person, now: datetime) -> None:
    if inviter_id == person.id:
        raise Refused("join.own_code")
    existing = records.pairings.between(inviter_id, person.id)
    if existing is not None and (existing.state is not PairingState.QUIET or _is_older(found, existing, now)):
        raise Refused("join.already", {"name": existing.person_label})
    waiting = records.pairings.of_buddy(person.id, PairingState.OFFERED)
    if waiting:
        raise Refused("join.answer_first", {"name": waiting[0].person_label})


def _is_older(found: Invite, quiet: Pairing, now: datetime) -> bool:
    """Whether the code was open when she left him quietly: then he is answered as before, or he could ask with it
    whether she has. A moment that is still to come, or after its end, is none of a clock that goes right."""
    left_at = quiet.left_quietly_at
    return left_at is not None and left_at <= now and found.created_at < left_at < found.expires_at


def accept(records: Records, buddy: Person, now: datetime) -> Pairing:
    """The buddy says yes; the person is asked to confirm. Raises `Refused`."""
    offered = _offered_to(records, buddy)
    if buddy.name is None:
        raise Refused("accept.needs_name", {"name": offered.person_label})
    label = label_of_buddy(records, offered.person_id, buddy.id, buddy.name)
    accepted = replace(offered, state=PairingState.ACCEPTED, buddy_label=label)
    records.pairings.save(accepted)
    person = records.people.by_id(accepted.person_id)
    catch_up(records, buddy, person.id, now)
    text = "confirm.ask_with_word" if person.has_codeword else "confirm.ask"
    Voice(records, now).to_person(person.id, Purpose.NOTICE, text, {"name": accepted.buddy_label})
    return accepted


def decline(records: Records, buddy: Person, now: datetime) -> Pairing:
    """The buddy says no; the person is told without a name. Raises `Refused`."""
    offered = _offered_to(records, buddy)
    end_pairing(records, offered, now)
    Voice(records, now).to_person(offered.person_id, Purpose.NOTICE, "decline.told")
    return offered


def _offered_to(records: Records, buddy: Person) -> Pairing:
    offered = records.pairings.of_buddy(buddy.id, PairingState.OFFERED)
    if not offered:
        raise Refused("accept.nothing_open")
    return offered[0]


def confirm(records: Records, person: Person, pairing: Pairing, now: datetime, *, by_duress: bool) -> None:
    """The person says that it is her buddy: the pairing is active, and the group is made unless they share one.

    `by_duress`: her word was the duress word, or counts as it. It is kept, and nothing shows it.
    """
    back = records.pairings.between(pairing.buddy_id, person.id)
    stands = back is not None and back.state in (PairingState.ACTIVE, PairingState.QUIET)
    shared = pairing.group_id or (back.group_id if back is not None and stands else None)
    group_id = shared or records.groups.add(now).id
    active = replace(pairing, state=PairingState.ACTIVE, group_id=group_id, active_at=now, by_duress=by_duress)
    records.pairings.save(active)
    voice = Voice(records, now)
    voice.to_person(pairing.buddy_id, Purpose.NOTICE, "confirm.told", {"name": pairing.person_label})
    if shared is not None:
        voice.set_lifetime(ToGroup(shared))
    else:
        voice.make_group(group_id)
        voice.to_group(group_id, Purpose.NOTICE, "group.hello", names_in_group(records, pairing))


def reject(records: Records, pairing: Pairing, now: datetime) -> None:
    """The person says that it is not her buddy; he is told."""
    end_pairing(records, pairing, now)
    facts = {"name": pairing.person_label}
    Voice(records, now).to_person(pairing.buddy_id, Purpose.NOTICE, "reject.told", facts)
