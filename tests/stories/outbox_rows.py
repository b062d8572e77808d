"""Waiting for what becomes of a message in the outbox: for stories in which that matters to the moment."""

import asyncio

from sqlalchemy import func, select

from storage.records import Records
from storage.tables import outbox
from tests.stories.dialog import Scene


async def until_rows(scene: Scene, purpose: str, state: str, count: int = 1) -> None:
    """Until so many messages of that purpose stand so. Time hardly goes by."""

    def found(records: Records) -> int:
        query = select(func.count()).where(outbox.c.purpose == purpose, outbox.c.state == state)
        return int(records.scope.connection.execute(query).scalar_one())

    for turn in range(100_000):
        if await scene.work(found) >= count:
            return
        await asyncio.sleep(0.01 if turn % 300 == 299 else 0)
    raise scene.fails(f"no {purpose} is {state}")


async def until_the_next_try(scene: Scene, purpose: str) -> None:
    """Until just before the last waiting message of that purpose is tried again."""

    def at(records: Records) -> float:
        query = select(outbox.c.not_before).where(outbox.c.purpose == purpose, outbox.c.state == "waiting")
        moments = records.scope.connection.execute(query).scalars().all()
        return (max(moments) - scene.clock.now()).total_seconds()

    await asyncio.sleep(await scene.work(at))
