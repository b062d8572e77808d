"""`/order Bo Cy not Dee WORD`: the order of alerting, and who is told about timers only (SPEC: Commands).

Who is marked is shown in the answer to this command alone, which needs her word, and never while a check-in runs.
"""

from dataclasses import dataclass, field

from bot.domain.folding import fold
from bot.domain.keywords import NOT
from bot.domain.pairing import Pairing, PairingState
from bot.use_cases.alarm_moving import let_held_back_follow
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.order_buddies import order_buddies
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.naming import every_name, rests, shorter_readings, split_name
from handlers.parsing import Written
from handlers.situation import Situation

_WORDS_OF_A_WORD = 8
"""Where it is not known who is meant, nor where her word begins, it is looked for in so many at the end."""


@dataclass(frozen=True)
class _Order:
    """`named`: her buddies in order, and whether "not" stands before each. `word`: what follows them. `perhaps_words`:
    what of the last two of them and the word may be it. `fault`: what to answer where nothing can be done."""

    named: tuple[tuple[str, bool], ...]
    word: str | None = field(repr=False)
    perhaps_words: tuple[str, ...] = field(repr=False)
    fault: str | None = None


def _read(written: Written, situation: Situation) -> _Order:
    if situation.in_group:
        raise UserMistake("order.seen_by_others")
    if not written.arguments:
        raise UserMistake("order.wrong_form")
    named: list[tuple[str, bool]] = []
    before_each: list[str] = []
    faults: list[str] = []
    rest = written.arguments
    while True:
        marked, line = _without_not(rest)
        before = [name for name, _ in named]
        active = situation.active_labels
        name, after = split_name(line, [one for one in active if one not in before], besides=before)
        if name is None:
            break
        if named and named[-1][1] and not marked:  # "not Dee Bo": is Bo meant too? Never guessed
            faults.append("order.wrong_form")
        if any(_goes_on(other, len(after), active) for other in shorter_readings(line, name, active)):
            faults.append("order.two_ways")
        named.append((name, marked))
        before_each.append(rest)
        rest = after
    last = (before_each[-2:] or [rest])[0]
    if marked or split_name(rest, situation.buddy_labels)[0] is not None:
        faults.append("order.unknown_name")
    if faults:
        end = " ".join(last.split()[-_WORDS_OF_A_WORD:])
        return _Order((), None, rests(end, None), faults[0])
    return _Order(tuple(named), rest or None, rests(last, rest or None))


def _goes_on(rest: str, end: int, labels: tuple[str, ...]) -> bool:
    """Whether the line can be read in two ways: behind a shorter name come a "not", or names as far as the longer one
    goes, so that `end` characters or less are left. Else what follows the shorter one would be a word, which is judged.
    """
    marked, line = _without_not(rest)
    return marked or any(len(after) <= end or _goes_on(after, end, labels) for _, after in every_name(line, labels))


def _without_not(text: str) -> tuple[bool, str]:
    first, _, after = text.partition(" ")
    return (True, after.strip()) if fold(first) == NOT else (False, text)


def _carry_out(call: Call, order: _Order) -> bool:
    refuse_while_running(call.records, call.person)
    if order.fault is not None:
        raise Refused(order.fault)
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
    perhaps_words=lambda order: order.perhaps_words,
    can_wait=True,
)
