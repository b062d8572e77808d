"""Plays a night from its plan: the real bot, the crowd with their phones, and everything that goes wrong."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.domain.timing import Timing
from bot.log import Log
from bot.practice.paired_people import INVITE_CODE
from bot.practice.stand_in import StandIn
from bot.practice.stand_in_content import Address, Content, Event
from bot.practice.stand_in_faults import Faults
from bot.practice.stand_in_groups import GroupRefusedError
from bot.practice.stand_in_phone import StandInPhone
from bot.practice.virtual_time import START, DeadlockError, VirtualClock
from bot.simulation.bots import Bots
from bot.simulation.chronicle import DIRECT, Chronicle, HandedOver, Shown, Someone, Terms, Written
from bot.simulation.founding import FOUNDING_TAKES, founding, hasher_of, keys_of, settings_of
from bot.simulation.household import HOUSEHOLDS, WORDS
from bot.simulation.mortal_evening import MortalEvening
from bot.simulation.plan import Deed, Plan
from bot.simulation.server import Server
from bot.simulation.turning_loop import SpinsError, TurningLoop
from bot.simulation.weather import Weather
from scheduler.clock_seam import apscheduler_reads

_NEED_AN_ACCOUNT = ("write", "photo", "edit", "join", "react", "leave")
CALM_AFTERWARDS = 90.0
"""Seconds without mishaps at the end, in which everything must come to rest that was due."""
logging.getLogger("bot").addHandler(logging.NullHandler())  # what a dying run reports is no news to who watches nights
_FOLDERS = Path("/dev/shm")  # noqa: S108 (nights are read and written in memory where that is possible)


def play(plan: Plan, server: Server | None = None) -> Chronicle:
    """The night of this plan. The same plan gives the same night, to the last byte; on a `server` only as far as the
    bot's doings do not depend on PostgreSQL's."""
    founding(plan.household)  # has a loop of its own
    folder = str(_FOLDERS) if _FOLDERS.is_dir() else None
    with (
        TemporaryDirectory(prefix="buddy-night-", dir=folder) as name,
        _database(plan.household, Path(name), server) as database_url,
    ):
        loop = TurningLoop()
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            night = _Night(loop, plan, Path(name), database_url)
            try:
                with apscheduler_reads(night.host):  # two bots do not leave off in the order of their beginnings
                    runner.run(night.whole())
            except (DeadlockError, SpinsError) as error:
                night.chronicle.crash = type(error).__name__
            return night.chronicle


@contextmanager
def _database(household: int, folder: Path, server: Server | None) -> Iterator[str]:
    """As the founding left it."""
    if server is not None:
        with server.night(household) as url:
            yield url
        return
    path = folder / "buddy.db"
    path.write_bytes(founding(household).database)
    yield f"sqlite:///{path}"


@dataclass
class _Night:
    loop: TurningLoop
    plan: Plan
    folder: Path
    database_url: str

    def __post_init__(self) -> None:
        begins = START + timedelta(seconds=FOUNDING_TAKES)
        self.world, self.host = VirtualClock(self.loop, begins), VirtualClock(self.loop, begins)
        self.chronicle = Chronicle((), _terms(Timing()), begins.timestamp())

    async def whole(self) -> None:
        """From its beginning to its end."""
        await self._set_up()
        self.loop.before_turn = self.weather.turn_begins
        try:
            await self.bots.begin()
            await self._timeline()
            await self.weather.clears_up()
            for name, phone in self.stand_in.phones.items():
                await phone.register()
                await phone.go_online()
                self._note_end_of_absence(name)
            self.chronicle.ended = self.weather.now()
            await asyncio.sleep(CALM_AFTERWARDS)
            if self.bots.ended_by_itself:
                self.chronicle.crash = "the bot has ended"
        finally:
            self.loop.before_turn = lambda: None
            self.chronicle.closed = self.weather.now()
            await self.bots.lay_to_rest()
            self.chronicle.logged = self.logged.getvalue()

    async def _set_up(self) -> None:
        plan = self.plan
        begun = founding(plan.household)
        chance = {use: self._chance(use) for use in ("faults", "order", "weather")}
        self.stand_in = StandIn(self.world, faults=Faults(chance["faults"]))
        self.groups = begun.groups
        self.names = {group_id: name for name, group_id in begun.groups.items()}
        settings = settings_of(self.stand_in, self.database_url)
        for name in HOUSEHOLDS[plan.household]:
            await self.stand_in.add_phone(name)
        begun.settle_in(self.stand_in)
        people = tuple(
            Someone(name, *WORDS[name], buddies, self.stand_in.phone(name).aci)
            for name, buddies in HOUSEHOLDS[plan.household].items()
        )
        self.chronicle = Chronicle(people, _terms(settings.timing), self.chronicle.began_at)
        self.weather = Weather(self.chronicle, self.stand_in, self.world, self.host, chance["weather"])
        self.logged = io.StringIO()
        self._settings, self._order = settings, chance["order"]
        self.bots = self.weather.bots = Bots(
            self._evening, self._chance("which bot"), self.weather.now, self.weather.note
        )
        self.stand_in._server.on_delivery = self._delivered  # noqa: SLF001
        self._absent: dict[str, tuple[str, float]] = {}
        self._by_account = {one.account: one.name for one in people}

    def _chance(self, use: str) -> Random:
        return Random(f"{use} of night {self.plan.seed}")  # noqa: S311 (a night has to repeat itself)

    def _evening(self, number: int) -> MortalEvening:
        """Of the first bot, or the second one on the same database."""
        evening = MortalEvening(
            clock=self.host,
            stand_in=self.stand_in,
            folder=self.folder,
            settings=self._settings,
            chance=self._chance(f"bot {number}" if number else "bot"),
            keys=keys_of(self.plan.household),
            hasher=hasher_of(self.plan.household),
            log=Log(self.host, self.logged),
            is_migrated=True,
            storm=self.weather,
            disorder=self._order,
            on_read=lambda line: self._read(line, number),
            on_write=lambda _, leave: self.weather.line_leaves(leave, evening.kill),
            on_told=lambda text: self.chronicle.operator.append((self.weather.now(), text)),
        )
        return evening

    # --- what happens

    async def _timeline(self) -> None:
        deeds = [(deed.at, 0, place) for place, deed in enumerate(self.plan.deeds)]
        mishaps = [(mishap.at, 1, place) for place, mishap in enumerate(self.plan.mishaps)]
        for at, which, place in sorted(deeds + mishaps):
            await asyncio.sleep(max(0.0, at - self.loop.time()))
            if which:
                self.weather.begin(self.plan.mishaps[place])
            else:
                with suppress(GroupRefusedError, KeyError):
                    await self._do(self.plan.deeds[place])
        await asyncio.sleep(max(0.0, self.plan.length - self.loop.time()))

    async def _do(self, deed: Deed) -> None:
        phone, where = self.stand_in.phone(deed.who), self._group_name(deed)
        group = self.groups.get(where) if where else None
        if (where and group is None) or (deed.what in _NEED_AN_ACCOUNT and not phone.registered):
            return
        now = self.weather.now()
        match deed.what:
            case "write":
                message = await phone.send(deed.text, group=group)
                self.chronicle.written.append(Written(now, deed.who, where, deed.text, message))
            case "photo":
                photo = ("door.jpg", "image/jpeg", deed.text.encode())
                message = await phone.send(attachments=[photo])
                self.chronicle.written.append(Written(now, deed.who, where, deed.text, message, "photo"))
            case "edit":
                await self._edit_last(phone, deed.text)
            case "join":
                code = self._code_of(deed.text)
                message = await phone.send(f"/join {code}")
                self.chronicle.written.append(Written(now, deed.who, where, f"/join {code}", message))
            case "react":
                last = self._last_text(deed.who, group, deed.text)
                if last is not None:
                    message = await phone.react("👍", last)
                    self.chronicle.written.append(Written(now, deed.who, where, "👍", message, "reaction"))
            case "phone off":
                self._absent.setdefault(deed.who, ("phone away", now))
                await phone.go_offline()
            case "phone on":
                await phone.go_online()
                self._note_end_of_absence(deed.who)
            case "confirm nothing":
                await phone.set_receipts(delivery=False)
            case "reinstall":
                self.weather.note("new phone", now, phone=deed.who)
                await phone.reinstall()
            case "leave" if group is not None:
                self.weather.note("left a group", now, phone=deed.who)
                await phone.leave_group(group)
            case "unregister":
                self._absent.setdefault(deed.who, ("account gone", now))
                await phone.unregister()
            case "register":
                await phone.register()
                self._note_end_of_absence(deed.who)

    def _group_name(self, deed: Deed) -> str:
        return "+".join(sorted((deed.who, deed.where))) if deed.where else DIRECT

    def _last_text(self, who: str, group: str | None, beginning: str) -> Event | None:
        """The last that the bot wrote there which begins so."""
        for event in reversed(self.stand_in.phone(who).history):
            if event.kind == "text" and event.group_id == group and (event.body or "").startswith(beginning):
                return event
        return None

    async def _edit_last(self, phone: StandInPhone, text: str) -> None:
        """The last that was written in the direct chat."""
        hers = [one for one in self.chronicle.written if (one.who, one.where, one.kind) == (phone.name, DIRECT, "text")]
        if hers:
            message = await phone.edit(hers[-1].message, text)
            self.chronicle.written.append(Written(self.weather.now(), phone.name, DIRECT, text, message, "edit"))

    def _code_of(self, inviting: str) -> str:
        """What she was told last, or one that nobody was told."""
        told = [INVITE_CODE.search(event.body or "") for event in self.stand_in.phone(inviting).history]
        return next((found[0] for found in reversed(told) if found), "0000-0000-0000")

    def _note_end_of_absence(self, name: str) -> None:
        if name in self._absent:
            kind, began = self._absent.pop(name)
            self.weather.note(kind, began, phone=name)

    # --- what is written down

    def _read(self, line: bytes, by: int) -> None:
        if b'"envelope"' not in line:
            return
        envelope = json.loads(line)["params"]
        envelope = envelope.get("result", envelope)["envelope"]
        who = self._by_account.get(envelope.get("sourceUuid") or "")
        if who is not None and ("dataMessage" in envelope or "editMessage" in envelope):
            self.chronicle.handed_over.append(HandedOver(self.weather.now(), who, int(envelope["timestamp"]), by))

    def _delivered(self, account: str, sender: Address, content: Content) -> None:
        who = self._by_account.get(account)
        if who is None or sender.aci != self.stand_in.account_aci or content.event != "message":
            return
        where = self.names.get(content.group_id or "", "another group") if content.group_id else DIRECT
        reaction = content.reaction
        self.chronicle.shown.append(
            Shown(
                self.weather.now(),
                who,
                where,
                reaction.emoji if reaction else content.body or "",
                content.timestamp,
                content.kind or "",
                reaction.timestamp if reaction else content.target_timestamp or 0,
                "\n".join(file.contents.decode("utf-8", "replace") for file in content.attachments),
            )
        )


def _terms(timing: Timing) -> Terms:
    return Terms(
        grace=timing.grace.total_seconds(),
        taken_within=timing.taken_within.total_seconds(),
        repeat=timing.repeat.total_seconds(),
        repeat_for=timing.repeat_for.total_seconds(),
        repeat_later=timing.repeat_later.total_seconds(),
        delivered_within=timing.delivered_within.total_seconds(),
        follow_up=timing.follow_up.total_seconds(),
        answer_within=timing.answer_within.total_seconds(),
        resolve_within=timing.resolve_within.total_seconds(),
        alarm_pause=timing.alarm_pause.total_seconds(),
        shortest=timing.min_duration.total_seconds(),
    )
