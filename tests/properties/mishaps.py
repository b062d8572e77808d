"""What goes wrong in an evening, besides a bot that is killed. Each begins at once, and is over after a while."""

import asyncio

from bot.practice.stand_in_faults import CallFate, CallFault
from tests.properties.evenings import Mishap
from tests.properties.night import Night

CALL = 60.0
"""Seconds after which the bot gives a call up."""


def signal_cli_dies(night: Night) -> None:
    """It is started again five seconds later, as its service would do."""
    night.allow(5 + 10)
    night.evening.stand_in._daemon.end()
    night.later(5, lambda: revive(night))


async def revive(night: Night) -> None:
    if not night.evening.stand_in.is_running:
        await night.evening.stand_in.start_signal_cli()


def network_is_cut(night: Night) -> None:
    """Signal cannot be reached for a minute."""
    night.allow(60 + 30)
    night.evening.stand_in._server.set_network("down")
    night.later(60, lambda: night.evening.stand_in.network("up"))


def network_stalls(night: Night) -> None:
    """Nothing moves for half a minute; calls wait."""
    night.allow(CALL + 30)
    night.evening.stand_in._server.set_network("stall")
    night.later(30, lambda: night.evening.stand_in.network("up"))


def a_call_is_never_answered(night: Night) -> None:
    """Although it was carried out."""
    night.allow(CALL + 15)
    night.evening.stand_in.faults.hang(after_effect=True)


def a_call_is_lost(night: Night) -> None:
    """And never answered."""
    night.allow(CALL + 15)
    night.evening.stand_in.faults.hang()


def calls_are_refused(night: Night) -> None:
    """The next three."""
    night.allow(15)
    night.evening.stand_in.faults.refuse(times=3)


def signal_cli_dies_at_the_next_call(night: Night) -> None:
    """Just before it would have answered."""
    night.allow(5 + 10)
    rule = CallFault(None, CallFate.DIE, 1, 1.0, after_effect=True)
    night.evening.stand_in.faults._calls.append(rule)
    restart_when_down(night)


def restart_when_down(night: Night) -> None:
    async def watch() -> None:
        while night.evening.stand_in.is_running:
            await asyncio.sleep(1)
        await asyncio.sleep(5)
        await revive(night)

    night.later(0, watch)


def receiving_flaps(night: Night) -> None:
    """The connection on which messages come in ends every three seconds, for three minutes."""
    night.allow(40)

    async def flap() -> None:
        for _ in range(60):
            end_receiving(night)
            await asyncio.sleep(3)

    night.later(0, flap)


def end_receiving(night: Night) -> None:
    daemon = night.evening.stand_in._daemon
    for connection in set(daemon._subscriptions.values()):
        connection.end()
        daemon.hung_up(connection)


MISHAPS: tuple[Mishap, ...] = (
    signal_cli_dies,
    network_is_cut,
    network_stalls,
    a_call_is_never_answered,
    a_call_is_lost,
    calls_are_refused,
    signal_cli_dies_at_the_next_call,
    receiving_flaps,
)
