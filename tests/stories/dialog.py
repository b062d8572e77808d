"""Stories: people write, time passes, phones show what the bot says. The whole bot runs, on virtual time.

    @story()
    async def test_she_is_told_until_when(ana: Someone, bo: Someone) -> None:
        await ana.says("/start 2h")
        await ana.reads("Saved. Your timer runs until 20:00. …")
        await bo.reads_in_group("Ana's timer runs until 20:00. …")

`ana`, `bo`, `cy` and `dee` are parameters by name; whoever is named has a phone. Bo is Ana's buddy, and so is Cy
after him; Dee is a stranger. Ana's codeword is `WORD`. Unless told otherwise it is Friday, 18:00 in London.
In an expected text "…" stands for anything.
"""

import asyncio
import inspect
import io
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.domain.check_in import CheckIn
from bot.practice.evening import Evening, evening
from bot.practice.stand_in_content import Event, Reaction
from bot.practice.stand_in_phone import StandInPhone
from bot.practice.virtual_time import VirtualClock, run_virtual
from storage.column_types import Sealed
from storage.records import Records
from storage.tables import metadata

T = TypeVar("T")

WORD = "purple giraffe"
NAMES = ("ana", "bo", "cy", "dee")
SIX = datetime(2027, 3, 5, 18, 0, tzinfo=UTC)
"""When a story begins unless it says otherwise: a Friday evening."""
ANSWER_WITHIN = 1.0
"""Seconds (SPEC: "Every command is answered within a second")."""
MACHINERY = frozenset({"inbox", "outbox", "beats", "alembic_version"})
"""Tables that change with every message."""


