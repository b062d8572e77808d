"""`/unpair NAME [WORD]` ends a pairing, from either side (SPEC: Commands)."""

from bot.domain.alarm_decisions import Leave
from bot.domain.names import same_name
from bot.domain.pairing import Pairing
from bot.use_cases.alarm_moving import move_alarm
from bot.use_cases.refused import Refused
from bot.use_cases.unpair import unpair
from handlers.answering_offers import NameAndWord, read_name_and_word
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.open_alerts import OpenAlarm, open_alarms
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, situation: Situation) -> NameAndWord:
    return read_name_and_word(written, situation.labels, UserMistake("unpair.unknown_name"))


def _carry_out(call: Call, order: NameAndWord) -> bool:
    as_person, as_buddy = _pairings(call, order.name)
    if not as_person and not as_buddy:
        return _leave_alarms(call, order.name)
    facts = {"name": order.name}
    if as_person and call.person.has_codeword and order.word is None:
        raise Refused("unpair.needs_word", facts)
    if as_person and call.person.has_codeword and not call.checked.is_hers:
        raise Refused("unpair.not_quite", facts)
    at_once = unpair(call.records, call.person, as_person + as_buddy, call.now)
    call.answer_directly("unpair.saved" if at_once else "unpair.at_close", facts)
    if as_buddy:
        _leave_alarms(call, order.name)
    return True


def _leave_alarms(call: Call, name: str) -> bool:
    """A buddy may always leave what is open about her, also where the pairing has ended since. He is told so."""
    found = _alarms_about(call, name)
    for one in found:
        left = move_alarm(call.records, one.alarm, Leave(call.person.id), call.now, call.timing).alarm
        call.answer_directly("alarm.left" if left.watches else "alarm.left_last", {"name": one.name})
    return bool(found)


def _alarms_about(call: Call, name: str) -> list[OpenAlarm]:
    return [one for one in open_alarms(call.records, call.person.id) if same_name(one.name, name)]


def _pairings(call: Call, name: str) -> tuple[list[Pairing], list[Pairing]]:
    """Those in which she is the person, and those in which she is the buddy, of whoever goes by that name."""
    as_person = [one for one in call.records.pairings.of_person(call.person.id) if same_name(one.buddy_label, name)]
    as_buddy = [one for one in call.records.pairings.of_buddy(call.person.id) if same_name(one.person_label, name)]
    if len({one.buddy_id for one in as_person} | {one.person_id for one in as_buddy}) > 1:
        raise Refused("unpair.two_of_that_name")
    if not as_person and not as_buddy and not _alarms_about(call, name):
        raise Refused("unpair.unknown_name")
    return as_person, as_buddy


COMMAND = Command("unpair", "/unpair Bo WORD", _read, _carry_out, word=lambda order: order.word)
