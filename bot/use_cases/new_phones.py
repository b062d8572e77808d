"""Phones whose safety number has changed: noticing them, telling both sides once, confirming (SPEC: "A new phone")."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.alarm import own_watches
from bot.domain.new_phone import NewPhone, SeenKey
from bot.domain.outgoing import Fact, Purpose
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.timing import Timing
from bot.errors import SealBroken
from bot.use_cases.unsent_to_new_phone import alert_anew
from bot.use_cases.voice import Voice
from storage.phones import Noticed
from storage.records import Records

_STANDS_FOR_HIM = (PairingState.ACTIVE, PairingState.QUIET)


def note_phones(records: Records, keys: Iterable[SeenKey], now: datetime, timing: Timing) -> list[str]:
    """Keep the keys of people's phones, and tell of those that have changed; what she left does not leave for one where
    it is to be held back. Returns the accounts that are people's."""
    known = []
    for key in keys:
        person = _person(records, key.account)
        if person is None:
            continue
        known.append(key.account)
        if records.phones.notice(person.id, key.fingerprint) is Noticed.NEW:
            _begin(records, person, min(key.since, now), now)
            alert_anew(records, person.id, now, timing)
    return known


def people_among(records: Records, accounts: Iterable[str]) -> list[str]:
    """Those of the accounts that are people's, in order."""
    return [account for account in sorted(accounts) if _person(records, account) is not None]


def tell_of_new_phones(records: Records, now: datetime) -> None:
    """Tell those to whom the phone of somebody they are paired with is new, and do not know it yet. Each is told once.

    That can wait until anything but an alarm's message has gone to that phone, which is when the codeword's evening
    would have brought it out: else her phone would show that somebody was written to.
    """
    for one in records.phones.untold():
        if records.phones.was_written_to(one.owner_id, one.since):
            _tell(records, one, Voice(records, now))


def _tell(records: Records, one: NewPhone, voice: Voice) -> None:
    """Her, of her buddy's phone, which stays new until she confirms it; or a buddy, of hers, who has nothing to do."""
    as_buddy = _active(records, one.to_id, one.owner_id)
    if as_buddy is not None:
        records.phones.set_told(one.id)
        word = records.people.by_id(one.to_id).has_codeword
        text = "phone.buddys" if word else "phone.buddys_no_word"
        voice.to_person(one.to_id, Purpose.NEW_PHONE, text, {"name": as_buddy.buddy_label})
        return
    as_person = _active(records, one.owner_id, one.to_id)
    if one.owner_id not in _alarmed_about(records, one.to_id):
        records.phones.forget(one.owner_id, one.to_id)
    elif as_person is not None:
        records.phones.set_told(one.id)  # to what is open about her his phone stays new
    if as_person is not None:
        voice.to_person(one.to_id, Purpose.NEW_PHONE, "phone.persons", {"name": as_person.person_label})


def _alarmed_about(records: Records, person_id: str) -> set[str]:
    return {watch.buddy_id for alarm in records.alarms.open_about(person_id) for watch in own_watches(alarm)}


def _active(records: Records, person_id: str, buddy_id: str) -> Pairing | None:
    pairing = records.pairings.between(person_id, buddy_id)
    return pairing if pairing is not None and pairing.state is PairingState.ACTIVE else None


def confirm_phone(records: Records, new: NewPhone, *, under_duress: bool) -> None:
    """It is the right one, or seems to be for all that her phone can show: an alarm goes on taking it for new."""
    if under_duress:
        records.phones.let_seem_confirmed(new.id)
    else:
        records.phones.forget(new.owner_id, new.to_id)


def confirm_own_phone(records: Records, own: NewPhone, *, under_duress: bool) -> None:
    """It is hers; to others it stays new until they confirm it, but for what her word is enough for."""
    confirm_phone(records, own, under_duress=under_duress)
    records.phones.note_word_given(own.owner_id)


def may_be_anybodys(records: Records, pairing: Pairing, now: datetime) -> bool:
    """Whether her buddy's phone was new at this moment, and nobody has shown since that it is his."""
    found = records.phones.all_new_to(pairing.person_id)
    return any(one.owner_id == pairing.buddy_id and one.may_be_anybodys and one.since <= now for one in found)


def confirm_phone_of(records: Records, pairing: Pairing, *, under_duress: bool) -> None:
    """The same for her buddy's phone, if that is new."""
    for one in records.phones.all_new_to(pairing.person_id):
        if one.owner_id == pairing.buddy_id:
            confirm_phone(records, one, under_duress=under_duress)


def confirm_unshown(records: Records, pairing: Pairing, *, under_duress: bool) -> bool:
    """She names him with a word of hers. A phone that hers does not show, for she had to confirm it with her duress
    word or is not told yet, is confirmed by that too; nothing shows it, then or later. Whether there was one."""
    found = records.phones.all_new_to(pairing.person_id)
    unshown = [one for one in found if one.owner_id == pairing.buddy_id and not one.is_shown]
    for one in unshown:
        confirm_phone(records, one, under_duress=under_duress)
    return bool(unshown)


def new_phone_of(records: Records, pairing: Pairing) -> NewPhone | None:
    """The new phone of her buddy, if her phone may show that it is to be confirmed."""
    found = records.phones.all_new_to(pairing.person_id)
    return next((one for one in found if one.owner_id == pairing.buddy_id and one.is_shown), None)


def buddies_with_new_phones(records: Records, person_id: str) -> list[Pairing]:
    """Her pairings with those whose phone is to be confirmed, in order."""
    return with_new_phones(records, person_id, records.pairings.of_person(person_id))


def with_new_phones(records: Records, person_id: str, pairings: Iterable[Pairing]) -> list[Pairing]:
    """The same, of these pairings of hers."""
    shown = {one.owner_id for one in records.phones.all_new_to(person_id) if one.is_shown}
    return [one for one in pairings if one.state is PairingState.ACTIVE and one.buddy_id in shown]


def _person(records: Records, account: str) -> Person | None:
    try:
        return records.people.by_account(account)
    except SealBroken:  # one damaged row must not hide the phones of all others
        return None


def _begin(records: Records, owner: Person, since: datetime, now: datetime) -> None:
    """His phone is new to all with whom he is paired or about whom he is alarmed, and to himself if he has a word; he
    alone is told at once."""
    as_buddy = records.pairings.of_buddy(owner.id, *_STANDS_FOR_HIM)
    paired_with = [
        *(pairing.person_id for pairing in as_buddy if pairing.state is PairingState.ACTIVE),
        *(pairing.buddy_id for pairing in records.pairings.of_person(owner.id, PairingState.ACTIVE)),
        *(alarm.person_id for alarm in records.alarms.open_watched_by(owner.id)),
    ]
    for other_id in dict.fromkeys(paired_with):
        records.phones.begin(owner.id, other_id, since, told=False)
    if owner.has_codeword:
        records.phones.begin(owner.id, owner.id, since, told=True)
    texts = [*(["phone.yours"] if owner.has_codeword else []), *(["phone.yours_as_buddy"] if as_buddy else [])]
    if texts:
        facts: dict[str, Fact] = {"names": ", ".join(pairing.person_label for pairing in as_buddy)}
        Voice(records, now).to_person(owner.id, Purpose.NEW_PHONE, "|".join(texts), facts)