@dataclass
class Scene:
    """One evening. `until` and `passes` let time go by."""

    clock: VirtualClock
    night: Evening
    logged: io.StringIO
    zone: ZoneInfo
    people: dict[str, "Someone"] = field(default_factory=dict)
    transcript: list[str] = field(default_factory=list)
    forgiven: Counter[str] = field(default_factory=Counter)
    """What was logged while the bot was being killed."""

    async def passes(self, **length: float) -> None:
        """`minutes=10` and the like."""
        await asyncio.sleep(timedelta(**length).total_seconds())

    async def until(self, wall: str) -> None:
        """Go on to the next moment at which the wall shows `HH:MM` or `HH:MM:SS`."""
        now = self.clock.now()
        hour, minute, second = (int(part) for part in f"{wall}:00".split(":")[:3])
        local = now.astimezone(self.zone)
        at = local.replace(hour=hour, minute=minute, second=second, microsecond=0)
        while at.astimezone(UTC) <= now:
            at = (at.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=self.zone)
        await asyncio.sleep((at.astimezone(UTC) - now).total_seconds())

    async def arrive(self, name: str) -> "Someone":
        """Somebody with a phone, unknown to the bot."""
        someone = Someone(self, await self.night.add_phone(name))
        self.people[name.lower()] = someone
        return someone

    async def let_in(self, someone: "Someone") -> None:
        """By the operator's code."""
        await someone.says(f"/join {await self.night.operator_code()}")
        await someone.reads("Welcome. …")
        await someone.says(f"/name {someone.name}")
        await someone.reads(f"Saved. Your buddies see you as {someone.name}.…")

    async def pair(self, person: "Someone", buddy: "Someone", word: str = WORD) -> None:
        """`buddy` becomes a buddy of `person`, who is let in and chooses `word` if she has not yet."""
        if not await self.knows(person):
            await self.let_in(person)
        if not await self.has_word(person):
            await person.says(f"/words {word}")
            await person.reads("Saved. …")
        code = await person.invites()
        await buddy.says(f"/join {code}")
        await buddy.reads(f"{person.name} asks you to be a buddy.…")
        await buddy.says(f"/name {buddy.name}")
        await buddy.reads("Saved. …")
        await buddy.says("/accept")
        await person.reads("Somebody who uses the name …")
        await person.says(f"/confirm {buddy.name} {word}")
        await person.reads("Done. …")
        await buddy.reads("Thank you. I have asked …")
        await buddy.reads("Done. You are now a buddy of …")
        await self.passes(seconds=2)
        for one in (person, buddy):
            one.forgets()

    async def overdue(self, *expecting: "Someone") -> None:
        """Ana starts the shortest timer at once and is not back: the alert has just gone out to whoever is on call."""
        ana = self.people["ana"]
        await ana.says("/start 5m\nRoom 12, Hotel Ritz")
        await self.passes(minutes=10, seconds=1)
        for someone in self.people.values():
            someone.forgets()

    # --- the bot

    async def work(self, unit: Callable[[Records], T]) -> T:
        """A unit of work beside the bot."""
        assert self.night.store is not None
        return await self.night.store.run(unit)

    async def knows(self, someone: "Someone") -> bool:
        return await self.work(lambda records: records.people.by_account(someone.phone.aci)) is not None

    async def has_word(self, someone: "Someone") -> bool:
        person = await self.work(lambda records: records.people.by_account(someone.phone.aci))
        return person is not None and person.has_codeword

    async def check_in(self, someone: "Someone") -> CheckIn | None:
        """Her running check-in, as stored."""

        def find(records: Records) -> CheckIn | None:
            person = records.people.by_account(someone.phone.aci)
            return None if person is None else records.check_ins.open_of(person.id)

        return await self.work(find)

    async def rows(self, *, machinery: bool = False) -> dict[str, list[tuple[Any, ...]]]:
        """All rows as they lie in the database; those of `MACHINERY` only if asked for."""

        def read(records: Records) -> dict[str, list[tuple[Any, ...]]]:
            return {
                name: sorted((tuple(row) for row in records.scope.connection.execute(select(table))), key=repr)
                for name, table in metadata.tables.items()
                if machinery or name not in MACHINERY
            }

        return await self.work(read)

    async def opened(self) -> str:
        """Everything that the database holds, every sealed cell opened: what whoever has the key could read."""

        def read(records: Records) -> str:
            found: list[str] = []
            for table in metadata.tables.values():
                for row in records.scope.connection.execute(select(table)).mappings():
                    for column in table.columns:
                        value = row[column.name]
                        if isinstance(column.type, Sealed) and value is not None:
                            value = records.scope.open(column, row["id"], value)
                        found.append(f"{table.name}.{column.name}={value}")
            return "\n".join(found)

        return await self.work(read)

    async def group_of(self, person: "Someone", buddy: "Someone") -> str:
        """Signal's id of the group of a pairing. Raises AssertionError when there is none."""

        def find(records: Records) -> str | None:
            one, other = (records.people.by_account(someone.phone.aci) for someone in (person, buddy))
            if one is None or other is None:
                return None
            pairing = records.pairings.between(one.id, other.id) or records.pairings.between(other.id, one.id)
            group = records.groups.get(pairing.group_id or "") if pairing else None
            return group.signal_id if group else None

        found = await self.work(find)
        assert found is not None, "these two have no group"
        return found

    async def dies(self) -> None:
        """The bot is killed, a moment after the last thing that happened."""
        await asyncio.sleep(1)
        before = Counter(self.night.log.counts)
        await self.night.kill_bot()
        self.forgiven += Counter(self.night.log.counts) - before

    async def restarts(self, *, down: timedelta = timedelta(0)) -> None:
        """The bot is killed, and started again after a while."""
        await self.dies()
        await asyncio.sleep(down.total_seconds())
        await self.night.start_bot()

    def note(self, line: str) -> None:
        self.transcript.append(f"[{self.clock.now().astimezone(self.zone):%H:%M:%S}] {line}")

    def fails(self, what: str) -> AssertionError:
        """What went wrong, after all that was said."""
        return AssertionError("\n".join([*self.transcript, f">>> {what}"]))


