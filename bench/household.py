"""A running bot with real threads and a real file, on the in-process stand-in; and people in its database."""

import asyncio
import random
import secrets
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

from bot.app import Bot, Edges
from bot.clock import SystemClock
from bot.domain.outgoing import Purpose
from bot.domain.pairing import Pairing, PairingState
from bot.log import Log
from bot.opening import opened
from bot.practice.fast_words import FastWords
from bot.practice.stand_in import StandIn
from bot.settings import Settings, read_settings
from bot.use_cases.start_check_in import StartCheckIn, start_check_in
from bot.words_desk import WORD_PLACES
from storage.records import Records
from storage.unit_of_work import Store
from storage.words import WordHasher

CLOCK = SystemClock()


def settings_in(folder: Path) -> Settings:
    """A database and keys in this folder."""
    return read_settings(
        signal="unix:in-process",
        account=StandIn().account,
        database_url=f"sqlite:///{folder / 'buddy.db'}",
        key_file=str(folder / "buddy.key"),
        registration="open",
        settle_quiet=timedelta(seconds=1),
    )


@asynccontextmanager
async def running_bot(folder: Path, stand_in: StandIn, hasher: WordHasher | None = None) -> AsyncIterator[Bot]:
    """A bot as `buddy run` makes it, but for signal-cli and, without a `hasher`, the slow hashing."""
    settings = settings_in(folder)
    async with opened(settings, CLOCK) as ready:
        with ThreadPoolExecutor(WORD_PLACES) as executor:
            edges = Edges(
                clock=CLOCK,
                random_bytes=secrets.token_bytes,
                chance=random.random,
                endpoint=stand_in,
                store=ready.store,
                ownership=ready.ownership,
                hasher=hasher or FastWords(secrets.token_bytes),
                executor=executor,
                log=Log(CLOCK, StringIO()),
                attachments=stand_in.attachments,
            )
            bot = Bot(edges, settings)
            running = asyncio.create_task(bot.run())
            try:
                yield bot
            finally:
                bot.request_stop()
                await running


@asynccontextmanager
async def only_store(folder: Path) -> AsyncIterator[Store]:
    """The same database without a bot."""
    async with opened(settings_in(folder), CLOCK) as ready:
        yield ready.store


def add_pair(records: Records, number: int, account: str | None = None) -> Pairing:
    """Two people who are paired; she has a word, and that account if one is given."""
    now = CLOCK.now()
    person = records.people.add(account or f"00000000-0000-4000-8000-{number:012x}", now)
    buddy = records.people.add(f"00000000-0000-4000-9000-{number:012x}", now)
    records.people.set_name(person.id, "Ana")
    records.people.set_words(person.id, "fast$00$00", None)
    pairing = records.pairings.add(person.id, buddy.id, "Ana", "Bo", now)
    active = replace(pairing, state=PairingState.ACTIVE, group_id=records.groups.add(now).id)
    records.pairings.save(active)
    return active


def arm(records: Records, person_id: str, due_in: timedelta, settings: Settings) -> None:
    """Her check-in, due after so long."""
    now = CLOCK.now()
    person = records.people.by_id(person_id)
    order = StartCheckIn(now + due_in, "Room 12")
    check_in = start_check_in(records, person, order, records.new_id(), now, settings.timing)
    records.outbox.withdraw(check_in.id, {Purpose.START_LINE})  # nobody is there to read it
