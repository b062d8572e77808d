"""Where a practice script is played: the real bot, pretend phones, and time that jumps."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.practice.evening import Evening
from bot.practice.paired_people import INVITE_CODE, PairedPeople
from bot.practice.sample_files import SAMPLES, as_shown
from bot.practice.script_arrivals import Arrivals, Arrived
from bot.practice.script_lines import (
    Act,
    At,
    Deletes,
    Edits,
    Expects,
    ExpectsNothing,
    Narrates,
    OperatorInvites,
    Paired,
    People,
    PhoneTurned,
    Place,
    Reacts,
    Says,
    Sends,
    Turn,
    Wait,
)
from bot.practice.script_looking import TOLD, Unplayable, group_at, message_meant
from bot.practice.script_transcript import Audience, Entry, Transcript, quoted
from bot.practice.stand_in_phone import StandInPhone

CODE = "{code}"
"""Stands for the invite code that was shown last."""

_LOOK_EVERY = 0.25  # seconds, as all below
_LOOK_AT_MOST = 5.0
_START_AT_MOST = 30.0
_AT_AHEAD = timedelta(hours=20)


class Unfulfilled(Exception):  # noqa: N818 (says what is wrong)
    """What a script expects did not happen."""


class Stage:
    """Does one act after the other. Must be used on the loop that the evening runs on."""

    def __init__(self, night: Evening) -> None:
        self.transcript = Transcript(ZoneInfo(night.settings.timezone))
        self._night = night
        self._arrivals = Arrivals(night.clock, self.transcript)
        self._paired = PairedPeople(night, asyncio.sleep)
        self._fresh: list[Arrived] = []
        self._own: dict[str, tuple[int, str | None]] = {}  # everybody's last message: timestamp, group
        self._code: str | None = None

    async def do(self, act: Act) -> None:
        """Raises Unplayable, or Unfulfilled for an expectation."""
        if isinstance(act, Expects):
            return self._expect(act)
        if isinstance(act, ExpectsNothing):
            return self._expect_nothing(act)
        await _DEEDS[type(act)](self, act)
        await self._settle()
        if isinstance(act, Paired):
            self._arrivals.skip(self._phones)
        self._fresh = self._arrivals.take(self._phones)
        for arrived in self._fresh:
            if found := INVITE_CODE.search(arrived.text):
                self._code = found[0]
        return None

    # --- deeds

    async def _people(self, act: People) -> None:
        for name in act.names:
            await self._night.add_phone(name)

    async def _pair(self, act: Paired) -> None:
        await self._paired.pair(act.person, act.buddy, act.word)

    async def _at(self, act: At) -> None:
        now = self._night.clock.now().astimezone(ZoneInfo(self._night.settings.timezone))
        then = datetime.combine(now.date(), act.time, now.tzinfo)
        if then < now:
            then = datetime.combine(now.date() + timedelta(days=1), act.time, now.tzinfo)
        ahead = then.timestamp() - now.timestamp()
        if ahead > _AT_AHEAD.total_seconds():
            raise Unplayable(f"it is already {now:%H:%M:%S}; a time further ahead than 20 hours needs a `wait` before.")
        await asyncio.sleep(ahead)

    async def _wait(self, act: Wait) -> None:
        await asyncio.sleep(act.length.total_seconds())

    async def _narrate(self, act: Narrates) -> None:
        self.transcript.narrate(self._now, act.text)

    async def _operator_invites(self, _: OperatorInvites) -> None:
        if not self._night.running:
            raise Unplayable("the bot does not run.")
        self._code = await self._night.operator_code()
        self.transcript.note(self._now, f"The operator runs `buddy invite`. It prints {self._code}")

    async def _say(self, act: Says) -> None:
        phone, group, text = self._connected_phone(act.who), self._group(act.who, act.place), self._filled(act.text)
        self._write(act.who, group, text)
        timestamp = await phone.send(text, group=group)
        self._own[act.who] = timestamp, group
        self._arrivals.remember(timestamp, text)

    async def _send(self, act: Sends) -> None:
        phone, group, text = self._connected_phone(act.who), self._group(act.who, act.place), self._filled(act.text)
        name, kind, _ = sample = SAMPLES[act.what]
        shown = f"{text}\n{as_shown(kind, name)}".strip()
        self._write(act.who, group, shown)
        timestamp = await phone.send(text or None, group=group, attachments=[sample])
        self._own[act.who] = timestamp, group
        self._arrivals.remember(timestamp, shown)

    async def _edit(self, act: Edits) -> None:
        phone = self._connected_phone(act.who)
        timestamp, group = self._last_own(act.who)
        text = self._filled(act.text)
        self._write(act.who, group, f"{text} (edited)")
        await phone.edit(timestamp, text, group=group)

    async def _delete(self, act: Deletes) -> None:
        phone = self._connected_phone(act.who)
        timestamp, group = self._last_own(act.who)
        self._write(act.who, group, "(deletes the message before)")
        await phone.delete(timestamp, group=group)

    async def _react(self, act: Reacts) -> None:
        phone = self._connected_phone(act.who)
        chat, message = message_meant(phone, act)
        doing = f"(takes back {act.emoji} from {{}})" if act.remove else f"{act.emoji} to {{}}"
        self._write(act.who, chat.group_id, doing.format(quoted(message.text)))
        await phone.react(act.emoji, message.timestamp, remove=act.remove, group=chat.group_id)

    async def _turn_phone(self, act: PhoneTurned) -> None:
        phone = self._phone(act.who)
        self.transcript.note(self._now, f"{act.who}'s phone is {'on again' if act.on else 'off'}.")
        if act.on:
            await phone.go_online()
        else:
            await phone.go_offline()

    async def _turn(self, act: Turn) -> None:
        starts = act is Turn.BOT_STARTS
        if act in (Turn.BOT_STARTS, Turn.BOT_STOPS, Turn.BOT_KILLED) and self._night.running is starts:
            raise Unplayable("the bot runs already." if starts else "the bot does not run.")
        self.transcript.note(self._now, TOLD[act])
        if act is Turn.BOT_STOPS:
            await self._night.stop_bot()
        elif act is Turn.BOT_KILLED:
            await self._night.kill_bot()
        elif act is Turn.BOT_STARTS:
            await self._start_bot()
        else:
            await self._night.stand_in.network("up" if act is Turn.SIGNAL_UP else "down")

    async def _start_bot(self) -> None:
        await self._night.start_bot()
        assert self._night.bot is not None
        async with asyncio.timeout(_START_AT_MOST):
            await self._night.bot.settling.wait()

    # --- expectations

    def _expect(self, act: Expects) -> None:
        group = self._group(act.who, act.place)
        looked = [a for a in self._fresh if a.who == act.who and (a.group_id == group or (group and a.group_id))]
        looked = [a for a in looked if group is None or act.place.shared_with is None or a.group_id == group]
        found = any(_plain(act.text) in _plain(arrived.text) for arrived in looked)
        if found is not act.wanted:
            what = "should have been told" if act.wanted else "should not have been told"
            raise Unfulfilled(f'{act.who} {what}: "{act.text}"\n{self._received(act.who)}')

    def _expect_nothing(self, act: ExpectsNothing) -> None:
        if any(arrived.who == act.who for arrived in self._fresh):
            raise Unfulfilled(f"{act.who} should have got no message.\n{self._received(act.who)}")

    def _received(self, who: str) -> str:
        texts = [self.transcript.one(arrived.entry) for arrived in self._fresh if arrived.who == who]
        if not texts:
            return f"The step before brought {who} no message."
        return "\n".join([f"The step before brought {who}:", *texts])

    # --- looking things up

    @property
    def _now(self) -> datetime:
        return self._night.clock.now()

    @property
    def _phones(self) -> list[StandInPhone]:
        return list(self._night.stand_in.phones.values())

    def _phone(self, name: str) -> StandInPhone:
        return self._night.stand_in.phone(name)

    def _connected_phone(self, name: str) -> StandInPhone:
        if not self._phone(name).online:
            raise Unplayable(f"{name}'s phone is off.")
        return self._phone(name)

    def _group(self, who: str, place: Place) -> str | None:
        return group_at(self._phone(who), place)

    def _write(self, who: str, group: str | None, text: str) -> None:
        self.transcript.add(Entry(self._now, who, Audience(None if group else "bot", group), text))

    def _filled(self, text: str) -> str:
        if CODE in text and self._code is None:
            raise Unplayable(f"no invite code was shown yet that {CODE} could stand for.")
        return text.replace(CODE, self._code or "")

    def _last_own(self, who: str) -> tuple[int, str | None]:
        if who not in self._own:
            raise Unplayable(f"{who} has written nothing yet.")
        return self._own[who]

    async def _settle(self) -> None:
        loop = asyncio.get_running_loop()
        until, before, quiet = loop.time() + _LOOK_AT_MOST, -1, 0
        while quiet < 2 and loop.time() < until:
            await asyncio.sleep(_LOOK_EVERY)
            now = sum(len(phone.history) for phone in self._phones)
            quiet, before = (quiet + 1 if now == before else 0), now


def _plain(text: str) -> str:
    return " ".join(text.split())


_DEEDS: dict[type, Callable[[Stage, Any], Awaitable[None]]] = {
    People: Stage._people,  # noqa: SLF001 (the table of what this class does)
    Paired: Stage._pair,  # noqa: SLF001
    At: Stage._at,  # noqa: SLF001
    Wait: Stage._wait,  # noqa: SLF001
    Narrates: Stage._narrate,  # noqa: SLF001
    OperatorInvites: Stage._operator_invites,  # noqa: SLF001
    Says: Stage._say,  # noqa: SLF001
    Sends: Stage._send,  # noqa: SLF001
    Edits: Stage._edit,  # noqa: SLF001
    Deletes: Stage._delete,  # noqa: SLF001
    Reacts: Stage._react,  # noqa: SLF001
    PhoneTurned: Stage._turn_phone,  # noqa: SLF001
    Turn: Stage._turn,  # noqa: SLF001
}