@dataclass
class Someone:
    """A person with a phone."""

    scene: Scene
    phone: StandInPhone
    usual_group: str | None = None
    """Where `says_in_group` goes without more words."""
    last_sent: int = 0

    def __post_init__(self) -> None:
        self._unread: list[Event] = []

    @property
    def name(self) -> str:
        return self.phone.name

    # --- what she does

    async def says(self, text: str) -> int:
        """Write to the bot. Returns the message's time stamp, which names it."""
        return await self._sent(text, self.phone.send(text))

    async def says_in_group(self, text: str, group: str | None = None) -> int:
        return await self._sent(f"(group) {text}", self.phone.send(text, group=group or self.usual_group))

    async def edits(self, sent: int, text: str, *, in_group: bool = False) -> int:
        group = self.usual_group if in_group else None
        return await self._sent(f"(edit) {text}", self.phone.edit(sent, text, group=group))

    async def reacts(self, emoji: str, to: Event | int, *, in_group: bool = False) -> int:
        """To an event, or to the bot's message with that time stamp."""
        group = self.usual_group if in_group else None
        return await self._sent(f"reacts {emoji}", self.phone.react(emoji, to, group=group))

    async def takes_back(self, emoji: str, to: Event) -> int:
        """Takes a reaction away again."""
        return await self._sent(f"no longer {emoji}", self.phone.react(emoji, to, remove=True))

    async def reacts_to_own(self, emoji: str, sent: int) -> int:
        """To an own message in the group."""
        reaction = Reaction(emoji, remove=False, author=self.phone.aci, timestamp=sent)
        self.scene.note(f"{self.name} reacts {emoji} to an own message")
        return self.phone._send(self.phone._content("reaction", self.usual_group), reaction=reaction)

    async def invites(self) -> str:
        """Returns the code that she would forward."""
        await self.says("/invite")
        await self.reads("Send the next message on to your buddy. …")
        forward = await self.reads("Will you be my buddy? …")
        return str(forward.body).split("/join ")[1]

    # --- what her phone shows

    async def reads(self, expected: str, within: float = ANSWER_WITHIN) -> Event:
        """The next message in the direct chat is this one."""
        return await self._next(expected, within, lambda event: event.group_id is None, "in the direct chat")

    async def reads_each(self, *expected: str, within: float = ANSWER_WITHIN) -> None:
        """The next messages in the direct chat are these, in whatever order: alerts go before answers."""
        found = [await self.reads("…", within) for _ in expected]
        texts = [event.body or "" for event in found]
        for text in expected:
            if not any(matches(text, body) for body in texts):
                raise self.scene.fails(f"{self.name} does not read: {text}")

    async def reads_in_group(self, expected: str, group: str | None = None, within: float = ANSWER_WITHIN) -> Event:
        """The next line in the group is this one."""
        wanted = group or self.usual_group
        return await self._next(expected, within, lambda event: event.group_id == wanted, "in the group")

    async def reads_nothing(self, during: float = 2.0) -> None:
        """No further message in the direct chat."""
        await self._nothing(during, lambda event: event.group_id is None, "in the direct chat")

    async def reads_nothing_in_group(self, group: str | None = None, during: float = 2.0) -> None:
        """No further line in the group."""
        wanted = group or self.usual_group
        await self._nothing(during, lambda event: event.group_id == wanted, "in the group")

    async def sees_nothing(self, during: float = 2.0) -> None:
        """No further message anywhere."""
        await self._nothing(during, lambda _: True, "anywhere")

    def unread(self) -> list[str]:
        """The texts that have arrived and were not asked for yet, wherever."""
        self._look()
        return [event.body or "" for event in self._unread]

    def forgets(self) -> None:
        """What has arrived so far does not matter."""
        self._look()
        self._unread.clear()

    def shows(self) -> list[str]:
        """Everything that the bot has ever written to this phone, deleted or not."""
        return [event.body or "" for event in self.phone.history if _is_text(event)]

    def deleted(self) -> set[int]:
        """The time stamps of the bot's messages that were deleted for everyone."""
        return {
            int(event.data["target_timestamp"])
            for event in self.phone.history
            if event.event == "message" and event.kind == "delete" and event.sender == "bot"
        }

    async def _sent(self, what: str, sending: Awaitable[int]) -> int:
        self.scene.note(f"{self.name} -> {what}")
        self.last_sent = await sending
        return self.last_sent

    def _look(self) -> None:
        for event in list(self.phone._unread):
            if _is_text(event):
                self._unread.append(event)
                where = "(group) " if event.group_id else ""
                self.scene.note(f"    {self.name} <- {where}{event.body}")
        self.phone.forget()

    async def _arrival(self, wanted: Callable[[Event], bool], within: float) -> Event | None:
        ends = asyncio.get_running_loop().time() + within
        while True:
            self._look()
            found = next((event for event in self._unread if wanted(event)), None)
            left = ends - asyncio.get_running_loop().time()
            if found is not None or left <= 0:
                return found
            try:
                async with asyncio.timeout(left):
                    await self.phone._arrival()
            except TimeoutError:
                continue

    async def _next(self, expected: str, within: float, wanted: Callable[[Event], bool], where: str) -> Event:
        __tracebackhide__ = True
        event = await self._arrival(wanted, within)
        if event is None:
            raise self.scene.fails(f"{self.name} reads nothing {where} within {within} s, but should: {expected}")
        if not matches(expected, event.body or ""):
            raise self.scene.fails(f"{self.name} reads {where}:\n{event.body}\n>>> but should:\n{expected}")
        self._unread.remove(event)
        return event

    async def _nothing(self, during: float, unwanted: Callable[[Event], bool], where: str) -> None:
        __tracebackhide__ = True
        event = await self._arrival(unwanted, during)
        if event is not None:
            raise self.scene.fails(f"{self.name} should read nothing {where}, but reads:\n{event.body}")


