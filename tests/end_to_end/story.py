"""What the stories have in common: a bot of their own, people with fresh phones, and how they come together."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.end_to_end.bot_process import BotProcess, run_buddy
from tests.lab.phone import Event, Phone
from tests.lab.signal_lab import SignalLab

WORD = "purple lantern"
DURESS = "yellow submarine"
QUICK = {
    "BUDDY_MIN_DURATION": "1s",
    "BUDDY_GRACE": "2s",
    "BUDDY_SETTLE_QUIET": "1s",
}
"""Settings with which an evening is over within seconds."""
PATIENT = {"BUDDY_SETTLE_QUIET": "5s"}
"""Where messages may come later than a second after the line to them is back, it waits as long as it does for users.
A story of its own timers then waits first until the bot is settled."""
ANSWER_WITHIN = 10.0
SETTLED_WITHIN = 35.0

Measure = Callable[[str, float], None]
"""Takes the name of a figure and seconds."""

_numbers = itertools.count(1)
_CODE = re.compile(r"/join (\S+)")


def is_text(*parts: str, group: str | None = None) -> "Wanted":
    """A text message with all of these parts; in the direct chat unless `group` is given."""
    return Wanted(parts, group)


@dataclass(frozen=True)
class Wanted:
    """Matches events of a phone."""

    parts: tuple[str, ...]
    group: str | None

    def __call__(self, event: Event) -> bool:
        if event.event != "message" or event.kind != "text" or event.group_id != self.group:
            return False
        return all(part in (event.body or "") for part in self.parts)


@dataclass
class Story:
    """One bot on one lab, and the people around it."""

    lab: SignalLab
    bot: BotProcess
    measure: Measure
    people: list[Phone] = field(default_factory=list)

    async def somebody(self, name: str) -> Phone:
        """A person with a new phone."""
        phone = await self.lab.add_phone(f"{name}-{next(_numbers)}")
        self.people.append(phone)
        return phone

    async def hears(self, phone: Phone, *parts: str, group: str | None = None, within: float = ANSWER_WITHIN) -> Event:
        """The next unread message with all these parts, or a failure with the bot's last words."""
        return await self.bot.watched(phone.expect(is_text(*parts, group=group), within))

    async def says(self, phone: Phone, text: str, *answer: str, group: str | None = None) -> Event:
        """Send a message; its answer, with all these parts, in the same chat."""
        sent_at = asyncio.get_running_loop().time()
        await phone.send(text, group=group)
        heard = await self.hears(phone, *answer, group=group)
        self.measure("command_to_answer", heard.at - sent_at)
        return heard

    async def is_settled(self) -> None:
        """Wait until the bot, just started, acts on deadlines."""
        await self.bot.watched(self.bot.told("settled", SETTLED_WITHIN, since=0))

    async def signal_cli_has_left(self) -> float:
        """Wait until signal-cli, which nobody listens to any more, has left the server; how long that took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with asyncio.timeout(ANSWER_WITHIN):
            while any(device["connected"] for device in (await self.lab.state())["bot_devices"]):
                await asyncio.sleep(0.01)
        return loop.time() - began

    async def operator_code(self) -> str:
        """What `buddy invite` prints, beside the bot."""
        ended = await run_buddy(self.bot.settings, self.bot.folder, "invite")
        assert (ended.status, ended.complained) == (0, "")
        return ended.said.strip()

    async def joins(self, phone: Phone, name: str, words: str = WORD) -> None:
        """Let in by the operator, with a name and a word, or two."""
        await self.says(phone, f"/join {await self.operator_code()}", "Welcome")
        await self.says(phone, f"/name {name}", f"Your buddies see you as {name}.")
        await self.says(phone, f"/words {words}", "Saved. Your new word ends your timers")

    async def pair(self, ana: Phone, bo: Phone) -> str:
        """Bo becomes Ana's buddy, from nothing; the group's id."""
        await self.joins(ana, "Ana")
        return await self.takes_on(ana, bo, "Bo")

    async def takes_on(self, ana: Phone, bo: Phone, name: str) -> str:
        """Somebody with this name, new to the bot, becomes Ana's buddy, who is known to it; the group's id."""
        await self.says(ana, "/invite", "Send the next message on to your buddy.")
        forward = await self.hears(ana, "Will you be my buddy?")
        code = _CODE.search(forward.body or "")
        assert code is not None
        await self.says(bo, f"/join {code[1]}", "Ana asks you to be a buddy.")
        await self.says(bo, f"/name {name}", f"Your buddies see you as {name}.")
        await self.says(bo, "/accept", "I have asked Ana to confirm that it is you.")
        await self.hears(ana, f"Somebody who uses the name {name} used your code")
        await self.says(ana, f"/confirm {name} {WORD}", f"Done. {name} is your buddy.")
        await self.hears(bo, "Done. You are now a buddy of Ana.")
        return await self.greeted(name, ana, bo)

    async def greeted(self, name: str, *phones: Phone) -> str:
        """The group in which all of them hear the greeting to Ana and this buddy."""
        hellos = [await self.bot.watched(phone.expect(_is_hello(name), ANSWER_WITHIN)) for phone in phones]
        groups = {hello.group_id for hello in hellos}
        (group,) = groups
        assert group is not None
        return group

    async def starts(self, ana: Phone, bo: Phone, group: str, length: str, details: str = "") -> None:
        """Ana arms a timer in the direct chat; Bo sees the start line."""
        answer = await self.says(ana, f"/start {length}\n{details}".strip(), "Saved. Your timer runs until")
        assert ("I keep what you wrote below it for your buddies" in (answer.body or "")) is bool(details)
        await self.hears(bo, "Ana's timer runs until", "please answer this with a 👍", group=group)


def _is_hello(name: str) -> Callable[[Event], bool]:
    hello = f"Hello Ana and {name}."
    return lambda e: e.kind == "text" and e.group_id is not None and (e.body or "").startswith(hello)


def settings_for(lab: SignalLab, folder: Path, **changed: str) -> Mapping[str, str]:
    """What `buddy run` needs: the lab's signal-cli, a database and a key file in `folder`, quick times."""
    return {
        "BUDDY_SIGNAL": f"unix:{lab.socket_path}",
        "BUDDY_ACCOUNT": lab.account,
        "BUDDY_DATABASE_URL": f"sqlite:///{folder / 'buddy.db'}",
        "BUDDY_KEY_FILE": str(folder / "buddy.key"),
        "BUDDY_ATTACHMENTS": str(lab.attachments_folder),
        **QUICK,
        **changed,
    }


