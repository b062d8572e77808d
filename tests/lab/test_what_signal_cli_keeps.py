"""What signal-cli itself keeps of what the bot sends, and what switches that off (docs/threat-model.md)."""

import asyncio
from pathlib import Path

import pytest

from tests.contract.steps import bot_message, make_group, says_hello, send
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


@pytest.mark.lab
@pytest.mark.parametrize(("more", "named"), [((), True), (("--scrub-log",), False)])
async def test_its_log_names_who_writes_to_a_group_after_leaving_unless_it_is_scrubbed(
    more: tuple[str, ...], named: bool
) -> None:
    async with SignalLab.start(phones=("ana", "bo"), options=(*TRUST_ALWAYS, *more)) as lab:
        ana, bo = lab.phone("ana"), lab.phone("bo")
        async with RpcClient.connect(lab.endpoint()) as rpc:
            await rpc.call("subscribeReceive")
            group = await make_group(rpc, ana, bo)
            await rpc.call("updateGroup", groupId=group, removeMember=[bo.aci])
            await bo.send("hello", group=group)
            log = await _log_with(lab, "unauthorized sender")
        assert (bo.aci in log, lab.account in log) == (named, named), log


async def _log_with(lab: SignalLab, words: str) -> str:
    async with asyncio.timeout(60):
        while words not in (log := (lab.folder / "signal-cli.log").read_text(encoding="utf-8")):
            await asyncio.sleep(0.1)
    return log
