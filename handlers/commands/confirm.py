"""`/confirm NAME [WORD]`: the person says that this is her buddy (SPEC: Commands)."""

from bot.use_cases.pair import confirm
from bot.use_cases.refused import Refused
from bot.use_cases.rename import refuse_while_running
from bot.use_cases.term import begin_term
from handlers.answering_offers import NameAndWord, read_waiting, waiting_pairing
from handlers.call import Call
from handlers.command import Command


def _carry_out(call: Call, order: NameAndWord) -> bool:
    pairing = waiting_pairing(call, "confirm", order.name)
    refuse_while_running(call.records, call.person)
    facts = {"name": pairing.buddy_label}
    if call.person.has_codeword and order.word is None:
        raise Refused("confirm.needs_word", facts)
    if call.person.has_codeword and not call.checked.is_hers:
        raise Refused("confirm.not_quite", facts)
    confirm(call.records, call.person, pairing, call.present)
    begin_term(call.records, pairing.id, call.present, call.timing)
    call.answer("confirm.saved" if call.person.has_codeword else "confirm.saved|confirm.next_word", facts)
    return True


COMMAND = Command("confirm", "/confirm Bo", read_waiting, _carry_out, word=lambda order: order.word)
