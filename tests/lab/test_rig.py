"""The lab itself: it says what is missing, cleans up behind itself, and what it shows of signal-cli is real."""

import asyncio
import json
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.contract.steps import says_hello
from tests.lab.parts import HERE, PartsMissingError, find_parts
from tests.lab.rpc import RpcClient
from tests.lab.signal_lab import SignalLab

KILLED_RUN = """
import asyncio
from tests.lab.signal_lab import SignalLab

async def main():
    async with SignalLab.start(phones=()) as lab:
        print(lab.folder, *lab.process_ids(), flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


def lives(process_id: int) -> bool:
    """A killed process that nobody has asked after yet counts as dead."""
    try:
        status = Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(") ")[2][0] != "Z"


async def texts_until(rpc: RpcClient, last: str) -> list[str]:
    texts = []
    while last not in texts:
        envelope = await rpc.next_envelope(lambda e: "dataMessage" in e)
        texts.append(envelope["dataMessage"]["message"])
    return texts


async def test_missing_parts_are_named_with_the_way_to_get_them(tmp_path):
    with pytest.raises(PartsMissingError, match=r"not installed\. Run `make test`"):
        find_parts(tmp_path)


async def test_every_part_from_npm_is_pinned_by_hash_and_by_no_address():
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
    for path, part in locked.items():
        if path:
            assert part["integrity"].startswith("sha512-"), path
            assert "resolved" not in part, path


@pytest.mark.lab
async def test_nothing_is_left_of_a_lab():
    async with SignalLab.start(phones=()) as lab:
        process_ids = lab.process_ids()
        assert [lives(process_id) for process_id in process_ids] == [True, True]
    assert not lab.folder.exists()
    assert [lives(process_id) for process_id in process_ids] == [False, False]


@pytest.mark.lab
async def test_a_killed_test_run_takes_its_children_along():
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED_RUN, cwd=HERE.parent.parent, stdout=asyncio.subprocess.PIPE
    )
    told = (await run.stdout.readline()).decode().split()
    folder, process_ids = told[0], [int(word) for word in told[1:]]
    os.kill(run.pid, signal.SIGKILL)
    await run.wait()
    async with asyncio.timeout(10):
        while any(lives(process_id) for process_id in process_ids):
            await asyncio.sleep(0.05)
    shutil.rmtree(folder)  # nobody was left to do it


@pytest.mark.lab
async def test_messages_wait_when_subscribers_take_their_time(lab):
    """README.md says what happens when they do not."""
    ana = lab.phone("ana")
    for _ in range(3):
        async with RpcClient.connect(lab.endpoint()) as rpc:
            await rpc.call("subscribeReceive")
            await says_hello(rpc, ana)
        await asyncio.sleep(1.0)
    await ana.send("while nobody listens")
    async with RpcClient.connect(lab.endpoint()) as rpc:
        await rpc.call("subscribeReceive")
        await ana.send("now somebody does")
        assert (await texts_until(rpc, "now somebody does")) == ["while nobody listens", "now somebody does"]