@asynccontextmanager
async def a_story(lab: SignalLab, folder: Path, measure: Measure, **changed: str) -> AsyncIterator[Story]:
    """Start a bot on this lab, with its files in `folder`; end it, however the story ends."""
    bot = BotProcess(settings_for(lab, folder, **changed), folder)
    try:
        await bot.start()
        await bot.watched(lab.wait_until_online())
        story = Story(lab, bot, measure)
        yield story
        _bot_told_nothing_about_anybody(story)
    finally:
        await bot.clean_up()


def _bot_told_nothing_about_anybody(story: Story) -> None:
    """No name, word, number, account or text stands in what the bot wrote to its log (SPEC: Privacy)."""
    accounts = {story.lab.account, story.lab.account_aci}
    accounts |= {secret for phone in story.people for secret in (phone.aci, phone.number)}
    said = story.bot.output.decode()
    assert [secret for secret in (*accounts, *WORD.split(), *DURESS.split(), "Timer of") if secret in said] == []
    assert re.findall(r"\b(?:Ana|Bo|Cy|Dee)\b", said) == []


async def until(moment: float) -> None:
    """Wait for a moment of the running loop's time."""
    await asyncio.sleep(moment - asyncio.get_running_loop().time())


async def nothing_heard_until(end: float, phones: Iterable[Phone], *parts: str) -> None:
    """Wait until the loop's time `end`, then prove that no message with any of these parts has ever come."""
    await until(end)
    heard = [(phone.name, event.at - end, event.body or "") for phone in phones for event in phone.history]
    unwanted = [one for one in heard if any(part in one[2] for part in parts)]
    assert unwanted == [], f"heard (seconds after the end of the wait): {unwanted}"
