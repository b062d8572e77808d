"""What two people do again and again while the bot is being killed, and what they saw."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bot.practice.stand_in_content import Event
from bot.practice.stand_in_phone import StandInPhone
from tests.processes.household import ANSWER_WITHIN, WORD, Household, is_text
from tests.processes.ledger import Sent

ALERT = "^Timer of Ana: (still )?no word since"
_STARTED_OR_TOO_OLD = "^Saved. Your timer runs until|^NOT started. Your message reached me only now"
_CODE = re.compile(r"/join (\S+)")


@dataclass
class Outing:
    """One timer of hers. `start`: the message that armed it; `length` with what it was extended by; `close`: her word.

    `armed_by`: when she had her answer; the deadline is counted from a moment between those two. `alerts`: what her
    buddy got."""

    start: Sent
    length: timedelta
    armed_by: datetime
    close: Sent | None = None
    alerts: list[tuple[Event, datetime]] = field(default_factory=list)
    alerted: asyncio.Event = field(default_factory=asyncio.Event)
    missed: bool = False


@dataclass
class Pair:
    """Ana and Bo, one of several such pairs, who do not know each other. `noise`: how often Bo wrote besides."""

    household: Household
    ana: StandInPhone
    bo: StandInPhone
    random: Random
    outings: list[Outing] = field(default_factory=list)
    noise: int = 0
    paired: bool = False

    @classmethod
    async def arrive(cls, household: Household, number: int, random: Random) -> "Pair":
        """With new phones."""
        ana = await household.stand_in.add_phone(f"Ana-{number}")
        bo = await household.stand_in.add_phone(f"Bo-{number}")
        return cls(household, ana, bo, random)

    async def become_buddies(self) -> None:
        """From nothing to a pairing with a group."""
        says, ana, bo = self.household.says, self.ana, self.bo
        await says(ana, "hello", "Welcome")
        await says(ana, "/name Ana", "see you as Ana")
        await says(ana, f"/words {WORD}", "Saved. Your new word")
        await says(ana, "/invite", "Send the next message on")
        forward = await self.household.hears(ana, "Will you be my buddy")
        code = _CODE.search(forward.body or "")
        assert code is not None
        await says(bo, f"/join {code[1]}", "asks you to be a buddy|have this invitation|already")
        await says(bo, "/name Bo", "see you as Bo")
        await says(bo, "/accept", "I have asked Ana")
        await says(ana, f"/confirm Bo {WORD}", "Done. Bo is your buddy")
        await self.household.hears(bo, "Done. You are now a buddy")
        self.paired = True

    async def go_out(self, over: asyncio.Event) -> None:
        """Evening after evening, until it is over; the last one is seen to its end."""
        watching = asyncio.ensure_future(self._watch())
        chatting = asyncio.ensure_future(self._chat(over))
        try:
            if not self.paired:
                await self.become_buddies()
            while not over.is_set():
                await self.random.choice((self._in_time, self._extended, self._late))()
            await chatting
        finally:
            watching.cancel()
            chatting.cancel()
            await asyncio.gather(watching, chatting, return_exceptions=True)

    # --- three kinds of evening

    async def _in_time(self) -> None:
        """Her word comes long before, or in the grace."""
        outing = await self._start(self.random.randint(3, 6))
        await asyncio.sleep(self.random.uniform(0.0, outing.length.total_seconds()))
        await self._close(outing)

    async def _extended(self) -> None:
        outing = await self._start(self.random.randint(3, 5))
        longer = self.random.randint(2, 4)
        _, answer = await self.household.says(self.ana, f"/extend {longer}s", "now runs until|need your word")
        if "now runs until" in (answer.body or ""):  # else the bot was away, and the deadline has passed meanwhile
            outing.length += timedelta(seconds=longer)
        await asyncio.sleep(self.random.uniform(0.0, outing.length.total_seconds()))
        await self._close(outing)

    async def _late(self) -> None:
        """She is not heard of until her buddy has the alert."""
        outing = await self._start(self.random.randint(1, 3))
        try:
            await asyncio.wait_for(outing.alerted.wait(), ANSWER_WITHIN)
        except TimeoutError:
            outing.missed = True
        if outing.alerts and self.random.random() < 0.5:
            await self.bo.react("👍", outing.alerts[0][0])
        await self._close(outing)

    async def _start(self, seconds: int) -> Outing:
        self.ana.forget()
        answer = ""
        while not answer.startswith("Saved"):  # what waited for long, while the bot was away, is not started too late
            start, event = await self.household.says(self.ana, f"/start {seconds}s", _STARTED_OR_TOO_OLD)
            answer = event.body or ""
        outing = Outing(start, timedelta(seconds=seconds), datetime.now(UTC))
        self.outings.append(outing)
        return outing

    async def _close(self, outing: Outing) -> None:
        outing.close, _ = await self.household.says(self.ana, f"/safe {WORD}", "^Thanks, noted")

    # --- beside it

    async def _watch(self) -> None:
        """Note every alert on Bo's phone, with the timer that it is about: the last one that was armed."""
        while True:
            event = await self.bo.expect(is_text(ALERT), timeout=3600.0)
            now = datetime.now(UTC)
            if self.outings:
                self.outings[-1].alerts.append((event, now))
                self.outings[-1].alerted.set()

    async def _chat(self, over: asyncio.Event) -> None:
        """Bo asks this and that."""
        while not over.is_set():
            await asyncio.sleep(self.random.uniform(0.2, 1.5))
            if self.paired:
                self.noise += 1
                await self.household.says(self.bo, "/tz Europe/London", "^Saved. Your time zone")
