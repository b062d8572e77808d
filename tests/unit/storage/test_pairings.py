"""Pairings, groups, invites, on both databases."""

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select, update

from bot.domain.pairing import Group, PairingState
from bot.errors import StorageConflict
from storage.records import Records
from storage.tables import pairings
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR


@dataclass(frozen=True)
class Cast:
    ana: str
    bo: str
    cy: str


@pytest.fixture
async def cast(store: Store) -> Cast:
    def add(records: Records) -> Cast:
        return Cast(*(records.people.add(account, START).id for account in ("ana", "bo", "cy")))

    return await store.run(add)


async def test_buddies_come_in_the_order_of_alerting(store: Store, cast: Cast) -> None:
    def pair(records: Records) -> None:
        bo = records.pairings.add(cast.ana, cast.bo, "Ana", "Bo", START)
        cy = records.pairings.add(cast.ana, cast.cy, "Ana", "Cy", START)
        assert (bo.state, bo.position, cy.position) == (PairingState.OFFERED, 1, 2)
        records.pairings.save(replace(bo, position=3, state=PairingState.ACTIVE, buddy_label="Bobby", active_at=START))

    await store.run(pair)
    everybody = await store.run(lambda records: records.pairings.of_person(cast.ana))
    assert [pairing.buddy_label for pairing in everybody] == ["Cy", "Bobby"]
    active = await store.run(lambda records: records.pairings.of_person(cast.ana, PairingState.ACTIVE))
    assert [(pairing.buddy_label, pairing.active_at) for pairing in active] == [("Bobby", START)]


async def test_a_quiet_one_is_gone_for_her_and_stands_for_him(store: Store, cast: Cast) -> None:
    def pair(records: Records) -> None:
        bo = records.pairings.add(cast.ana, cast.bo, "Ana", "Bo", START)
        records.pairings.save(replace(bo, state=PairingState.QUIET))

    await store.run(pair)
    assert await store.run(lambda records: records.pairings.of_person(cast.ana)) == []
    quiet = await store.run(lambda records: records.pairings.of_person(cast.ana, PairingState.QUIET))
    assert [pairing.buddy_label for pairing in quiet] == ["Bo"]
    assert await store.run(lambda records: records.pairings.of_buddy(cast.bo)) == quiet


async def test_a_pairing_is_found_from_both_sides_and_by_its_group(store: Store, cast: Cast) -> None:
    def pair(records: Records) -> None:
        group = records.groups.add(START)
        pairing = records.pairings.add(cast.ana, cast.bo, "Ana", "Bo", START)
        changed = replace(pairing, group_id=group.id, leaves_at_close=True, person_label="Dee")
        records.pairings.save(changed)
        assert records.pairings.get(pairing.id) == changed
        assert records.pairings.between(cast.ana, cast.bo) == changed
        assert records.pairings.between(cast.bo, cast.ana) is None
        assert records.pairings.of_buddy(cast.bo) == [changed]
        assert records.pairings.of_buddy(cast.bo, PairingState.ACTIVE) == []
        assert records.pairings.with_group(group.id) == [changed]
        records.groups.remove(group.id)
        assert records.pairings.get(pairing.id) == replace(changed, group_id=None)
        records.pairings.remove(pairing.id)
        assert records.pairings.get(pairing.id) is None

    await store.run(pair)


async def test_two_people_have_one_pairing_in_each_direction(store: Store, cast: Cast) -> None:
    await store.run(lambda records: records.pairings.add(cast.ana, cast.bo, "Ana", "Bo", START))
    await store.run(lambda records: records.pairings.add(cast.bo, cast.ana, "Bo", "Ana", START))
    with pytest.raises(StorageConflict):
        await store.run(lambda records: records.pairings.add(cast.ana, cast.bo, "Ana", "Bo", START))


