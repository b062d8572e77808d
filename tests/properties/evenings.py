"""Whole evenings on the stand-in, in which things end without warning between any two turns of the loop.

A story is played by people who do what people do: they write, wait for the answer, and write again when none comes.
What must hold whatever was killed in between is checked at its end.
"""

import asyncio
import io
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import func, select

from bot.domain.check_in import CheckIn, Stage
from bot.domain.details import Subject, SubjectKind
from bot.domain.outgoing import Purpose
from bot.domain.pairing import PairingState
from bot.errors import StorageUnavailable
from bot.practice.evening import Evening, evening
from bot.practice.stand_in_content import Event
from bot.practice.stand_in_daemon import StandInDaemon
from bot.practice.stand_in_phone import StandInPhone
from bot.practice.virtual_time import VirtualClock, VirtualTimeLoop
from storage.inbox import InboxState
from storage.records import Records
from storage.tables import inbox
from storage.unit_of_work import Store

WORD = "purple giraffe"
GRACE = timedelta(seconds=20)
SETTINGS = {"min_duration": "10s", "grace": "20s"}
PATIENCE = 100.0
"""Seconds that somebody waits for an answer before writing again."""
ALERT = r"^Timer of Ana: (still )?no word since"
STILLED = 150.0
"""Seconds after the end of a story in which everything must have come to rest."""


MOST_TURNS = 100_000


class TurningLoop(VirtualTimeLoop):
    """Counts its turns, and lets something happen between two of them."""

    def __init__(self) -> None:
        self.turns = 0
        self.before_turn: Callable[[int], None] = lambda _: None
        super().__init__()

    def _run_once(self) -> None:
        self.turns += 1
        if self.turns > MOST_TURNS:
            raise AssertionError("it spins: an evening never takes so many turns")
        self.before_turn(self.turns)
        super()._run_once()  # type: ignore[misc]


@dataclass
class Night:
    """An evening with Ana and Bo, and what befalls the bot in it.

    `kills` counts what may have made a send happen twice. The bot was `down_for` so many seconds in all, and may for
    other reasons be late by `slack`.
    """

    loop: TurningLoop
    clock: VirtualClock
    evening: Evening
    ana: StandInPhone
    bo: StandInPhone
    code: str
    logged: io.StringIO
    kills: int = 0
    down_for: float = 0.0
    slack: float = 0.0
    killed: asyncio.Event = field(default_factory=asyncio.Event)

    def kill(self) -> None:
        """`kill -9`, now: nothing is committed from here on."""
        if self.evening.store is not None:
            self.evening.store._closed = True
        self.kills += 1
        self.killed.set()

    def later(self, seconds: float, work: Callable[[], Awaitable[Any]]) -> None:
        """Do something after a while."""
        self.loop.call_later(seconds, lambda: asyncio.ensure_future(work(), loop=self.loop))

    def allow(self, seconds: float) -> None:
        """What befalls it may make it late, and make a send happen twice."""
        self.kills += 1
        self.slack += seconds

    async def revive(self, gap: float) -> None:
        """Start the bot again `gap` seconds after each kill, as whoever runs it would."""
        while True:
            await self.killed.wait()
            began = self.loop.time()
            while self.killed.is_set():
                self.killed.clear()
                await self.evening.kill_bot()
                await asyncio.sleep(gap)
                try:
                    await self.evening.start_bot()
                except StorageUnavailable:
                    self.killed.set()
            self.down_for += self.loop.time() - began

    # --- what people do

    async def asks(self, phone: StandInPhone, text: str, expects: str, group: str | None = None) -> Event:
        """Write, and wait for the answer; without one it was not received, and is written again."""
        for _ in range(8):
            sent_ms = await phone.send(text, group=group)
            try:
                return await self.reads(phone, expects, group=group)
            except TimeoutError:
                assert not await self.was_received(phone, sent_ms), (
                    f"in the inbox, and never answered: {text.split()[0]}"
                )
        raise AssertionError(f"never answered: {text.split()[0]}")

    async def reads(
        self, phone: StandInPhone, expects: str, group: str | None = None, within: float = PATIENCE
    ) -> Event:
        """Wait for a text that matches, in the direct chat or a group."""
        pattern = re.compile(expects)
        return await phone.expect(lambda e: is_text(e, pattern) and e.group_id == group, within)

    async def reads_in_any_group(self, phone: StandInPhone, expects: str) -> str:
        """Wait for a text that matches in a group; returns the group."""
        pattern = re.compile(expects)
        event = await phone.expect(lambda e: is_text(e, pattern) and e.group_id is not None, 2 * PATIENCE)
        assert event.group_id is not None
        return event.group_id

    async def was_received(self, phone: StandInPhone, sent_ms: int) -> bool:
        """Whether that message got an inbox row."""

        def look(records: Records) -> int:
            ours = (inbox.c.sent_ms == sent_ms) & (inbox.c.sender_lookup == records.inbox._lookup(phone.aci))
            found: int = records.scope.connection.scalar(select(func.count()).select_from(inbox).where(ours))
            return found

        return bool(await self.ask_database(look))

    async def ask_database(self, work: Callable[[Records], Any]) -> Any:
        """As soon as there is a bot that runs."""
        while True:
            if self.evening.store is not None and self.evening.running:
                with suppress(StorageUnavailable):
                    return await self.evening.store.run(work)
            await asyncio.sleep(0.1)

    # --- what they read

    def texts(self, phone: StandInPhone, pattern: str, *, in_group: bool = False) -> list[Event]:
        """Every text that matched, in order."""
        compiled = re.compile(pattern)
        return [e for e in phone.history if is_text(e, compiled) and (e.group_id is not None) is in_group]

    def alert_times(self) -> list[datetime]:
        """When an alert reached Bo's phone, directly."""
        began = self.clock.now() - timedelta(seconds=self.loop.time())
        return [began + timedelta(seconds=e.at) for e in self.texts(self.bo, ALERT)]