def matches(expected: str, text: str) -> bool:
    """Whether the text is the expected one, "…" standing for anything."""
    return re.fullmatch(".*".join(map(re.escape, expected.split("…"))), text, re.DOTALL) is not None


def _is_text(event: Event) -> bool:
    return event.event == "message" and event.kind == "text" and event.sender == "bot"


Story = Callable[..., Awaitable[None]]


def story(
    *, paired: bool = True, at: datetime = SIX, zone: str = "Europe/London", **settings: Any
) -> Callable[[Story], Callable[..., None]]:
    """A test told as a story; `at`: when it begins. `paired=False`: nobody is known to the bot yet.

    `settings` are the bot's. Other parameters than the people and `scene` are pytest's.
    """

    def tell(told: Story) -> Callable[..., None]:
        signature = inspect.signature(told)
        names = [name for name in signature.parameters if name in NAMES]
        others = [one for name, one in signature.parameters.items() if name not in {*NAMES, "scene"}]

        def test(**given: Any) -> None:
            async def play(clock: VirtualClock) -> None:
                logged = io.StringIO()
                async with evening(clock, log_to=logged, timezone=zone, **settings) as night:
                    scene = Scene(clock, night, logged, ZoneInfo(zone))
                    cast = await _set(scene, names, paired=paired, at=at)
                    if "scene" in signature.parameters:
                        cast["scene"] = scene
                    await told(**cast, **given)
                    _assert_nothing_failed(scene)

            run_virtual(play, start=at - timedelta(minutes=1))

        test.__name__, test.__doc__, test.__module__ = told.__name__, told.__doc__, told.__module__
        test.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return test

    return tell


async def _set(scene: Scene, names: list[str], *, paired: bool, at: datetime) -> dict[str, Any]:
    people = {name: await scene.arrive(name.capitalize()) for name in names}
    if paired:
        await _pair_all(scene, people)
    await asyncio.sleep((at - scene.clock.now()).total_seconds())
    for someone in people.values():
        someone.forgets()
    scene.transcript.clear()
    return dict(people)


async def _pair_all(scene: Scene, people: dict[str, Someone]) -> None:
    ana = people.get("ana")
    if ana is None:
        return
    for name in ("bo", "cy"):
        if name in people:
            await scene.pair(ana, people[name])
            people[name].usual_group = await scene.group_of(ana, people[name])
            ana.usual_group = ana.usual_group or people[name].usual_group
    if "bo" not in people and "cy" not in people:
        await scene.let_in(ana)
        await ana.says(f"/words {WORD}")


_FAILURES = (
    "message_failed",
    "delivery_failed",
    "deadline_failed",
    "lane_failed",
    "lines_not_stored",
    "line_given_up",
    "delivery_not_recorded",
    "group_not_repaired",
)


def _assert_nothing_failed(scene: Scene) -> None:
    """No story may leave an error in the bot's log that it caught at the edge of a loop."""
    counts = Counter(scene.night.log.counts) - scene.forgiven
    failed = {name: counts[name] for name in _FAILURES if counts[name]}
    if failed:
        raise scene.fails(f"the bot caught errors: {failed}\n{scene.logged.getvalue()}")
