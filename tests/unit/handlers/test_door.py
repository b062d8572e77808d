"""Strangers at the door (SPEC: "Who may use it"), also when a unit of work has to run again (DESIGN, invariant 11)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.codes import make_code
from bot.domain.timing import Timing
from bot.errors import StorageUnavailable
from bot.practice.virtual_time import VirtualClock
from bot.word_turns import Asker
from handlers.call import Surroundings
from handlers.command import find_commands
from handlers.conversation import Conversation
from handlers.door import GUESSES_AN_HOUR, NEWCOMERS_AN_HOUR, Door, Registration
from handlers.message import Message
from storage.records import Records
from storage.tables import inbox, outbox
from storage.unit_of_work import Store
from tests.virtual import HOUR, MINUTE, clock, sqlite_template, sqlite_url, store

__all__ = ["clock", "sqlite_template", "sqlite_url", "store"]

DEE, CY = "dee-account", "cy-account"
CODE = make_code(lambda length: bytes(range(length)))
WRONG = make_code(lambda length: bytes(range(100, 100 + length)))
NEUTRAL, WRONG_CODE, WELCOME = "stranger.answer", "join.wrong_code", "join.welcome"
LATER = "stranger.later"


class NoWords:
    """Nobody here has a word."""

    async def encode(self, folded: str, asker: Asker) -> str:
        raise AssertionError("no word was expected")

    async def matches(self, encoded: Sequence[str | None], folded: str, asker: Asker) -> list[bool]:
        raise AssertionError("no word was expected")


class AtTheDoor:
    """A conversation, and what is answered. `again`: how often each unit of work is undone and runs again."""

    def __init__(self, store: Store, clock: VirtualClock, registration: Registration) -> None:
        self.store = store
        self.clock = clock
        self.again = 0
        self._sent = count(1)
        self._run = store.run_inline
        self._seen = 0
        surroundings = Surroundings(Timing(), "Europe/London", "+14155550100", lambda: CODE)
        door = Door(registration)
        self.conversation = Conversation(store, NoWords(), find_commands(), surroundings, door, clock)

    def run_again_and_again(self, work: Callable[[Records], Any]) -> Any:
        """As on a database where somebody else always comes in between first."""

        def overtaken(records: Records) -> None:
            work(records)
            raise StorageUnavailable("overtaken")

        for _ in range(self.again):
            with pytest.raises(StorageUnavailable):
                self._run(overtaken)
        return self._run(work)

    async def code(self) -> None:
        """The operator gives one out."""
        now = self.clock.now()
        await self.store.run(lambda records: records.invites.add(CODE, None, now, now + 48 * HOUR))

    async def hears(self, text: str, account: str = DEE, group: str | None = None) -> list[str]:
        """The names of the texts with which a message is answered."""
        now, sent_ms = self.clock.now(), next(self._sent)
        inbox_id = await self.store.run(
            lambda records: records.inbox.add("bot", account, sent_ms, now, now, {"text": text}, None)
        )
        assert inbox_id is not None
        await self.conversation.hear(Message(inbox_id, account, sent_ms, now, group, text))
        every = await self.store.run(_texts)
        new, self._seen = every[self._seen :], len(every)
        return new

    async def known(self, account: str = DEE) -> bool:
        return await self.store.run(lambda records: records.people.by_account(account)) is not None

    async def rows_of_messages(self) -> int:
        return len(await self.store.run(lambda records: records.scope.connection.execute(select(inbox.c.id)).all()))


def _texts(records: Records) -> list[str]:
    """Everything that was ever said, oldest first; of several paragraphs the first."""
    ids = records.scope.connection.execute(select(outbox.c.id).order_by(outbox.c.id)).scalars().all()
    rows = [records.outbox.get(row_id) for row_id in ids]
    return [str(row.text).split("|")[0] for row in rows if row is not None and row.text is not None]


@pytest.fixture
async def door(store: Store, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch) -> AtTheDoor:
    """Open to whoever has a code."""
    at_the_door = AtTheDoor(store, clock, Registration.INVITE)
    monkeypatch.setattr(store, "run_inline", at_the_door.run_again_and_again)
    return at_the_door


def later(clock: VirtualClock, by: timedelta) -> None:
    clock.step(by.total_seconds())


AGAIN = pytest.mark.parametrize("again", [0, 1, 6], ids=["once", "twice", "seven-times"])


@AGAIN
async def test_a_stranger_is_answered_once_an_hour(door: AtTheDoor, clock: VirtualClock, again: int) -> None:
    door.again = again
    assert await door.hears("hello") == [NEUTRAL]
    for _ in range(3):
        assert await door.hears("hello?") == []
    assert await door.hears("hello", account=CY) == [NEUTRAL]
    later(clock, 59 * MINUTE)
    assert await door.hears("still there?") == []
    later(clock, MINUTE)
    assert await door.hears("still there?") == [NEUTRAL]


@AGAIN
async def test_of_a_stranger_nothing_is_kept(door: AtTheDoor, again: int) -> None:
    door.again = again
    for text in ("hello", "/join", f"/join {WRONG}", "/start 2h\nRoom 12"):
        await door.hears(text)
    assert not await door.known()
    assert await door.rows_of_messages() == 0


@AGAIN
async def test_a_code_lets_in_however_often_the_unit_runs(door: AtTheDoor, again: int) -> None:
    await door.code()
    door.again = again
    assert await door.hears(f"/join {CODE}") == [WELCOME]
    assert await door.known()
    assert await door.hears(f"/join {CODE}", account=CY) == [WRONG_CODE]
    assert not await door.known(CY)


@AGAIN
async def test_five_wrong_codes_an_hour_are_answered_then_none(
    door: AtTheDoor, clock: VirtualClock, again: int
) -> None:
    door.again = again
    for _ in range(GUESSES_AN_HOUR):
        assert await door.hears(f"/join {WRONG}") == [WRONG_CODE]
    assert await door.hears(f"/join {WRONG}") == []
    await door.code()
    assert await door.hears(f"/join {CODE}") == [], "or guessing on would pay"
    assert not await door.known()
    later(clock, HOUR)
    assert await door.hears(f"/join {CODE}") == [WELCOME]


@AGAIN
async def test_wrong_codes_of_somebody_known_are_counted_once_each(door: AtTheDoor, again: int) -> None:
    await door.code()
    await door.hears(f"/join {CODE}")
    door.again = again
    for _ in range(GUESSES_AN_HOUR):
        assert await door.hears(f"/join {WRONG}") == [WRONG_CODE]
    assert await door.hears(f"/join {WRONG}") == []


async def test_guesses_before_and_after_being_let_in_are_counted_together(door: AtTheDoor) -> None:
    await door.code()
    for _ in range(GUESSES_AN_HOUR - 1):
        assert await door.hears(f"/join {WRONG}") == [WRONG_CODE]
    assert await door.hears(f"/join {CODE}") == [WELCOME]
    assert await door.hears(f"/join {WRONG}") == [WRONG_CODE]
    assert await door.hears(f"/join {WRONG}") == []


async def test_a_unit_that_never_came_through_counts_nothing(
    door: AtTheDoor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away for a moment: what is tried again then is answered as if it were the first time."""
    run = store.run_inline

    def away(work: Callable[[Records], Any]) -> Any:
        def undone(records: Records) -> None:
            work(records)
            raise StorageUnavailable("away")

        return run(undone) if "Conversation.hear" in work.__qualname__ else run(work)

    for text in ("hello", f"/join {WRONG}"):
        monkeypatch.setattr(store, "run_inline", away)
        for _ in range(10):
            with pytest.raises(StorageUnavailable):
                await door.hears(text)
        monkeypatch.setattr(store, "run_inline", run)
        assert await door.hears(text) in ([NEUTRAL], [WRONG_CODE])


