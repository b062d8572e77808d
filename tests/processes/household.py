"""The bot as a process on the stand-in: started, killed, and remembered when it could have worked."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.practice.stand_in import StandIn
from bot.practice.stand_in_content import Event
from bot.practice.stand_in_phone import StandInPhone
from tests.end_to_end.bot_process import BotProcess
from tests.processes.ledger import Ledger, Sent

WORD = "purple lantern"
ANSWER_WITHIN = 180.0
"""Seconds for an answer, restarts included, after which it counts as missing."""
QUICK = {
    "BUDDY_MIN_DURATION": "1s",
    "BUDDY_GRACE": "2s",
    "BUDDY_REGISTRATION": "open",
    "BUDDY_SETTLE_QUIET": "1s",
    "BUDDY_SETTLE_AT_MOST": "2s",
}


@dataclass
class Life:
    """One run of the bot, from `launched` to `ended` (aware UTC; None: it still runs)."""

    launched: datetime
    ended: datetime | None = None


@dataclass
class Household:
    """One bot process, its signal-cli, and its people."""

    stand_in: StandIn
    bot: BotProcess
    ledger: Ledger
    lives: list[Life] = field(default_factory=list)

    async def launch(self) -> None:
        """Start the bot, and wait for nothing."""
        self.lives.append(Life(datetime.now(UTC)))
        await self.bot.launch()

    async def start(self) -> None:
        """Start the bot and wait until it says so."""
        self.lives.append(Life(datetime.now(UTC)))
        await self.bot.start()

    async def kill(self) -> None:
        """SIGKILL; afterwards it is known what became of every message."""
        self.lives[-1].ended = datetime.now(UTC)
        await self.bot.kill()
        while self.stand_in._daemon._connections:  # the socket's other end has not noticed yet
            await asyncio.sleep(0.01)
        self.ledger.settle()

    async def stop(self) -> int:
        """SIGTERM; the exit status."""
        status = await self.bot.stop()
        self.lives[-1].ended = datetime.now(UTC)
        return status

    async def says(self, phone: StandInPhone, text: str, answer: str) -> tuple[Sent, Event]:
        """Write until it is answered: again only what was lost. The message that was answered, and the answer."""
        while True:
            sent = await self.ledger.send(phone, text)
            event = await self._answer(sent, answer)
            if event is not None:
                return sent, event

    async def hears(self, phone: StandInPhone, part: str, within: float = ANSWER_WITHIN) -> Event:
        """The next unread message in the direct chat in which this (a regular expression) is found."""
        return await phone.expect(is_text(part), within)

    async def _answer(self, sent: Sent, answer: str) -> Event | None:
        """None when the message was lost."""
        hearing = asyncio.ensure_future(self.hears(sent.phone, answer))
        losing = asyncio.ensure_future(sent.lost.wait())
        try:
            await asyncio.wait({hearing, losing}, return_when=asyncio.FIRST_COMPLETED)
            if losing.done() and not hearing.done():
                return None
            event = await hearing
        except TimeoutError:
            fate = "taken" if sent.taken else "waiting"
            shown = "\n".join((event.body or "") for event in sent.phone.history if event.kind == "text")
            raise AssertionError(
                f"{sent.phone.name} got no answer to {sent.text!r} ({fate}).\n"
                f"{self.ledger.looks_like(sent)}\n{self.bot.last_words()}\n"
                f"The phone shows:\n{shown}"
            ) from None
        finally:
            for task in (hearing, losing):
                task.cancel()
        sent.answered = True
        return event

    def started(self, life: Life) -> datetime | None:
        """When the bot said that it has started; None if it was killed before."""
        for line in self.bot.log:
            at = datetime.fromisoformat(line["at"])
            if line["event"] == "started" and life.launched <= at and (life.ended is None or at <= life.ended):
                return at
        return None


def is_text(part: str) -> Callable[[Event], bool]:
    """Whether an event is a text in the direct chat in which this regular expression is found."""
    pattern = re.compile(part)
    return lambda e: (
        e.event == "message" and e.kind == "text" and e.group_id is None and bool(pattern.search(e.body or ""))
    )


@asynccontextmanager
async def household(folder: Path, database_url: str, **changed: str) -> AsyncIterator[Household]:
    """A bot that is not started yet, with its files and its socket in `folder`."""
    stand_in = StandIn()
    server = await stand_in.serve(folder / "signal-cli")
    key_file = folder / "buddy.key"
    settings = {
        "BUDDY_SIGNAL": f"unix:{server.path}",
        "BUDDY_ACCOUNT": stand_in.account,
        "BUDDY_DATABASE_URL": database_url,
        "BUDDY_KEY_FILE": str(key_file),
        "BUDDY_ATTACHMENTS": str(folder / "attachments"),
        **QUICK,
        **changed,
    }
    bot = BotProcess(settings, folder)
    try:
        yield Household(stand_in, bot, Ledger(stand_in, database_url, key_file))
    finally:
        await bot.clean_up()
        await server.close()
