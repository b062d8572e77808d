"""`/reject NAME`: the person says that this is not the one she invited (SPEC: Commands)."""

from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.pair import reject
from handlers.answering_offers import NameAndWord, read_waiting, waiting_pairing
from handlers.call import Call
from handlers.command import Command


def _carry_out(call: Call, order: NameAndWord) -> bool:
    pairing = waiting_pairing(call, "reject", order.name)
    refuse_while_running(call.records, call.person)
    reject(call.records, pairing, call.now)
    call.answer("reject.saved", {"name": pairing.buddy_label})
    return True


COMMAND = Command("reject", "/reject Bo", read_waiting, _carry_out)