@pytest.mark.parametrize("text", ["hello", f"/join {CODE}", f"/join {WRONG}"])
async def test_in_a_group_strangers_are_met_with_silence(door: AtTheDoor, text: str) -> None:
    await door.code()
    assert await door.hears(text, group="a group") == []
    assert not await door.known()
    assert await door.hears("hello") == [NEUTRAL], "which used nothing up"


async def test_closed_lets_nobody_in(store: Store, clock: VirtualClock) -> None:
    door = AtTheDoor(store, clock, Registration.CLOSED)
    await door.code()
    assert await door.hears(f"/join {CODE}") == [NEUTRAL]
    assert not await door.known()


@AGAIN
async def test_open_lets_everybody_in_once(
    store: Store, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch, again: int
) -> None:
    door = AtTheDoor(store, clock, Registration.OPEN)
    monkeypatch.setattr(store, "run_inline", door.run_again_and_again)
    door.again = again
    assert await door.hears("hello") == [WELCOME]
    assert await door.known()
    assert await door.hears("/status") != [WELCOME]


@pytest.mark.parametrize("again", [0, 1], ids=["once", "twice"])
async def test_open_lets_in_so_many_an_hour(
    store: Store, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch, again: int
) -> None:
    """A flood of new accounts fills neither the database nor what Signal lets us send."""
    door = AtTheDoor(store, clock, Registration.OPEN)
    monkeypatch.setattr(store, "run_inline", door.run_again_and_again)
    door.again = again
    for number in range(NEWCOMERS_AN_HOUR):
        assert await door.hears("hello", account=f"{number}-account") == [WELCOME]
    assert await door.hears("hello") == [LATER]
    assert await door.hears("hello?") == [], "once an hour"
    assert not await door.known()
    later(clock, HOUR)
    assert await door.hears("hello") == [WELCOME]


async def test_open_lets_in_by_a_code_however_many_came(store: Store, clock: VirtualClock) -> None:
    door = AtTheDoor(store, clock, Registration.OPEN)
    for number in range(NEWCOMERS_AN_HOUR):
        await door.hears("hello", account=f"{number}-account")
    await door.code()
    assert await door.hears(f"/join {CODE}") == [WELCOME]
