"""What signal-cli itself keeps of what the bot sends, and what switches that off (docs/threat-model.md)."""

from pathlib import Path

import pytest

from tests.contract.steps import bot_message, says_hello, send
from tests.lab.rpc import RpcClient
from tests.lab.signal_lab import TRUST_ALWAYS, SignalLab

CANARY = "Harbour Lane 2130 canary"


def files_with_it(folder: Path) -> set[str]:
    """The names of the files below signal-cli's folder that hold the text as it was written."""
    return {path.name for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()}


@pytest.mark.lab
@pytest.mark.parametrize(("more", "kept"), [((), True), (("--disable-send-log",), False)])
async def test_its_send_log_holds_what_was_sent_unless_it_is_switched_off(more: tuple[str, ...], kept: bool) -> None:
    """It is there so that a phone that could not read a message may ask for it once more."""
    async with SignalLab.start(phones=("ana",), options=(*TRUST_ALWAYS, *more)) as lab:
        ana = lab.phone("ana")
        async with RpcClient.connect(lab.endpoint()) as rpc:
            await rpc.call("subscribeReceive")
            await says_hello(rpc, ana)
            await send(rpc, ana, CANARY)
            await bot_message(ana, CANARY)
        await lab.stop_signal_cli()
        found = files_with_it(lab.folder)
        assert bool(found) is kept, found
