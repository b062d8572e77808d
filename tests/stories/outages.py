"""The ways in which nothing that people write is heard, and how each ends."""

from tests.stories.scene import Scene

NETWORK_DOWN, NETWORK_STALLS = "network down", "network stalls"
SIGNAL_CLI_AWAY, BOT_DOWN, NOTHING_COMES_IN = "signal-cli away", "bot down", "nothing comes in"


async def begin_outage(scene: Scene, how: str) -> None:
    """With NOTHING_COMES_IN what the bot sends leaves all the same."""
    stand_in = scene.night.stand_in
    if how == SIGNAL_CLI_AWAY:
        await stand_in.kill_signal_cli()
    elif how == BOT_DOWN:
        await scene.dies()
    elif how == NOTHING_COMES_IN:
        stand_in.faults.refuse("subscribeReceive", times=None)
        daemon = stand_in._daemon
        for connection in set(daemon._subscriptions.values()):
            connection.end()
            daemon.hung_up(connection)
    else:
        await stand_in.network("stall" if how == NETWORK_STALLS else "down")


async def end_outage(scene: Scene, how: str) -> None:
    """All is as before; what waited comes in."""
    stand_in = scene.night.stand_in
    if how == SIGNAL_CLI_AWAY:
        await stand_in.start_signal_cli()
    elif how == BOT_DOWN:
        await scene.night.start_bot()
    elif how == NOTHING_COMES_IN:
        stand_in.faults.clear()
    else:
        await stand_in.network("up")