async def test_a_group_is_found_once_signal_has_made_it(store: Store) -> None:
    group = await store.run(lambda records: records.groups.add(START))
    assert await store.run(lambda records: records.groups.get(group.id)) == Group(group.id, None)
    assert await store.run(lambda records: records.groups.known_among(["signal's id"])) == set()
    await store.run(lambda records: records.groups.set_signal_id(group.id, "signal's id"))
    made = Group(group.id, "signal's id")
    assert await store.run(lambda records: records.groups.by_signal_id("signal's id")) == made
    assert await store.run(lambda records: records.groups.by_signal_id("another")) is None
    both = ["another", "signal's id"]
    assert await store.run(lambda records: records.groups.known_among(both)) == {"signal's id"}
    await store.run(lambda records: records.groups.remove(group.id))
    assert await store.run(lambda records: records.groups.get(group.id)) is None
    with pytest.raises(LookupError):
        await store.run(lambda records: records.groups.set_signal_id(group.id, "signal's id"))


async def test_an_invite_is_used_once(store: Store, cast: Cast) -> None:
    await store.run(lambda records: records.invites.add("CODE", cast.ana, START, START + HOUR))
    invite = await store.run(lambda records: records.invites.open_by_code("CODE", START))
    assert invite is not None
    assert (invite.person_id, invite.expires_at) == (cast.ana, START + HOUR)
    assert await store.run(lambda records: records.invites.open_by_code("WRONG", START)) is None
    assert await store.run(lambda records: records.invites.open_count(cast.ana, START)) == 1
    assert await store.run(lambda records: records.invites.use(invite.id, START))
    assert not await store.run(lambda records: records.invites.use(invite.id, START))
    assert await store.run(lambda records: records.invites.open_by_code("CODE", START)) is None
    assert await store.run(lambda records: records.invites.open_count(cast.ana, START)) == 0


async def test_an_expired_invite_gives_nothing(store: Store) -> None:
    await store.run(lambda records: records.invites.add("CODE", None, START, START + HOUR))
    invite = await store.run(lambda records: records.invites.open_by_code("CODE", START))
    assert invite is not None
    assert invite.person_id is None
    assert await store.run(lambda records: records.invites.open_count(None, START)) == 1
    late = START + HOUR
    assert await store.run(lambda records: records.invites.open_by_code("CODE", late)) is None
    assert not await store.run(lambda records: records.invites.use(invite.id, late))
    assert await store.run(lambda records: records.invites.open_count(None, late)) == 0
    assert await store.run(lambda records: records.invites.purge(late)) == 0
    assert await store.run(lambda records: records.invites.purge(late + HOUR)) == 1


async def test_pairings_and_invites_go_with_the_person(store: Store, cast: Cast) -> None:
    def work(records: Records) -> int:
        records.pairings.add(cast.ana, cast.bo, "Ana", "Bo", START)
        records.invites.add("CODE", cast.ana, START, START + HOUR)
        records.people.remove(cast.ana)
        return len(records.pairings.of_buddy(cast.bo))

    assert await store.run(work) == 0
    assert await store.run(lambda records: records.invites.open_by_code("CODE", START)) is None


@pytest.mark.parametrize("mark", ["no_alarms", "by_duress"])
async def test_whom_she_spares_and_whom_she_had_to_confirm_is_kept_and_does_not_show(
    store: Store, cast: Cast, mark: str
) -> None:
    pairing = await store.run(lambda records: records.pairings.add(cast.ana, cast.bo, "Ana", "Bo", START))
    assert not getattr(pairing, mark)
    cell = select(pairings.c[mark])
    lengths = set()
    for value in (True, False):
        marked = replace(pairing, **{mark: value})
        await store.run(lambda records, marked=marked: records.pairings.save(marked))  # type: ignore[misc]
        assert await store.run(lambda records: records.pairings.get(pairing.id)) == marked
        lengths.add(len(await store.run(lambda records: records.scope.connection.execute(cell).scalar_one())))
    assert len(lengths) == 1


async def test_a_mark_of_duress_that_cannot_be_read_is_unknown(store: Store, cast: Cast) -> None:
    pairing = await store.run(lambda records: records.pairings.add(cast.ana, cast.bo, "Ana", "Bo", START))
    assert pairing.by_duress is None
    await store.run(lambda records: records.pairings.save(replace(pairing, by_duress=True)))
    damage = update(pairings).values(by_duress=b"damaged")
    await store.run(lambda records: records.scope.connection.execute(damage))
    assert (await store.run(lambda records: records.pairings.get(pairing.id))).by_duress is None
