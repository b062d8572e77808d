"""signalbot reads our inbox, and nothing it does can silence the bot, send, or tell a word to a log."""

import asyncio
import json

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from signalbot import DataMessageHandler, ReadyHandler
from signalbot.messages import EditMessage, parse

from bot.transport.incoming import Edit, GroupChanged, ReactionGiven
from bot.transport.signalbot_seam import (
    BuddySignalBot,
    InboxFedSignalAPI,
    SeamMisuseError,
)
from tests.unit.transport.fake_signal import ANA, BO, BOT, GROUP
from tests.unit.transport.seam import SECRET, SENT, Failing, Hanging, Seen, inbox, play, text, unhandled

__all__ = ["unhandled"]


async def test_handler_gets_the_text_and_finds_its_inbox_row(unhandled):
    seen = Seen()
    await play(unhandled, [seen], text("/start 2h"), text("/safe", group=GROUP))
    direct, grouped = seen.messages
    assert (direct.text, direct.source_uuid, direct.timestamp) == ("/start 2h", ANA, SENT)
    assert (direct.source_name, grouped.source_name) == ("0" * 32, "0" * 31 + "1")
    assert direct.is_private()
    assert grouped.group_info.group_id == GROUP
    assert unhandled.told == []


async def test_edit_goes_to_the_message_handler(unhandled):
    seen = Seen()
    await play(unhandled, [seen], Edit(ANA, SENT + 9, SENT + 9, None, "new", target_sent_ms=SENT))
    [edit] = seen.messages
    assert isinstance(edit, EditMessage)
    assert (edit.text, edit.target_sent_timestamp, edit.source_name) == ("new", SENT, "0" * 32)


async def test_reaction_goes_to_the_reaction_handler(unhandled):
    seen = Seen()
    reaction = ReactionGiven(BO, SENT, None, GROUP, "\N{THUMBS UP SIGN}", BOT, SENT - 5, is_remove=True)
    await play(unhandled, [seen], reaction)
    [got] = seen.messages
    assert (got.emoji, got.is_remove, got.target_author_uuid, got.source_uuid) == (reaction.emoji, True, BOT, BO)
    assert got.source_name == "0" * 32


@pytest.mark.parametrize("body", ["", "x" * 65_536, "\u202e\x1b[31m\x07", "\N{GRINNING FACE}" * 99, '"}{', "\ufffd"])
async def test_any_text_passes_unchanged(unhandled, body):
    seen = Seen()
    await play(unhandled, [seen], text(body))
    assert [message.text for message in seen.messages] == [body]


async def test_handlers_are_called_one_after_the_other_in_order(unhandled):
    seen = Seen()
    await play(unhandled, [seen], *(text(str(number)) for number in range(100)))
    assert [message.text for message in seen.messages] == [str(number) for number in range(100)]


async def test_message_that_no_handler_takes_is_reported(unhandled, counters):
    reaction = ReactionGiven(BO, SENT, None, None, "x", BOT, SENT, is_remove=False)
    await play(unhandled, [Failing()], reaction, counters=counters)
    assert unhandled.told == [("0" * 32, "no_handler")]
    assert counters.counted["no_handler"] == 1


async def test_what_is_not_for_handlers_is_reported(unhandled):
    await play(unhandled, [Seen()], GroupChanged(GROUP))
    assert unhandled.told == [("0" * 32, "not_for_handlers")]


async def test_handler_that_fails_is_reported_and_the_next_message_is_handled(unhandled):
    seen = Seen()
    await play(unhandled, [Failing(), seen], text(), text())
    assert [reason for _, reason in unhandled.told] == ["handler:ZeroDivisionError"] * 2
    assert len(seen.messages) == 2


async def test_handler_that_hangs_is_given_up(unhandled):
    await play(unhandled, [Hanging()], text())
    assert unhandled.told == [("0" * 32, "handler:TimeoutError")]


async def test_message_that_signalbot_cannot_parse_is_reported_and_the_next_is_handled(unhandled, monkeypatch):
    async def trip(api, raw):
        if "trip" in raw:
            raise ValueError(raw)
        return await parse(api, raw)

    monkeypatch.setattr("bot.transport.signalbot_seam.parse", trip)
    seen = Seen()
    await play(unhandled, [seen], text("trip"), text("next"))
    assert unhandled.told == [("0" * 32, "parse:ValueError")]
    assert [message.text for message in seen.messages] == ["next"]


async def test_report_that_fails_stops_nothing(counters):
    async def fail(inbox_id, reason):
        raise RuntimeError

    seen = Seen()
    await play(fail, [Failing(), seen], text(), text(), counters=counters)
    assert len(seen.messages) == 2
    assert counters.counted["unhandled_not_recorded"] == 2


async def test_inbox_that_fails_is_the_applications_business(unhandled):
    async def broken():
        yield "0" * 32, text()
        raise ZeroDivisionError

    seen = Seen()
    bot = BuddySignalBot(broken(), on_unhandled=unhandled)
    bot.register(seen)
    with pytest.raises(ZeroDivisionError):
        await bot.run_until_stopped()
    assert len(seen.messages) == 1


async def test_stop_lets_the_run_end_and_leaves_loop_and_scheduler_alone(unhandled):
    async def quiet():
        yield "0" * 32, text()
        await asyncio.Event().wait()

    bot = BuddySignalBot(quiet(), on_unhandled=unhandled)
    bot.register(Seen())
    bot.scheduler.start()
    work = asyncio.create_task(bot.run_until_stopped())
    await asyncio.sleep(1)
    await bot.stop()
    await work
    assert bot.scheduler.running
    assert asyncio.get_running_loop().is_running()
    bot.scheduler.shutdown()


async def test_ready_handlers_are_called_before_the_first_message(unhandled):
    order = []

    class Ready(ReadyHandler):
        async def handle_ready(self, context):
            order.append("ready")

    class Note(DataMessageHandler):
        async def handle_data_message(self, context):
            order.append("message")

    await play(unhandled, [Note(), Ready()], text())
    assert order == ["ready", "message"]


async def test_scheduler_is_signalbots_own_and_not_started(unhandled):
    bot = BuddySignalBot(inbox(), on_unhandled=unhandled)
    assert isinstance(bot.scheduler, AsyncIOScheduler)
    assert not bot.scheduler.running
    await bot.close()


async def test_signalbots_own_start_is_refused(unhandled):
    bot = BuddySignalBot(inbox(), on_unhandled=unhandled)
    with pytest.raises(SeamMisuseError):
        bot.start()
    await bot.close()


def test_bot_without_a_running_loop_is_refused(unhandled):
    with pytest.raises(RuntimeError):
        BuddySignalBot(None, on_unhandled=unhandled)


# --- what an upgrade of signalbot must not change unnoticed


async def test_our_envelope_holds_every_field_that_the_parser_requires(unhandled):
    api = InboxFedSignalAPI(inbox(text()), "", unhandled)
    [raw] = [line async for line in api.messages.receive()]
    assert set(json.loads(raw)) == {"account", "envelope"}
    assert (await parse(api, raw)).text == SECRET