def is_text(event: Event, pattern: re.Pattern[str]) -> bool:
    return event.event == "message" and event.kind == "text" and pattern.search(event.body or "") is not None


Story = Callable[[Night], Awaitable[None]]
Mishap = Callable[[Night], None]


def play(
    story: Story, at: Sequence[int] = (), mishap: Mishap = Night.kill, *, gap: float = 3.0, recorder: Any = None
) -> Night:
    """Play the story; before each of these turns of the loop (counted from its beginning) the mishap happens."""
    loop = TurningLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(_play(loop, story, at, mishap, gap, recorder))


async def _play(loop: TurningLoop, story: Story, at: Sequence[int], mishap: Mishap, gap: float, recorder: Any) -> Night:
    clock = VirtualClock(loop)
    logged = io.StringIO()
    async with evening(clock, log_to=logged, **SETTINGS) as given:
        night = Night(
            loop=loop,
            clock=clock,
            evening=given,
            ana=await given.add_phone("Ana"),
            bo=await given.add_phone("Bo"),
            code=await given.operator_code(),
            logged=logged,
        )
        first = loop.turns
        moments = {first + turn for turn in at}
        loop.before_turn = lambda turn: mishap(night) if turn in moments else None
        if recorder is not None:
            recorder.begin(loop)
        reviving = asyncio.ensure_future(night.revive(gap))
        try:
            await story(night)
            loop.before_turn = lambda _: None
            await given.stand_in.calm()
            await asyncio.sleep(STILLED)
            await check_rest(night)
            return night
        finally:
            loop.before_turn = lambda _: None
            reviving.cancel()


@dataclass
class Recorder:
    """In which turns something was committed or asked of signal-cli."""

    turns: set[int] = field(default_factory=set)
    _loop: TurningLoop | None = None
    _first: int = 0

    def begin(self, loop: TurningLoop) -> None:
        """Count from here."""
        self._loop, self._first = loop, loop.turns

    def note(self) -> None:
        """Something happens in this turn."""
        if self._loop is not None:
            self.turns.add(self._loop.turns - self._first)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """While open, commits and calls are noted."""
        run_inline, take = Store.run_inline, StandInDaemon.take

        def noted_run(store: Store, work: Any) -> Any:
            self.note()
            return run_inline(store, work)

        def noted_take(daemon: StandInDaemon, connection: Any, line: bytes) -> None:
            self.note()
            take(daemon, connection, line)

        with patch.object(Store, "run_inline", noted_run), patch.object(StandInDaemon, "take", noted_take):
            yield


