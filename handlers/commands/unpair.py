"""`/unpair NAME [WORD] [quietly]` ends a pairing, from either side (SPEC: Commands)."""

from dataclasses import dataclass, field

from bot.domain.folding import fold
from bot.domain.keywords import KINDS, QUIETLY
from bot.domain.names import look_alike, same_name
from bot.domain.pairing import Pairing, PairingState
from bot.use_cases.alarm_moving import leave_alarm
from bot.use_cases.let_go import leaves_by
from bot.use_cases.refused import Refused
from bot.use_cases.unpair import unpair, unpair_quietly
from handlers.answering_offers import read_name_and_word
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.naming import rests, shorter_readings
from handlers.new_phone import is_unproven
from handlers.open_alerts import OpenAlarm, alarms_meant, split_kind, ways_with_kind
from handlers.parsing import Written
from handlers.situation import Situation

_TAKEN_FOR_STANDING = (PairingState.ACTIVE, PairingState.QUIET)
"""By the buddy, who is told of its end."""


@dataclass(frozen=True)
class _Order:
    name: str
    word: str | None = field(repr=False)
    quietly: bool
    perhaps_words: tuple[str, ...] = field(repr=False)
    """Where a name or "quietly" was found, her word may begin or end."""
    in_two_ways: bool
    """The name ends as the command may, and without that is somebody else's."""

    @property
    def alarm(self) -> str | None:
        """How an alarm is named if one is named so: by its kind, perhaps with when it began."""
        kind, further = split_kind(self.word or "")
        return f"{self.name} {kind}" if kind.startswith(KINDS[1]) and not further else None


def _read(written: Written, situation: Situation) -> _Order:
    found = read_name_and_word(written, situation.labels, UserMistake("unpair.unknown_name"))
    shorter = shorter_readings(found.line, found.name, situation.labels)
    in_two_ways = any(fold(after.partition(" ")[0]) == QUIETLY for after in shorter)
    before, _, last = (found.word or "").rpartition(" ")
    if fold(last) == QUIETLY:
        without = found.line.rpartition(" ")[0]
        perhaps = (*rests(without, before or None), *found.perhaps_words)
        return _Order(found.name, before or None, quietly=True, perhaps_words=perhaps, in_two_ways=in_two_ways)
    perhaps = found.perhaps_words
    return _Order(found.name, found.word, quietly=False, perhaps_words=perhaps, in_two_ways=in_two_ways)


def _carry_out(call: Call, order: _Order) -> bool:
    if order.in_two_ways:
        raise Refused("unpair.two_of_that_name")
    only_alarms = alarms_meant(call, order.alarm) if order.alarm is not None else []
    as_person, as_buddy = ([], []) if only_alarms else _pairings(call, order)
    if is_unproven(call):  # as a buddy needs no word, but whoever took over his account must not silence the alert
        raise Refused("unpair.not_quite", {"name": order.name})
    if not as_person and not as_buddy:
        return _leave_alarms(call, only_alarms or alarms_meant(call, order.name))
    facts = {"name": order.name}
    if order.quietly and call.message.group is not None:  # he may be reading it
        raise Refused("order.seen_by_others")
    if order.quietly and (not as_person or as_person[0].state is not PairingState.ACTIVE):
        raise Refused("unpair.not_quietly", facts)
    if as_person and call.person.has_codeword and order.word is None:
        raise Refused("unpair.needs_word", facts)
    if as_person and call.person.has_codeword and not call.checked.is_hers:
        raise Refused("unpair.not_quite", facts)
    if order.quietly:
        unpair_quietly(call.records, call.person, as_person[0], call.now)
        call.answer_directly("unpair.saved_quietly", facts)
        return True
    ending = [*as_person, *as_buddy, *_left_before(call, as_buddy)]
    at_once = unpair(call.records, call.person, ending, call.now, call.timing)
    later = "unpair.at_close"
    if any(one.person_id == call.person.id and one.state in _TAKEN_FOR_STANDING for one in ending):
        later += "|unpair.no_buddy"
    by = leaves_by(call.records, ending)
    call.answer_directly("unpair.saved" if at_once else later, facts | {"by": by})
    whose = {pairing.person_id for pairing in as_buddy}
    _leave_alarms(call, [one for one in alarms_meant(call, order.name) if one.alarm.person_id in whose])
    return True


def _leave_alarms(call: Call, found: list[OpenAlarm]) -> bool:
    """A buddy may always leave what is open about her, also where the pairing has ended since. He is told so. Raises
    `Refused` where it is about several people."""
    if len({one.alarm.person_id for one in found}) > 1:
        raise Refused("taken.which", {"examples": ways_with_kind(call, "unpair", found)})
    for one in found:
        left = leave_alarm(call.records, one.alarm, call.person.id, call.now, call.timing)
        others_have_it = bool(left.watches)
        call.answer_directly("alarm.left" if others_have_it else "alarm.left_last", {"name": one.name})
    return bool(found)


def _left_before(call: Call, as_buddy: list[Pairing]) -> list[Pairing]:
    """What she had ended quietly with the same people goes for good now: the other sees it all go."""
    quiet = call.records.pairings.of_person(call.person.id, PairingState.QUIET)
    return [pairing for pairing in quiet if any(pairing.buddy_id == other.person_id for other in as_buddy)]


def _pairings(call: Call, order: _Order) -> tuple[list[Pairing], list[Pairing]]:
    """Those in which she is the person, and those in which she is the buddy, of whoever goes by that name. Raises
    `Refused` where that could be two, or somebody else about whom something is open; who adds a word means a buddy."""
    name = order.name
    as_person = [one for one in call.records.pairings.of_person(call.person.id) if same_name(one.buddy_label, name)]
    as_buddy = [one for one in call.records.pairings.of_buddy(call.person.id) if same_name(one.person_label, name)]
    whose = {one.buddy_id for one in as_person} | {one.person_id for one in as_buddy}
    if len(whose) > 1:
        raise Refused("unpair.two_of_that_name")
    about_others = [one for one in alarms_meant(call, name) if one.alarm.person_id not in whose]
    if not whose and not about_others:
        raise Refused("unpair.unknown_name")
    numbered = _numbered(call, name, {one.alarm.person_id for one in about_others})
    if about_others and not whose and numbered is not None:  # what is open must not end by a number forgotten
        facts = {"examples": ways_with_kind(call, "unpair", about_others), "name": numbered}
        raise Refused("unpair.alarm_or_other", facts)
    if whose and about_others and not (as_person and order.word):
        raise Refused("unpair.or_alarm", {"examples": ways_with_kind(call, "unpair", about_others)})
    return as_person, as_buddy


def _numbered(call: Call, name: str, besides: set[str]) -> str | None:
    """What somebody whose buddy he is, and who is none of `besides`, is called if it is that name with a number."""
    for pairing in call.records.pairings.of_buddy(call.person.id):
        without, _, number = pairing.person_label.rpartition(" ")
        if pairing.person_id not in besides and number.isdecimal() and look_alike(without, name):
            return pairing.person_label
    return None


COMMAND = Command(
    "unpair",
    "/unpair Bo WORD",
    _read,
    _carry_out,
    word=lambda order: order.word,
    perhaps_words=lambda order: order.perhaps_words,
)
