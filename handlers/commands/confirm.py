"""`/confirm NAME [WORD]`: this is her buddy, or her buddy's new phone; `/confirm me WORD`: this new phone is her own
(SPEC: Commands, and "A new phone")."""

from bot.domain.folding import fold
from bot.domain.keywords import ME
from bot.domain.names import same_name
from bot.domain.new_phone import NewPhone
from bot.domain.pairing import PairingState
from bot.use_cases.alarm_moving import let_held_back_follow
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.new_phones import (
    buddies_with_new_phones,
    confirm_own_phone,
    confirm_phone,
    confirm_phone_of,
    confirm_unshown,
    new_phone_of,
)
from bot.use_cases.pair import confirm
from bot.use_cases.refused import Refused
from bot.use_cases.term import begin_term
from handlers.answering_offers import NameAndWord, nobody_waits, read_name_and_word, waiting_pairing
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, situation: Situation) -> NameAndWord:
    has_word = situation.person is not None and situation.person.has_codeword
    waiting = (*situation.waiting_labels, *situation.new_phone_labels)
    text, facts = nobody_waits(written.name, waiting, has_word)
    return read_name_and_word(written, (*situation.buddy_labels, ME), UserMistake(text, facts))


def _carry_out(call: Call, order: NameAndWord) -> bool:
    if fold(order.name) == ME:
        return _own_phone(call, order)
    new = _new_phone(call, order.name)
    if new is not None:
        return _buddys_phone(call, order, new)
    try:
        pairing = waiting_pairing(call, "confirm", order.name)
    except Refused as refusal:
        if not _unshown(call, order.name):
            raise
        call.answer(refusal.text, refusal.facts)  # as if nothing had been left to confirm
        return False
    refuse_while_running(call.records, call.person)
    facts = {"name": pairing.buddy_label}
    _refuse_without_word(call, order, facts)
    confirm(call.records, call.person, pairing, call.present, by_duress=call.checked.duress)
    begin_term(call.records, pairing.id, call.present, call.timing)
    confirm_phone_of(call.records, pairing, under_duress=call.checked.duress)  # she has just spoken with him
    let_held_back_follow(call.records, call.person.id, call.present, call.timing)
    call.answer("confirm.saved" if call.person.has_codeword else "confirm.saved|confirm.next_word", facts)
    return True


def _own_phone(call: Call, order: NameAndWord) -> bool:
    """Works while a check-in runs too, or she could do nothing else for it."""
    own = call.records.phones.own(call.person.id)
    if own is None:
        raise Refused("phone.not_new")
    if order.word is None:
        raise Refused("phone.needs_word")
    if not call.checked.is_hers:
        raise Refused("phone.not_quite")
    confirm_own_phone(call.records, own, under_duress=call.checked.duress)
    call.answer("phone.confirmed_own")
    return True


def _buddys_phone(call: Call, order: NameAndWord, new: NewPhone) -> bool:
    refuse_while_running(call.records, call.person)
    facts = {"name": order.name}
    _refuse_without_word(call, order, facts)
    confirm_phone(call.records, new, under_duress=call.checked.duress)
    let_held_back_follow(call.records, call.person.id, call.present, call.timing)
    call.answer("phone.confirmed", facts)
    return True


def _unshown(call: Call, name: str) -> bool:
    """With a word of hers, a phone of which her own shows nothing."""
    if not call.checked.is_hers:
        return False
    every = call.records.pairings.of_person(call.person.id, PairingState.ACTIVE)
    named = next((one for one in every if same_name(one.buddy_label, name)), None)
    if named is None or not confirm_unshown(call.records, named, under_duress=call.checked.duress):
        return False
    let_held_back_follow(call.records, call.person.id, call.present, call.timing)
    return True


def _refuse_without_word(call: Call, order: NameAndWord, facts: dict[str, str]) -> None:
    if call.person.has_codeword and order.word is None:
        raise Refused("confirm.needs_word", facts)
    if call.person.has_codeword and not call.checked.is_hers:
        raise Refused("confirm.not_quite", facts)


def _new_phone(call: Call, name: str) -> NewPhone | None:
    for pairing in buddies_with_new_phones(call.records, call.person.id):
        if same_name(pairing.buddy_label, name):
            return new_phone_of(call.records, pairing)
    return None


COMMAND = Command(
    "confirm",
    "/confirm Bo",
    _read,
    _carry_out,
    word=lambda order: order.word,
    perhaps_words=lambda order: order.perhaps_words,
)
