"""The stand-in's signal-cli process: connections, subscriptions, calls, and what becomes of them."""

import asyncio
from typing import Any

from bot.practice import stand_in_rpc as rpc
from bot.practice.stand_in_account import Account
from bot.practice.stand_in_account_methods import AccountMethods
from bot.practice.stand_in_connection import StandInConnection
from bot.practice.stand_in_content import JSON
from bot.practice.stand_in_errors import INVALID_PARAMS, UNKNOWN_METHOD, RpcError, unexpected, user_error
from bot.practice.stand_in_faults import CallFate, CallFault, Faults
from bot.practice.stand_in_group_methods import GroupMethods
from bot.practice.stand_in_message_methods import MessageMethods
from bot.practice.stand_in_receiving import Reception
from bot.practice.stand_in_sending import Sending

STALLED_FOR = 40.0
"""Seconds after which a call gives up on a network that neither answers nor refuses."""
_WITHOUT_NETWORK = {
    "getAttachment",
    "listAccounts",
    "listContacts",
    "listIdentities",
    "subscribeReceive",
    "trust",
    "unsubscribeReceive",
    "version",
}


class StandInDaemon:
    """Runs, dies and starts again; the account stays."""

    def __init__(self, account: Account, faults: Faults) -> None:
        sending = Sending(account)
        self._account = account
        self._faults = faults
        self._server = account.server
        self._server.on_letter = self.fetch_soon
        self._server.on_network = self._network_changed
        self._reception = Reception(account)
        self._methods = (
            MessageMethods(account, sending).table()
            | GroupMethods(account, sending).table()
            | AccountMethods(account, sending).table()
        )
        self.running = False
        self._connections: list[StandInConnection] = []
        self._subscriptions: dict[int, StandInConnection] = {}
        self._next_subscription = 0
        self._stalled: list[tuple[StandInConnection, rpc.Request]] = []
        self._fetching = False

    # --- its life

    def start(self) -> None:
        """Begin anew: nobody is connected, nobody subscribed."""
        self.running = True
        self._next_subscription = 0

    def end(self) -> None:
        """Gone from one moment to the next: connections end, calls in hand are never answered."""
        self.running = False
        for connection in self._connections:
            connection.end()
        self._connections.clear()
        self._subscriptions.clear()
        self._stalled.clear()

    def connect(self) -> StandInConnection:
        """A new connection. Raises OSError when it does not run."""
        if not self.running:
            raise ConnectionRefusedError("signal-cli is not running.")
        connection = StandInConnection(self)
        self._connections.append(connection)
        return connection

    @property
    def is_listening(self) -> bool:
        """Whether it has a connection to the server: it wants one while somebody is subscribed."""
        return bool(self._subscriptions) and self._server.connected

    # --- receiving

    def fetch_soon(self) -> None:
        """Take in what waits at the server, at the next turn of the loop."""
        if not self._fetching and self._subscriptions:
            self._fetching = True
            asyncio.get_running_loop().call_soon(self._fetch)

    def drained(self) -> None:
        """A subscriber has read on."""
        self.fetch_soon()

    def _fetch(self) -> None:
        self._fetching = False
        while self._server.mailbox and self._can_receive():
            letter = self._server.mailbox.popleft()
            lose = self._faults.take_death()
            if lose is not None:
                if not lose:
                    self._server.mailbox.appendleft(letter)
                self.end()
                return
            for told in self._reception.open(letter):
                self._notify(told)

    def _can_receive(self) -> bool:
        clogged = any(connection.is_clogged for connection in self._subscriptions.values())
        return self.is_listening and self._server.is_reachable and not clogged

    def _notify(self, told: JSON) -> None:
        for subscription, connection in self._subscriptions.items():
            connection.put(rpc.line(rpc.notification(subscription, told)))

    def _network_changed(self) -> None:
        if self._server.mode != "stall":
            for connection, request in self._stalled:
                asyncio.get_running_loop().call_soon(self._carry_out, connection, request)
            self._stalled.clear()
        self.fetch_soon()

    # --- calls

    def hung_up(self, connection: StandInConnection) -> None:
        """A client has closed its connection."""
        if connection in self._connections:
            self._connections.remove(connection)
        gone = [each for each, subscriber in self._subscriptions.items() if subscriber is connection]
        for subscription in gone:
            del self._subscriptions[subscription]
        self.fetch_soon()

    def take(self, connection: StandInConnection, line: bytes) -> None:
        """A line from a client."""
        if connection.ended:
            return
        try:
            given = rpc.parse(line)
            if isinstance(given, list) and given:
                connection.put(rpc.line([self._answer(connection, rpc.request_from(each)) for each in given]))
            else:
                self._call(connection, rpc.request_from(given))
        except rpc.InvalidRequestError as problem:
            connection.put(rpc.line(problem.answer))

    def _call(self, connection: StandInConnection, request: rpc.Request) -> None:
        fault = self._faults.for_call(request.method)
        if fault is None:
            self._carry_out(connection, request)
        elif fault.after_effect:
            self._suffer(fault, connection, request, self._answer(connection, request))
        else:
            self._suffer(fault, connection, request, None)

    def _suffer(
        self, fault: CallFault, connection: StandInConnection, request: rpc.Request, answer: JSON | None
    ) -> None:
        if fault.fate is CallFate.REFUSE:
            refusal = RpcError(fault.code, fault.message)
            connection.put(rpc.line(rpc.error(request.call_id, refusal)))
        elif fault.fate is CallFate.DIE:
            self.end()
        elif fault.fate is CallFate.DELAY:
            loop = asyncio.get_running_loop()
            if answer is None:
                loop.call_later(fault.seconds, self._carry_out, connection, request)
            else:
                loop.call_later(fault.seconds, connection.put, rpc.line(answer))

    def _carry_out(self, connection: StandInConnection, request: rpc.Request) -> None:
        if connection.ended:
            return
        if self._server.mode == "stall" and request.method not in _WITHOUT_NETWORK:
            waiting = (connection, request)
            self._stalled.append(waiting)
            asyncio.get_running_loop().call_later(STALLED_FOR, self._give_up, waiting)
            return
        self._respond(connection, request)

    def _give_up(self, waiting: tuple[StandInConnection, rpc.Request]) -> None:
        if waiting in self._stalled:
            self._stalled.remove(waiting)
            self._respond(*waiting)

    def _respond(self, connection: StandInConnection, request: rpc.Request) -> None:
        answer = self._answer(connection, request)
        if request.call_id is not None:
            connection.put(rpc.line(answer))

    def _answer(self, connection: StandInConnection, request: rpc.Request) -> JSON:
        try:
            return rpc.result(request, self._do(connection, request))
        except RpcError as failure:
            return rpc.error(request.call_id, failure)
        except (TypeError, ValueError, KeyError) as stumble:  # parameters of a kind that nobody expected
            return rpc.error(request.call_id, unexpected(type(stumble).__name__))

    def _do(self, connection: StandInConnection, request: rpc.Request) -> Any:
        if request.params.get("account", self._account.address.number) != self._account.address.number:
            raise RpcError(INVALID_PARAMS, "Specified account does not exist")
        if request.method == "subscribeReceive":
            return self._subscribe(connection)
        if request.method == "unsubscribeReceive":
            return self._unsubscribe(request.params.get("subscription"))
        method = self._methods.get(request.method)
        if method is None:
            raise RpcError(UNKNOWN_METHOD, "Method not implemented")
        return method(request.params)

    def _subscribe(self, connection: StandInConnection) -> int:
        subscription = self._next_subscription
        self._next_subscription += 1
        if not self._subscriptions:
            self._server.connect_anew()
        self._subscriptions[subscription] = connection
        self.fetch_soon()
        return subscription

    def _unsubscribe(self, subscription: Any) -> JSON:
        if subscription is None:
            raise user_error("Missing subscription parameter with subscription id")
        if self._subscriptions.pop(subscription, None) is None:
            raise user_error("Unknown subscription id")
        return {}
