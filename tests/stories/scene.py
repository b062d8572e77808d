"""One evening: the bot, the people, and the time that passes."""

import asyncio
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from bot.domain.alarm import Cause, Sign
from bot.domain.check_in import CheckIn
from bot.domain.details import EntryKind, Subject, SubjectKind
from bot.domain.person import Person
from bot.domain.person_settings import PersonSettings
from bot.domain.timing import Timing
from bot.practice.evening import Evening
from bot.practice.virtual_time import VirtualClock
from bot.use_cases.alarm_additions import add_to_alarms
from bot.use_cases.raise_alarm import raise_alarm
from storage.column_types import Sealed
from storage.records import Records
from storage.tables import metadata
from tests.stories.someone import Someone

T = TypeVar("T")

WORD = "purple giraffe"
MACHINERY = frozenset({"inbox", "outbox", "line_receipts", "early_receipts", "beats", "alembic_version"})
"""Tables that change with every message."""


@dataclass
class Scene:
    """One evening. `until` and `passes` let time go by."""

    clock: VirtualClock
    night: Evening
    logged: io.StringIO
    zone: ZoneInfo
    people: dict[str, Someone] = field(default_factory=dict)
    transcript: list[str] = field(default_factory=list)
    forgiven: Counter[str] = field(default_factory=Counter)
    """What was logged while the bot was being killed."""

    async def passes(self, **length: float) -> None:
        """`minutes=10` and the like."""
        await asyncio.sleep(timedelta(**length).total_seconds())

    async def passes_mostly_off(self, **length: float) -> None:
        """A long time, in which the bot is off most of the while: that is quicker to play."""
        await self.night.stop_bot()
        await self.passes(**length)
        await self.night.start_bot()
        await self.passes(seconds=20)

    async def until(self, wall: str) -> None:
        """Go on to the next moment at which the wall shows `HH:MM` or `HH:MM:SS`."""
        now = self.clock.now()
        hour, minute, second = (int(part) for part in f"{wall}:00".split(":")[:3])
        local = now.astimezone(self.zone)
        at = local.replace(hour=hour, minute=minute, second=second, microsecond=0)
        while at.astimezone(UTC) <= now:
            at = (at.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=self.zone)
        await asyncio.sleep((at.astimezone(UTC) - now).total_seconds())

    async def arrive(self, name: str) -> Someone:
        """Somebody with a phone, unknown to the bot."""
        someone = Someone(self, await self.night.add_phone(name))
        self.people[name.lower()] = someone
        return someone

    async def let_in(self, someone: Someone) -> None:
        """By the operator's code."""
        await someone.says(f"/join {await self.night.operator_code()}")
        await someone.reads("Welcome. …")
        await someone.says(f"/name {someone.name}")
        await someone.reads(f"Saved. Your buddies see you as {someone.name}.…")

    async def pair(self, person: Someone, buddy: Someone, word: str = WORD) -> None:
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

    async def goes_away(self, buddy: Someone, hours: float) -> None:
        """As `/away` does; nobody is told."""
        until = self.clock.now() + timedelta(hours=hours)

        def set_away(records: Records) -> None:
            person = records.people.by_account(buddy.phone.aci)
            assert person is not None
            records.people.set_away(person.id, until)

        await self.work(set_away)

    async def chooses(
        self,
        someone: Someone,
        *,
        alerts_only: bool = False,
        reminder_minutes: float | None = None,
        grace_minutes: float | None = None,
    ) -> None:
        """As `/settings` does; nothing is answered."""
        reminder = None if reminder_minutes is None else timedelta(minutes=reminder_minutes)
        grace = None if grace_minutes is None else timedelta(minutes=grace_minutes)

        def choose(records: Records) -> None:
            person = records.people.by_account(someone.phone.aci)
            assert person is not None
            records.people.set_settings(person.id, PersonSettings(reminder, grace, alerts_only))

        await self.work(choose)

    async def overdue(self) -> None:
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

    async def knows(self, someone: Someone) -> bool:
        return await self.work(lambda records: records.people.by_account(someone.phone.aci)) is not None

    async def person(self, someone: Someone) -> Person:
        """Somebody known, as stored."""
        return await self.work(lambda records: _known(records, someone))

    async def has_word(self, someone: Someone) -> bool:
        person = await self.work(lambda records: records.people.by_account(someone.phone.aci))
        return person is not None and person.has_codeword

    async def check_in(self, someone: Someone) -> CheckIn | None:
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

    async def due(self) -> list[tuple[Any, ...]]:
        """What falls due as it lies in the database, but for the ends of pairings, which are months away."""
        return [row for row in (await self.rows())["deadlines"] if row[1] != "pairing"]

    async def opened(self) -> str:
        """Everything that the database holds, every sealed cell opened: what whoever has the key could read."""

        def read(records: Records) -> str:
            found: list[str] = []
            for table in metadata.tables.values():
                for row in records.scope.connection.execute(select(table)).mappings():
                    for column in table.columns:
                        value = row[column.name]
                        if isinstance(column.type, Sealed) and value is not None:
                            value = records.scope.open_bytes(column, row["id"], value).decode("utf-8", "replace")
                        found.append(f"{table.name}.{column.name}={value}")
            return "\n".join(found)

        return await self.work(read)

    async def group_of(self, person: Someone, buddy: Someone) -> str:
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

    async def is_away(self, buddy: Someone) -> None:
        """For an hour."""
        until = self.clock.now() + timedelta(hours=1)
        await self.work(lambda records: records.people.set_away(_known(records, buddy).id, until))

    async def spares(self, person: Someone, buddy: Someone) -> None:
        """She marks a buddy: he never gets a silent alarm."""

        def mark(records: Records) -> None:
            pairing = records.pairings.between(_known(records, person).id, _known(records, buddy).id)
            assert pairing is not None
            records.pairings.save(replace(pairing, no_alarms=True))

        await self.work(mark)

    async def plans(self, person: Someone, plan: str) -> None:
        """Her standing instructions."""
        await self.work(lambda records: records.people.set_plan(_known(records, person).id, plan))

    async def leaves_later(self, person: Someone, text: str) -> None:
        """A note of hers that comes while an alarm about her is open."""

        def leave(records: Records) -> None:
            arrived = Subject(SubjectKind.ARRIVING, "a message")
            records.details.add(arrived, EntryKind.NOTE, self.clock.now(), text)
            add_to_alarms(records, _known(records, person).id, arrived, (), self.clock.now(), Timing())

        await self.work(leave)

    async def gives_sign_from(self, person: Someone, buddy: Someone) -> None:
        """Her duress word, sent from a buddy's phone."""
        now, sign = self.clock.now(), Sign(Cause.DURESS, self.clock.now())

        def give(records: Records) -> None:
            person_id, buddy_id = _known(records, person).id, _known(records, buddy).id
            raise_alarm(records, person_id, sign, now, Timing(), from_buddy=buddy_id)

        await self.work(give)

    async def queued(self) -> list[str]:
        """The purposes of all messages, in the order in which they were queued."""
        outbox = metadata.tables["outbox"]
        query = select(outbox.c.purpose).order_by(outbox.c.id)
        return await self.work(lambda records: list(records.scope.connection.execute(query).scalars()))

    async def erases(self, someone: Someone) -> None:
        """All that is kept about an account."""
        await self.work(lambda records: records.people.remove(_known(records, someone).id))

    async def damages_alarm(self) -> None:
        """The sealed copy of the alarm that is open cannot be opened any more."""
        damage = update(metadata.tables["alarms"]).values(copy=b"damaged")
        await self.work(lambda records: records.scope.connection.execute(damage))

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


def _known(records: Records, someone: Someone) -> Person:
    person = records.people.by_account(someone.phone.aci)
    assert person is not None
    return person
