"""Everybody paired, once: the nights of one household begin with copies of the same database and the same phones."""

import asyncio
import copy
import io
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bot.log import Log
from bot.practice.evening import Evening, migrated_database
from bot.practice.fast_words import FastWords
from bot.practice.paired_people import PairedPeople
from bot.practice.stand_in import StandIn
from bot.practice.virtual_time import VirtualClock, run_virtual
from bot.settings import Settings, read_settings
from bot.simulation.household import HOUSEHOLDS, LENGTHS, PLAN, WORDS
from storage.sealing import KeyRing

FOUNDING_TAKES = 600.0
"""Seconds after which a night may begin."""
_ACCOUNT_PARTS = ("identities", "profile_keys", "missing", "timers", "groups", "profile_name", "has_picture")


@dataclass(frozen=True)
class Founding:
    """What has come of it."""

    database: bytes
    groups: dict[str, str] = field(default_factory=dict)
    """Two names, like `Ana+Bo`, in the order of the alphabet, to Signal's id of their group."""
    _parts: dict[str, Any] = field(default_factory=dict)

    def settle_in(self, stand_in: StandIn) -> None:
        """Give a new stand-in everything that the one of the founding had."""
        kept = copy.deepcopy(self._parts)
        server, account = stand_in._server, stand_in._account  # noqa: SLF001 (a copy of a world is made from within)
        server.groups._groups.update(kept["groups"])  # noqa: SLF001
        for name in _ACCOUNT_PARTS:
            setattr(account, name, kept["account"][name])
        account.stamps._last = kept["stamp"]  # noqa: SLF001
        for name, phone in stand_in.phones.items():
            phone._timer = kept["phones"][name]  # noqa: SLF001
            phone._stamps._last = kept["stamps"][name]  # noqa: SLF001
            for group_id, state in kept["groups"].items():
                if phone.aci in state.members:
                    phone._book.learn_group(server.view(group_id))  # noqa: SLF001


def settings_of(stand_in: StandIn, database_url: str) -> Settings:
    """The settings of these nights."""
    return read_settings(
        signal="unix:in-process",
        account=stand_in.account,
        timezone="Europe/London",
        database_url=database_url,
        **LENGTHS,
    )


def keys_of(household: int) -> KeyRing:
    """The key ring of all nights of a household."""
    return KeyRing.fresh(_seeded("keys", household).randbytes)


def hasher_of(household: int) -> FastWords:
    """The hasher of words of all nights of a household."""
    return FastWords(_seeded("words", household).randbytes)


def _seeded(what: str, household: int) -> Random:
    return Random(f"{what} of household {household}")  # noqa: S311 (nights have to repeat themselves)


@cache
def founding(household: int) -> Founding:
    """Pair everybody of this household. Takes a moment; done once in each process."""
    with TemporaryDirectory(prefix="buddy-founding-") as name:
        return run_virtual(lambda clock: _found(clock, household, Path(name)))


async def _found(clock: VirtualClock, household: int, folder: Path) -> Founding:
    stand_in = StandIn(clock)
    path = folder / "buddy.db"
    path.write_bytes(migrated_database())
    night = Evening(
        clock=clock,
        stand_in=stand_in,
        folder=folder,
        settings=settings_of(stand_in, f"sqlite:///{path}"),
        chance=_seeded("founding", household),
        keys=keys_of(household),
        hasher=hasher_of(household),
        log=Log(clock, io.StringIO()),
        is_migrated=True,
    )
    circle = HOUSEHOLDS[household]
    for person in circle:
        await night.add_phone(person)
    await night.start_bot()
    pairing = PairedPeople(night, asyncio.sleep)
    for person, buddies in circle.items():
        for buddy in buddies:
            await pairing.pair(person, buddy, WORDS[person][0])
    for person, buddies in circle.items():
        if buddies:
            word, duress = WORDS[person]
            await stand_in.phone(person).send(f"/words {word} > {word} / {duress}")
            await asyncio.sleep(1)
            await stand_in.phone(person).send(f"/plan {PLAN.format(name=person)}")
            await asyncio.sleep(1)
    await asyncio.sleep(FOUNDING_TAKES - asyncio.get_running_loop().time())
    await night.stop_bot()
    return Founding(path.read_bytes(), _groups(stand_in), _parts_of(stand_in))


def _groups(stand_in: StandIn) -> dict[str, str]:
    found = {}
    for group_id, state in stand_in._server.groups._groups.items():  # noqa: SLF001
        names = sorted(phone.name for phone in stand_in.phones.values() if phone.aci in state.members)
        found["+".join(names)] = group_id
    return found


def _parts_of(stand_in: StandIn) -> dict[str, Any]:
    account = stand_in._account  # noqa: SLF001
    return {
        "groups": dict(stand_in._server.groups._groups),  # noqa: SLF001
        "account": {name: copy.deepcopy(getattr(account, name)) for name in _ACCOUNT_PARTS},
        "stamp": account.stamps._last,  # noqa: SLF001
        "phones": {name: phone._timer for name, phone in stand_in.phones.items()},  # noqa: SLF001
        "stamps": {name: phone._stamps._last for name, phone in stand_in.phones.items()},  # noqa: SLF001
    }
