"""Forgotten words and drills, on both databases."""

from dataclasses import replace

import pytest

from bot.domain.drill import Drill, DrillPart
from bot.domain.reset import Reset
from bot.errors import StorageConflict
from storage.records import Records
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR


async def _people(store: Store) -> tuple[str, str, str]:
    def add(records: Records) -> tuple[str, str, str]:
        ana, bo, cy = (records.people.add(account, START).id for account in ("ana", "bo", "cy"))
        return ana, bo, cy

    return await store.run(add)


async def test_a_request_is_kept_changed_and_erased(store: Store) -> None:
    ana, bo, _ = await _people(store)
    assert await store.run(lambda records: records.resets.of_person(ana)) is None
    asked = Reset(ana, START + HOUR)
    await store.run(lambda records: records.resets.add(asked))
    assert await store.run(lambda records: records.resets.of_person(ana)) == asked
    with pytest.raises(StorageConflict):
        await store.run(lambda records: records.resets.add(asked))
    vouched = replace(asked, vouched_by=bo, until=START + 2 * HOUR)
    await store.run(lambda records: records.resets.save(vouched))
    assert await store.run(lambda records: records.resets.of_person(ana)) == vouched
    await store.run(lambda records: records.people.remove(bo))
    assert await store.run(lambda records: records.resets.of_person(ana)) == replace(vouched, vouched_by=None)
    await store.run(lambda records: records.resets.remove(ana))
    assert await store.run(lambda records: records.resets.of_person(ana)) is None


async def test_a_drill_is_kept_changed_and_erased(store: Store) -> None:
    ana, bo, cy = await _people(store)
    drill = Drill("drill", ana, START, (DrillPart(bo, 0, told_at=START), DrillPart(cy, 1)))
    await store.run(lambda records: records.drills.add(drill))
    assert await store.run(lambda records: records.drills.get("drill")) == drill
    assert await store.run(lambda records: records.drills.of_person(ana)) == drill
    assert await store.run(lambda records: records.drills.of_buddy(cy)) == [drill]
    assert await store.run(lambda records: records.drills.of_buddy(ana)) == []
    with pytest.raises(StorageConflict):
        await store.run(lambda records: records.drills.add(replace(drill, id="another")))
    changed = replace(drill, parts=(replace(drill.parts[0], answered_at=START + HOUR), drill.parts[1]))
    await store.run(lambda records: records.drills.save(changed))
    assert await store.run(lambda records: records.drills.get("drill")) == changed
    await store.run(lambda records: records.people.remove(cy))
    assert await store.run(lambda records: records.drills.get("drill")) == replace(changed, parts=changed.parts[:1])
    await store.run(lambda records: records.drills.remove("drill"))
    assert await store.run(lambda records: records.drills.of_person(ana)) is None


async def test_a_drill_goes_with_the_person(store: Store) -> None:
    ana, bo, _ = await _people(store)
    await store.run(lambda records: records.drills.add(Drill("drill", ana, START, (DrillPart(bo, 0),))))
    await store.run(lambda records: records.people.remove(ana))
    assert await store.run(lambda records: records.drills.of_buddy(bo)) == []
