"""Files both ways, byte for byte: where signal-cli leaves them, and how it sends them."""

import base64
import json
import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.transport.attachment_fields import attachments_in
from bot.transport.calls import SignalCalls
from bot.transport.errors import answer_from
from bot.transport.incoming import Attachment
from bot.transport.requests import FileToSend, request_line
from tests.contract.steps import bot_message, says_hello
from tests.contract.world import Happening, World
from tests.lab.rpc import RpcClient

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHOTO = random.Random(5).randbytes(300_000)
LARGEST = 10 * 1024 * 1024


async def arrived(rpc: RpcClient) -> list[Attachment]:
    envelope = await rpc.next_envelope(lambda e: (e.get("dataMessage") or {}).get("attachments") is not None, 60)
    return list(attachments_in(envelope["dataMessage"]))


def calls(rpc: RpcClient) -> SignalCalls:
    async def ask(method, params, timeout=None):
        spelled = json.loads(await request_line("0", method, params))["params"]
        return answer_from({"result": await rpc.call(method, **spelled)})

    return SignalCalls(ask, None)


def files_of(message: Happening) -> list[tuple[str | None, str, bytes]]:
    return [(a.get("filename"), a["content_type"], base64.b64decode(a["data"])) for a in message.data["attachments"]]


async def test_a_file_is_whole_when_its_message_is_told(world: World, rpc, ana):
    await ana.send("two", attachments=[("door.jpg", "image/jpeg", PHOTO), ("ünï cödé.aac", "audio/aac", b"\0voice")])
    photo, voice = await arrived(rpc)
    assert await world.attachments.read(photo.id, LARGEST) == PHOTO
    assert await world.attachments.read(voice.id, LARGEST) == b"\0voice"
    assert (photo.content_type, photo.file_name, photo.size) == ("image/jpeg", "door.jpg", len(PHOTO))
    assert (voice.content_type, voice.size) == ("audio/aac", 6)


async def test_a_file_without_a_name_has_an_id_too(world: World, rpc, ana):
    await ana.send(attachments=[("", "image/jpeg", PHOTO)])
    (photo,) = await arrived(rpc)
    assert photo.file_name == ""
    assert await world.attachments.read(photo.id, LARGEST) == PHOTO


async def test_it_is_gone_after_it_was_deleted(world: World, rpc, ana):
    await ana.send("once", attachments=[("door.jpg", "image/jpeg", PHOTO)])
    (photo,) = await arrived(rpc)
    assert photo.id in await world.attachments.leftovers(datetime.now(UTC) + timedelta(minutes=1))
    assert photo.id not in await world.attachments.leftovers(datetime.now(UTC) - timedelta(minutes=1))
    await world.attachments.delete(photo.id)
    assert await world.attachments.read(photo.id, LARGEST) is None
    assert photo.id not in await world.attachments.leftovers(datetime.now(UTC) + timedelta(minutes=1))
    await world.attachments.delete(photo.id)


async def test_more_than_is_wanted_is_not_read(world: World, rpc, ana):
    await ana.send("large", attachments=[("door.jpg", "image/jpeg", PHOTO)])
    (photo,) = await arrived(rpc)
    assert await world.attachments.read(photo.id, len(PHOTO) - 1) is None
    assert await world.attachments.read(photo.id, len(PHOTO)) == PHOTO


async def test_the_bot_sends_a_file_with_name_type_and_text(world: World, rpc, ana):
    await says_hello(rpc, ana)
    outcome = await calls(rpc).send_file(ana.aci, "A photo", FileToSend("door.jpg", "image/jpeg", PHOTO))
    assert outcome.complete
    message = await bot_message(ana, "A photo")
    assert message.timestamp == outcome.sent_ms
    assert files_of(message) == [("door.jpg", "image/jpeg", PHOTO)]


async def test_a_file_without_a_name_leaves_without_one(world: World, rpc, ana):
    await says_hello(rpc, ana)
    await calls(rpc).send_file(ana.aci, "A voice note", FileToSend("", "audio/aac", b"\0voice"))
    ((name, kind, contents),) = files_of(await bot_message(ana, "A voice note"))
    assert (name or "", kind, contents) == ("", "audio/aac", b"\0voice")


async def test_the_largest_file_goes_both_ways(world: World, rpc, ana):
    await says_hello(rpc, ana)
    large = random.Random(6).randbytes(LARGEST)
    await ana.send("largest", attachments=[("a.bin", "application/octet-stream", large)])
    (file,) = await arrived(rpc)
    assert await world.attachments.read(file.id, LARGEST) == large
    await world.attachments.delete(file.id)
    await calls(rpc).send_file(ana.aci, "back", FileToSend("a.bin", "application/octet-stream", large))
    message = await ana.expect(lambda e: e.event == "message" and e.body == "back", 60)
    assert files_of(message) == [("a.bin", "application/octet-stream", large)]


async def test_a_text_longer_than_a_message_comes_with_all_of_it_as_a_file(world: World, rpc, ana):
    """Phones cut long texts; signal-cli may put them together again. The bot takes whichever is longer."""
    whole = "x" * 2500
    await ana.send(whole[:2000], attachments=[("", "text/x-signal-plain", whole.encode())])
    envelope = await rpc.next_envelope(lambda e: (e.get("dataMessage") or {}).get("message") is not None)
    text, files = envelope["dataMessage"]["message"], attachments_in(envelope["dataMessage"])
    read = [await world.attachments.read(file.id, LARGEST) for file in files]
    assert text == whole or read == [whole.encode()]
