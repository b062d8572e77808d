"""What the phones have written to the bot, and what became of each message: waiting, taken, or lost in the gap.

signal-cli hands a message over once. One that it has handed to a bot which died before its commit is gone: nobody can
promise it, and its sender got no answer. Everything that the bot has committed must be answered.
"""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from bot.practice.stand_in import StandIn
from bot.practice.stand_in_phone import StandInPhone
from storage.engine import open_database
from storage.key_file import load
from storage.sealing import Sealer
from storage.tables import inbox, outbox, people


@dataclass
class Sent:
    """One message from a phone. `at`: when Signal's server got it (aware UTC)."""

    phone: StandInPhone
    text: str
    sent_ms: int
    at: datetime
    answered: bool = False
    taken: bool = False
    lost: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_open(self) -> bool:
        """Whether it is not known what became of it."""
        return not (self.answered or self.taken or self.lost.is_set())


class Ledger:
    """Every message to the bot, in order."""

    def __init__(self, stand_in: StandIn, database_url: str, key_file: Path) -> None:
        self._stand_in = stand_in
        self._database_url = database_url
        self._key_file = key_file
        self.sent: list[Sent] = []

    async def send(self, phone: StandInPhone, text: str) -> Sent:
        """Write this to the bot."""
        at = datetime.now(UTC)
        entry = Sent(phone, text, await phone.send(text), at)
        self.sent.append(entry)
        return entry

    def settle(self) -> None:
        """Find out what became of the open ones. Only while the bot is dead: then nothing is under way."""
        waiting = {(letter.sender.name, letter.content.timestamp) for letter in self._stand_in._server.mailbox}
        open_ones = [entry for entry in self.sent if entry.is_open and (entry.phone.name, entry.sent_ms) not in waiting]
        taken = self._taken() if open_ones else set()
        for entry in open_ones:
            if (entry.phone.name, entry.sent_ms) in taken:
                entry.taken = True
            else:
                entry.lost.set()

    @property
    def lost(self) -> int:
        """How many were handed to a bot that died before it had stored them."""
        return sum(entry.lost.is_set() for entry in self.sent)

    def looks_like(self, sent: Sent) -> str:
        """How a message stands in the database, for error reports."""
        mine = [lookup for lookup, name in self.lookups().items() if name == sent.phone.name]
        engine = open_database(self._database_url)
        with engine.connect() as connection:
            row = connection.execute(
                select(inbox.c.state, inbox.c.attempts, inbox.c.lease_owner, inbox.c.lease_until).where(
                    inbox.c.sender_lookup.in_(mine), inbox.c.sent_ms == sent.sent_ms
                )
            ).one_or_none()
            waiting = connection.execute(
                select(outbox.c.purpose, outbox.c.attempts, outbox.c.lease_until, outbox.c.not_before)
                .join(people, people.c.id == outbox.c.to_person_id)
                .where(people.c.account_lookup.in_(mine), outbox.c.state == "waiting")
            ).all()
        engine.dispose()
        return f"inbox: {row}, waiting in the outbox: {waiting}"

    def lookups(self) -> dict[str, str]:
        """The bot's keyed hashes of the account ids of all phones, and whose they are (the phone's name)."""
        sealer = Sealer(load(self._key_file), secrets.token_bytes)
        return {sealer.lookup("account", phone.aci): phone.name for phone in self._stand_in.phones.values()}

    def _taken(self) -> set[tuple[str, int]]:
        names = self.lookups()
        engine = open_database(self._database_url)
        with engine.connect() as connection:
            rows = connection.execute(select(inbox.c.sender_lookup, inbox.c.sent_ms)).all()
        engine.dispose()
        return {(names[row.sender_lookup], row.sent_ms) for row in rows if row.sender_lookup in names}
