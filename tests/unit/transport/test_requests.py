"""A call as a line; a file in it in pieces, so that nothing waits for a large one (SPEC: "Silent alarm")."""

import asyncio
import base64
import json

import pytest

from bot.transport.requests import FILE, FileToSend, request_line


async def test_a_call_is_one_line_of_json():
    line = await request_line("7", "send", {"message": "hello\nyou", "recipient": ["ana"]})
    assert b"\n" not in line
    assert json.loads(line) == {
        "jsonrpc": "2.0",
        "id": "7",
        "method": "send",
        "params": {"message": "hello\nyou", "recipient": ["ana"]},
    }


@pytest.mark.parametrize("size", [0, 1, 2, 3 * 65_536, 3 * 65_536 + 1, 500_000])
async def test_a_file_is_spelled_out_as_a_data_address(size: int):
    contents = bytes(number % 251 for number in range(size))
    file = FileToSend('a "door".jpg', "image/jpeg", contents)
    params = json.loads(await request_line("7", "send", {"message": "x", FILE: file, "recipient": ["ana"]}))["params"]
    (address,) = params.pop(FILE)
    head, body = address.split(",", 1)
    assert head == 'data:image/jpeg;filename=a "door".jpg;base64'
    assert base64.b64decode(body, validate=True) == contents
    assert params == {"message": "x", "recipient": ["ana"]}


async def test_while_a_large_file_is_spelled_out_others_have_their_turn():
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    running = asyncio.ensure_future(others())
    await request_line("7", "send", {"message": "x", FILE: FileToSend("", "image/jpeg", bytes(9_500_000))})
    running.cancel()
    assert turns > 40
