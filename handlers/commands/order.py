"""`/order Bo Cy not Dee WORD`: the order of alerting, and who is told about timers only (SPEC: Commands).

Who is marked is shown in the answer to this command alone, which needs her word, and never while a check-in runs.
"""

from dataclasses import dataclass, field

from bot.domain.folding import fold
from bot.domain.pairing import Pairing, PairingState
from bot.use_cases.alarm_moving import let_held_back_follow
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.order_buddies import order_buddies
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.naming import rests, split_name
from handlers.parsing import Written
from handlers.situation import Situation

_NOT = "not"


@dataclass(frozen=True)
class _Order:
    """`named`: her buddies in order, and whether "not" stands before each. `word`: what follows them. `line`: the
    last two of them and the word, as written."""

    named: tuple[tuple[str, bool], ...]
    word: str | None = field(repr=False)
    line: str = field(repr=False)


def _read(written: Written, situation: Situation) -> _Order:
    if situation.in_group:
        raise UserMistake("order.seen_by_others")
    if not written.arguments:
        raise UserMistake("order.wrong_form")
    named: list[tuple[str, bool]] = []
    before_each: list[str] = []
    rest = written.arguments
    while True:
        marked, after = _without_not(rest)
        before = [name for name, _ in named]
        name, after = split_name(after, [one for one in situation.buddy_labels if one not in before], besides=before)
        if name is None:
            break
        if named and named[-1][1] and not marked:  # "not Dee Bo": is Bo meant too? Never guessed
            raise UserMistake("order.wrong_form")
        named.append((name, marked))
        before_each.append(rest)
        rest = after
    if fold(rest.partition(" ")[0]) == _NOT:
        raise UserMistake("order.unknown_name")
    return _Order(tuple(named), rest or None, line=(before_each[-2:] or [rest])[0])


def _without_not(text: str) -> tuple[bool, str]:
    first, _, after = text.partition(" ")
    return (True, after.strip()) if fold(first) == _NOT else (False, text)


def _carry_out(call: Call, order: _Order) -> bool:
    refuse_while_running(call.records, call.person)
    if call.person.has_codeword and order.word is None:
        raise Refused("order.needs_word")
    if call.person.has_codeword and not call.checked.is_hers:
        raise Refused("order.not_quite")
    if not call.person.has_codeword and order.word is not None:
        raise Refused("order.unknown_name")
    active = {pairing.buddy_label: pairing for pairing in _active(call)}
    if any(name not in active for name, _ in order.named):
        raise Refused("order.unknown_name")
    if order.named:
        named = [(active[name], marked) for name, marked in order.named]
        by_duress = call.checked.duress if call.checked.is_hers else None
        order_buddies(call.records, call.person, named, by_duress=by_duress)
        let_held_back_follow(call.records, call.person.id, call.present, call.timing)
    _answer(call, saved=bool(order.named))
    return bool(order.named)


def _active(call: Call) -> list[Pairing]:
    return call.records.pairings.of_person(call.person.id, PairingState.ACTIVE)


def _answer(call: Call, *, saved: bool) -> None:
    every = _active(call)
    if not every:
        raise Refused("buddies.none")
    marked = [pairing.buddy_label for pairing in every if pairing.no_alarms]
    texts = ["order.saved" if saved else "buddies.list", *(["order.timers_only"] if marked else [])]
    names = ", ".join(pairing.buddy_label for pairing in every)
    call.answer_directly("|".join(texts), {"names": names, "marked": ", ".join(marked)})


COMMAND = Command(
    "order",
    "/order Bo Cy WORD",
    _read,
    _carry_out,
    word=lambda order: order.word,
    perhaps_words=lambda order: rests(order.line, order.word),
)
