"""A small signal-cli in this process, with phones, groups, receipts and everything that can go wrong.

    stand_in = StandIn(clock)
    ana = await stand_in.add_phone("Ana")
    start_the_bot(stand_in)                  # it is an Endpoint
    await ana.send("/start 2h")
    reply = await ana.next_message()

Everything above the connection is the real application. What it does was measured on signal-cli 0.13.19;
where the two differ, this one is wrong.
"""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.clock import Clock, SystemClock
from bot.practice.stand_in_account import Account, TrustMode
from bot.practice.stand_in_attachments import AttachmentShelf
from bot.practice.stand_in_connection import StandInConnection
from bot.practice.stand_in_content import BOT, BOT_DEVICE, JSON, Address
from bot.practice.stand_in_daemon import StandInDaemon
from bot.practice.stand_in_faults import Faults
from bot.practice.stand_in_phone import StandInPhone
from bot.practice.stand_in_server import Network, SignalServer, UnknownPhoneError, account_id
from bot.practice.stand_in_socket import SocketServer

_NUMBER = "+1415555{:04}"
_START_FAILS_AFTER = {"down": 2.0, "stall": 12.0}  # seconds


class StandInError(Exception):
    """The stand-in could not do what was asked of it."""


class StandIn:
    """The world: one bot account with its signal-cli, Signal's server, and phones."""

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        faults: Faults | None = None,
        trust_new_identities: TrustMode = "always",
        linked: bool = True,
    ) -> None:
        """`linked`: the account is a linked device, as in the lab, and not the primary one."""
        clock = clock or SystemClock()
        self.faults = faults or Faults()
        bot = Address(BOT, account_id(BOT), _NUMBER.format(0), profile_name="Bot")
        self._server = SignalServer(clock, bot, self.faults)
        self._account = Account(bot, self._server, trust_new_identities, linked=linked)
        self._daemon = StandInDaemon(self._account, self.faults)
        self._phones: dict[str, StandInPhone] = {}
        self._watchers: list[Callable[[], None]] = []
        own_phone = self._new_phone(bot)
        own_phone.delivery_receipts = False
        self._daemon.start()

    @property
    def account(self) -> str:
        """The bot's number."""
        return self._account.address.number

    @property
    def account_aci(self) -> str:
        """The bot's account id."""
        return self._account.address.aci

    # --- where the bot connects

    async def connect(self) -> StandInConnection:
        """A new connection to signal-cli. Raises OSError when it does not run."""
        return self._daemon.connect()

    @property
    def attachments(self) -> AttachmentShelf:
        """The folder in which signal-cli leaves what came with messages."""
        return self._account.attachments

    def endpoint(self) -> "StandIn":
        """Itself: it can be connected to."""
        return self

    async def serve(self, path: Path) -> SocketServer:
        """Offer the same on a UNIX socket; the caller closes what is returned."""
        return await SocketServer.start(self, path)

    # --- people

    async def add_phone(self, name: str, *, hide_number: bool = True, profile_name: str | None = None) -> StandInPhone:
        """One phone more. hide_number: as is the default in Signal."""
        if name in self._phones:
            raise StandInError("There is already a phone of that name.")
        number = _NUMBER.format(len(self._phones))
        address = Address(name, account_id(name), number, hide_number, profile_name or name)
        return self._new_phone(address)

    def phone(self, name: str) -> StandInPhone:
        """A phone by name; "bot" is the one of the bot's own account. Raises UnknownPhoneError."""
        try:
            return self._phones[name]
        except KeyError:
            raise UnknownPhoneError("There is no phone of that name.") from None

    @property
    def phones(self) -> Mapping[str, StandInPhone]:
        """All phones but the bot's own, by name."""
        return {name: phone for name, phone in self._phones.items() if name != BOT}

    def watch(self, on_change: Callable[[], None]) -> None:
        """Call this whenever something changes on the screen of a phone."""
        self._watchers.append(on_change)

    async def group(self, group_id: str) -> JSON:
        """A group as it stands on the server. Raises KeyError."""
        return self._server.view(group_id)

    def _new_phone(self, address: Address) -> StandInPhone:
        phone = StandInPhone(
            address, self._server, lambda: self._daemon.is_listening, lambda: self._account.profile_name
        )
        phone.on_change = self._changed
        self._phones[address.name] = phone
        self._server.add(phone)
        return phone

    def _changed(self) -> None:
        for watcher in self._watchers:
            watcher()

    # --- misfortune

    async def start_signal_cli(self) -> None:
        """Start it; without network that fails after a while. Raises StandInError."""
        if self._daemon.running:
            raise StandInError("signal-cli is already running.")
        if self._server.mode != "up":
            await asyncio.sleep(_START_FAILS_AFTER[self._server.mode])
            raise StandInError("signal-cli ended with status 2: without network it does not start.")
        self._daemon.start()

    async def stop_signal_cli(self) -> None:
        """End it in good order."""
        self._daemon.end()

    async def kill_signal_cli(self, *, lose_message_in_hand: bool = False) -> None:
        """End it as a crash would. `lose_message_in_hand`: the next waiting message goes with it."""
        if lose_message_in_hand and self._server.mailbox:
            self._server.mailbox.popleft()
        self._daemon.end()

    @property
    def is_running(self) -> bool:
        """Whether signal-cli runs."""
        return self._daemon.running

    async def network(self, mode: Network) -> None:
        """down: signal-cli's connections end and are refused. stall: they stay, but nothing moves."""
        self._server.set_network(mode)

    async def drop_connections(self) -> int:
        """Cut signal-cli's connections once. Returns how many."""
        return self._server.drop_connection()

    async def lose_connection(self) -> None:
        """signal-cli's connection dies unnoticed: it stays deaf for a minute, or until somebody subscribes anew."""
        self._server.lose_connection()

    async def wait_until_online(self, timeout: float = 30.0) -> None:
        """Wait until signal-cli is connected to the server, as it is while somebody is subscribed."""
        async with asyncio.timeout(timeout):
            while not self._daemon.is_listening:
                await asyncio.sleep(0.05)

    async def rate_limit(
        self,
        phone: str,
        status: int = 429,
        *,
        retry_after: int = 5,
        times: int | None = None,
        groups: bool = False,
    ) -> int:
        """Answer sends to this phone with 429, or 428 (a proof is asked for); `times` None: until cleared.

        groups: group messages too. retry_after: seconds. Returns the fault's id.
        """
        aci = self.phone(phone).aci
        target = f"({aci}|multi_recipient)" if groups else aci
        body = {"token": account_id(f"challenge {aci}"), "options": ["captcha"]} if status == 428 else ""
        headers = {"Retry-After": str(retry_after)}
        return self._server.refusals.add(f"^/v1/messages/{target}", status, "PUT", body, headers, times)

    async def fault(
        self,
        path: str,
        status: int,
        *,
        method: str | None = None,
        body: Any = "",
        headers: dict[str, str] | None = None,
        times: int | None = 1,
    ) -> int:
        """Answer messages whose request path matches this regular expression so. Returns the fault's id.

        Paths are `/v1/messages/` and an account id, or `/v1/messages/multi_recipient`.
        """
        return self._server.refusals.add(path, status, method, body, headers or {}, times)

    async def clear_faults(self, *ids: int) -> None:
        """Take back these refusals of the server, or all. (`faults` has a `clear` of its own.)"""
        self._server.refusals.clear(ids)

    async def calm(self) -> None:
        """Network up, no faults, signal-cli running."""
        self.faults.clear()
        await self.clear_faults()
        await self.network("up")
        if not self.is_running:
            await self.start_signal_cli()

    # --- looking inside

    async def state(self) -> JSON:
        """Phones, network, and how many messages wait for the bot."""
        phones = [
            {"name": phone.name, "aci": phone.aci, "number": phone.number, "online": phone.online}
            for phone in self._phones.values()
        ]
        waiting = {"device": BOT_DEVICE, "connected": self._daemon.is_listening}
        devices = [waiting | {"unacknowledged": len(self._server.mailbox)}]
        return {"network": self._server.mode, "phones": phones, "bot_devices": devices}

    async def waiting(self) -> int:
        """How many messages wait at the server for the bot to take them in."""
        return len(self._server.mailbox)
