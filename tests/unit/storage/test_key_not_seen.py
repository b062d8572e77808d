"""A bot that does not see the new key file (a second host with a copy of its own, or a single file mounted into a
container, which keeps the old one): what it cannot read for that reason alone must not be erased."""

import os
import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine

from bot.domain.outgoing import Outgoing, Priority, Purpose, ToPerson
from bot.errors import StorageError
from bot.ids import Ids
from storage.inbox import InboxState
from storage.key_file import add_key, load, load_or_make
from storage.leases import Lease
from storage.resealing import Place, reseal_some
from storage.sealing import Sealer
from storage.unit_of_work import Store
from tests.databases import START

HOUR = timedelta(hours=1)
LEASE = Lease("stale", START + HOUR)


def opened(engine: Engine, ids: Ids, path: Path) -> Store:
    return Store(engine, Sealer(load(path), os.urandom, reread=lambda: load(path)), ids, inline=True)


async def test_a_bot_without_the_new_key_erases_nothing(engine: Engine, ids: Ids, tmp_path: Path) -> None:
    path, copy = tmp_path / "buddy.key", tmp_path / "copy.key"
    load_or_make(path, os.urandom)
    shutil.copy(path, copy)
    stale = opened(engine, ids, copy)
    await stale.run(lambda records: records.seals.prove())
    bo = await stale.run(lambda records: records.people.add("bo", START))
    alert = Outgoing(ToPerson(bo.id), Priority.ALERT, Purpose.ALERT, text="alert")
    alert_id = await stale.run(lambda records: records.outbox.add(alert, START))
    word = {"text": "purple giraffe"}
    word_id = await stale.run(lambda records: records.inbox.add("bot", "ana", 1, START, START, word, None))
    add_key(path, os.urandom)
    fresh = opened(engine, ids, path)
    place: Place | None = Place()
    while place is not None:
        place = await fresh.run(lambda records, place=place: reseal_some(records, place))
    for look in (
        lambda records: records.seals.follow(),
        lambda records: records.outbox.claim(START, 9, LEASE, urgent=True),
        lambda records: records.inbox.claim_waiting(START, 9, LEASE),
    ):
        with suppress(StorageError):  # saying so is right
            await stale.run(look)
    queued = await fresh.run(lambda records: records.outbox.get(alert_id))
    came = await fresh.run(lambda records: records.inbox.get(word_id))
    assert came is not None
    assert queued is not None
    assert (came.state, came.body) == (InboxState.WAITING, word)
    assert (queued.state.value, queued.text) == ("waiting", "alert")
