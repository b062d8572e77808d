"""The real bot on the stand-in signal-cli, with virtual time: what practice, fast tests and simulations run."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from bot.app import Bot, Edges
from bot.attachments import AttachmentFolder
from bot.clock import Clock
from bot.domain.codes import make_code
from bot.fellow_bots import take_over_at_start
from bot.ids import Ids, TimeOrderedIds
from bot.log import Log
from bot.practice.fast_words import FastWords
from bot.practice.operator_pager import OperatorPager
from bot.practice.stand_in import StandIn
from bot.practice.stand_in_phone import StandInPhone
from bot.settings import Settings, read_settings
from bot.transport.connection import Endpoint
from bot.transport.timings import Timings
from storage.engine import migrate, open_database
from storage.sealing import KeyRing, Sealer
from storage.single_process import Ownership, own
from storage.unit_of_work import Store


@dataclass
class Evening:
    """One evening: a bot that can be stopped, killed and started again, and the people's phones.

    Everything runs inline on the running loop, without threads; `settings` are those of the bot.
    """

    clock: Clock
    stand_in: StandIn
    folder: Path
    settings: Settings
    chance: random.Random
    keys: KeyRing
    hasher: FastWords
    log: Log
    is_migrated: bool = False
    """Whether the database is known to be up to date."""
    operator: OperatorPager = field(default_factory=OperatorPager)
    bot: Bot | None = None
    store: Store | None = None

    def __post_init__(self) -> None:
        self._running: asyncio.Task[None] | None = None

    async def start_bot(self) -> None:
        """Start the bot as `buddy run` does, on this evening's database."""
        ids = TimeOrderedIds(self.clock, self.chance.randbytes)
        engine = open_database(self.settings.database_url, durable=False)
        self._ownership = self._own(engine, ids)
        if not self.is_migrated:
            migrate(engine)
        store = self.store = self._new_store(engine, Sealer(self.keys, self.chance.randbytes), ids)
        await store.run(lambda records: records.seals.prove())
        await take_over_at_start(store, self._ownership)
        edges = Edges(
            clock=self.clock,
            random_bytes=self.chance.randbytes,
            chance=self.chance.random,
            endpoint=self._endpoint(),
            store=store,
            ownership=self._ownership,
            hasher=self.hasher,
            executor=None,
            log=self.log,
            operator=self.operator,
            attachments=self._attachments(),
            timings=Timings(before_subscribing=0.0),  # the stand-in has no receiver that could be left over
        )
        self.bot = Bot(edges, self.settings)
        self._running = asyncio.ensure_future(self.bot.run())

    async def stop_bot(self) -> None:
        """End the bot in good order, as SIGTERM does."""
        if self.bot is not None and self._running is not None:
            self.bot.request_stop()
            await self._running
        await self._put_away()

    async def kill_bot(self) -> None:
        """End it without warning: what is in memory is gone, what is committed stays, nothing is committed any more.

        How its parts take that is of no interest: a process that was killed has no last words.
        """
        heard, self.log.stream = self.log.stream, StringIO()
        if self.store is not None:
            await self.store.close()
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        self.log.stream = heard
        await self._put_away()

    async def operator_code(self) -> str:
        """What `buddy invite` prints."""
        assert self.store is not None
        code, now = make_code(self.chance.randbytes), self.clock.now()
        expires_at = now + self.settings.timing.invite_valid
        await self.store.run(lambda records: records.invites.add(code, None, now, expires_at))
        return code

    async def add_phone(self, name: str) -> StandInPhone:
        """A phone that knows the bot's number."""
        return await self.stand_in.add_phone(name)

    @property
    def running(self) -> bool:
        """Whether the bot runs."""
        return self._running is not None

    # --- what a simulation replaces by doors of its own, behind which things go wrong

    def _new_store(self, engine: Any, sealer: Sealer, ids: Ids) -> Store:
        return Store(engine, sealer, ids, inline=True)

    def _own(self, engine: Any, ids: Ids) -> Ownership:
        return own(engine, ids)

    def _endpoint(self) -> Endpoint:
        return self.stand_in

    def _attachments(self) -> AttachmentFolder:
        return self.stand_in.attachments

    async def _put_away(self) -> None:
        if self.store is not None:
            await self.store.close()
            self._ownership.give_up()
        self.bot = self.store = self._running = None


@cache
def migrated_database() -> bytes:
    """An empty SQLite database with all tables, made once: migrating takes longer than many an evening."""
    with TemporaryDirectory(prefix="buddy-template-") as name:
        path = Path(name) / "buddy.db"
        engine = open_database(f"sqlite:///{path}", durable=False)
        migrate(engine)
        engine.dispose()
        return path.read_bytes()


@asynccontextmanager
async def evening(
    clock: Clock, *, seed: int = 1, log_to: TextIO | None = None, **settings: object
) -> AsyncIterator[Evening]:
    """An evening with a running bot, on a database in a temporary folder. `settings`: see `Settings`."""
    chance = random.Random(seed)  # noqa: S311 (practice has to repeat itself exactly)
    with TemporaryDirectory(prefix="buddy-evening-") as name:
        stand_in = StandIn(clock)
        given = {"signal": "unix:in-process", "account": stand_in.account, "timezone": "Europe/London", **settings}
        own_database = "database_url" not in settings
        if own_database:
            path = Path(name) / "buddy.db"
            path.write_bytes(migrated_database())
            given["database_url"] = f"sqlite:///{path}"
        chosen = read_settings(**given)
        night = Evening(
            clock=clock,
            stand_in=stand_in,
            folder=Path(name),
            settings=chosen,
            chance=chance,
            keys=KeyRing.fresh(chance.randbytes),
            hasher=FastWords(chance.randbytes),
            log=Log(clock, log_to),
            is_migrated=own_database,
        )
        await night.start_bot()
        try:
            yield night
        finally:
            await night.kill_bot()
