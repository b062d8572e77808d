"""The order in which her buddies are told, and who of them is told about timers only (SPEC: `/order`)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.new_phones import confirm_unshown
from bot.use_cases.refused import Refused
from storage.records import Records


def order_buddies(
    records: Records, person: Person, named: Sequence[tuple[Pairing, bool]], *, by_duress: bool | None
) -> None:
    """Put the named ones first, in this order, each with or without the mark; the others follow as they were.

    Whoever is not named keeps the mark or its absence. `by_duress`: whether it was her duress word; None: no word.
    Whom she names with her codeword counts as chosen by herself, also if she had to confirm him, or his new phone;
    whose mark goes by her duress word does not. Nothing shows that. Raises `Refused` while her check-in runs, and when
    nobody would be left without a mark.
    """
    refuse_while_running(records, person)
    marks = {pairing.id: marked for pairing, marked in named}
    every = records.pairings.of_person(person.id)
    places = sorted(pairing.position for pairing in every)
    others = [pairing for pairing in every if pairing.id not in marks]
    changed = [
        replace(
            pairing,
            position=position,
            no_alarms=marks.get(pairing.id, pairing.no_alarms),
            by_duress=_by_duress(pairing, marks.get(pairing.id), by_duress),
        )
        for position, pairing in zip(places, [*(pairing for pairing, _ in named), *others], strict=True)
    ]
    active = [pairing for pairing in changed if pairing.state is PairingState.ACTIVE]
    if all(pairing.no_alarms for pairing in active):
        raise Refused("order.all_marked")
    for pairing in changed:
        records.pairings.save(pairing)
        if by_duress is not None and pairing.id in marks:
            confirm_unshown(records, pairing, under_duress=by_duress)


def _by_duress(pairing: Pairing, mark: bool | None, by_duress: bool | None) -> bool | None:
    """`mark`: as she names it now; None where she does not name him. Who has his mark taken off stands beside her, and
    his own phone would tell him what her word was."""
    if mark is None or by_duress is None:
        return pairing.by_duress
    if by_duress and pairing.no_alarms and not mark:
        return True
    return pairing.by_duress if by_duress else False
