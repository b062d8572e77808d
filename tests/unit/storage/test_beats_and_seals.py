"""When the bot was last alive, and whether the keys fit, on both databases."""

import os

import pytest
from sqlalchemy import Engine

from bot.errors import KeyFileError
from bot.ids import Ids
from storage.sealing import KeyRing, Sealer
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR


async def test_the_last_beat_is_kept(store: Store) -> None:
    assert await store.run(lambda records: records.beats.last()) is None
    await store.run(lambda records: records.beats.beat(START))
    await store.run(lambda records: records.beats.beat(START + HOUR))
    assert await store.run(lambda records: records.beats.last()) == START + HOUR


async def test_the_keys_that_made_a_database_fit_it_again(store: Store) -> None:
    await store.run(lambda records: records.seals.prove())
    await store.run(lambda records: records.seals.prove())


@pytest.mark.parametrize("kept", ["nothing", "lookup", "sealing"])
async def test_other_keys_are_refused(store: Store, engine: Engine, sealer: Sealer, ids: Ids, kept: str) -> None:
    await store.run(lambda records: records.seals.prove())
    fresh, right = KeyRing.fresh(os.urandom), sealer.keys
    rings = {
        "nothing": fresh,
        "lookup": KeyRing(fresh.current, fresh.sealing, right.lookup),
        "sealing": KeyRing(right.current, right.sealing, fresh.lookup),
    }
    other = Store(engine, Sealer(rings[kept], os.urandom), ids, inline=True)
    with pytest.raises(KeyFileError, match="does not belong to this database"):
        await other.run(lambda records: records.seals.prove())
    await other.close()


async def test_the_cost_of_words_is_kept_once(store: Store) -> None:
    await store.run(lambda records: records.seals.prove())
    assert await store.run(lambda records: records.seals.words_cost()) is None
    await store.run(lambda records: records.seals.keep_words_cost(5))
    await store.run(lambda records: records.seals.keep_words_cost(9))
    assert await store.run(lambda records: records.seals.words_cost()) == 5