def moments_of(story: Story) -> list[int]:
    """The turns before and after which something is committed or asked, in an evening in which nothing goes wrong."""
    recorder = Recorder()
    with recorder.watching():
        play(story, recorder=recorder)
    return sorted({turn + later for turn in recorder.turns for later in (0, 1)})


# --- what must hold at the end


async def check_rest(night: Night) -> None:
    """Nothing waits that could be done; nothing was done twice that changes anything."""
    now = night.clock.now()

    def look(records: Records) -> tuple[Any, ...]:
        query = records.scope.connection.exec_driver_sql
        return (
            records.inbox.count(InboxState.WAITING),
            records.inbox.count(InboxState.PARKED),
            records.outbox.count_waiting(),
            records.deadlines.earliest(),
            query("SELECT count(*) FROM deadlines WHERE lease_until IS NOT NULL").scalar_one(),
            records.people.count(),
        )

    waiting, parked, unsent, earliest, leased, people = await night.ask_database(look)
    assert (waiting, parked) == (0, 0), "messages were left unanswered"
    assert unsent == 0, "something was left unsent"
    assert earliest is None or earliest > now - timedelta(seconds=2), "a deadline was left unacted"
    assert leased == 0
    assert people == 2
    await check_groups(night)
    assert list(faults(night)) == [], "faults of our own"


def faults(night: Night) -> Iterator[dict[str, Any]]:
    """What the log tells of errors, but for the database that ends with a kill."""
    for line in night.logged.getvalue().splitlines():
        told = json.loads(line)
        if told["level"] == "error" and told["error"] != StorageUnavailable.__name__:
            yield told


async def check_groups(night: Night) -> None:
    """One group for each active pairing, and no other that the bot is still in."""

    book = night.evening.stand_in._server.groups
    alive = {
        group_id for group_id, state in book._groups.items() if night.evening.stand_in.account_aci in state.members
    }

    def look(records: Records) -> tuple[int, set[str]]:
        ana = records.people.by_account(night.ana.aci)
        assert ana is not None
        pairings = records.pairings.of_person(ana.id)
        assert all(pairing.state is PairingState.ACTIVE for pairing in pairings)
        return len(pairings), records.groups.known_among(alive)

    pairings, known = await night.ask_database(look)
    assert len(known) == pairings
    assert alive == known, "a group was made twice, or left behind"
    for group_id in alive:
        members = book.get(group_id).members
        assert {night.ana.aci, night.bo.aci} <= set(members)


async def the_check_ins(night: Night) -> list[CheckIn]:
    """All of the evening."""

    def look(records: Records) -> list[CheckIn]:
        ids = records.scope.connection.exec_driver_sql("SELECT id FROM check_ins ORDER BY id").scalars()
        found = [records.check_ins.get(check_in_id) for check_in_id in ids]
        return [check_in for check_in in found if check_in is not None]

    found: list[CheckIn] = await night.ask_database(look)
    return found


async def check_closed_once(night: Night) -> None:
    """One check-in, closed, its details gone; who was alerted was told that it is over. Looks when all has left."""
    await asyncio.sleep(30 + night.slack)
    (check_in,) = await the_check_ins(night)
    assert check_in.stage is Stage.CLOSED
    assert (
        await night.ask_database(lambda records: records.details.of(Subject(SubjectKind.CHECK_IN, check_in.id))) == []
    )
    alerts, all_clears = night.alert_times(), night.texts(night.bo, r"^Ana is back")
    assert bool(alerts) is bool(all_clears)
    assert len(all_clears) <= 1 + night.kills
    assert len(night.texts(night.ana, "Good night")) <= 1 + night.kills
    rows = await night.ask_database(lambda records: len(records.outbox.of_check_in(check_in.id, Purpose.ALERT)))
    assert len(alerts) <= rows + night.kills, "more than sends were repeated"
    started = night.texts(night.bo, "^Ana's timer runs until", in_group=True)
    assert not started or night.texts(night.bo, "^Ana's timer is closed", in_group=True)
