"""How long pairings hold, on both databases."""

from dataclasses import replace

from bot.domain.pairing import PairingState
from bot.domain.term import Term
from storage.records import Records
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR


async def _pairing(store: Store, state: PairingState = PairingState.ACTIVE, person: str = "ana") -> str:
    def add(records: Records) -> str:
        ana, bo = (records.people.add(account, START).id for account in (person, f"buddy of {person}"))
        pairing = records.pairings.add(ana, bo, "Ana", "Bo", START)
        records.pairings.save(replace(pairing, state=state))
        return pairing.id

    return await store.run(add)


async def test_a_term_is_kept_changed_and_goes_with_its_pairing(store: Store) -> None:
    pairing_id = await _pairing(store)
    assert await store.run(lambda records: records.terms.of(pairing_id)) is None
    begun = Term(pairing_id, START + HOUR)
    changed = replace(begun, ends_at=START + 2 * HOUR, warnings=1, buddy_renewed=True)
    for term in (begun, changed, begun):
        await store.run(lambda records, term=term: records.terms.save(term))  # type: ignore[misc]
        assert await store.run(lambda records: records.terms.of(pairing_id)) == term
    await store.run(lambda records: records.pairings.remove(pairing_id))
    assert await store.run(lambda records: records.terms.of(pairing_id)) is None


async def test_pairings_that_stand_without_a_term_are_found(store: Store) -> None:
    ids = {state: await _pairing(store, state, person=state.value) for state in PairingState}
    missing = await store.run(lambda records: records.terms.pairings_without())
    assert set(missing) == {ids[PairingState.ACTIVE], ids[PairingState.QUIET]}
    await store.run(lambda records: records.terms.save(Term(ids[PairingState.QUIET], START)))
    assert await store.run(lambda records: records.terms.pairings_without()) == [ids[PairingState.ACTIVE]]


async def test_the_end_of_a_pairing_is_nothing_that_anybody_relies_on(store: Store) -> None:
    await store.run(lambda records: records.deadlines.put("pairing", "a pairing", "warn", START))
    assert not await store.run(lambda records: records.deadlines.relied_on())
    await store.run(lambda records: records.deadlines.put("check_in", "a check-in", "ask", START + HOUR))
    assert await store.run(lambda records: records.deadlines.relied_on())
    await store.run(lambda records: records.deadlines.clear("check_in", "a check-in"))
    assert not await store.run(lambda records: records.deadlines.relied_on())
