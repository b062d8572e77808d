"""Nothing leaves through signalbot, and not a word of anybody reaches a log by it."""

import inspect
import io
import logging
from contextlib import redirect_stderr

import pytest
from signalbot import SendMessage
from signalbot._client import SignalAPI

from bot.transport.signalbot_seam import (
    EffectsLeaveThroughOutboxError,
    InboxFedSignalAPI,
)
from tests.unit.transport.fake_signal import ANA, GROUP
from tests.unit.transport.seam import SECRET, Failing, Seen, inbox, play, text, unhandled

__all__ = ["unhandled"]


async def test_nothing_leaves_through_signalbot(unhandled):
    seen = Seen()
    await play(unhandled, [seen], text())
    [context] = seen.contexts
    attempts = [
        lambda: context.send(SendMessage(text="hi")),
        lambda: context.reply(SendMessage(text="hi")),
        lambda: context.react("\N{THUMBS UP SIGN}"),
        context.start_typing,
        lambda: context.send_receipt("read"),
    ]
    for attempt in attempts:
        with pytest.raises(EffectsLeaveThroughOutboxError):
            await attempt()


async def test_every_section_of_signalbots_api_is_there_and_refuses(unhandled):
    ours = InboxFedSignalAPI(inbox(), "", unhandled)
    theirs = SignalAPI("localhost:8080", "")
    sections = {name for name in vars(theirs) if hasattr(getattr(theirs, name), "_request")}
    assert {"general", "messages", "groups"} < sections
    calls = 0
    for section in sections - {"general"}:
        for name, member in inspect.getmembers(type(getattr(theirs, section)), inspect.iscoroutinefunction):
            if name.startswith("_") or (section, name) == ("groups", "get_all"):
                continue
            assert member
            calls += 1
            with pytest.raises(EffectsLeaveThroughOutboxError):
                await getattr(getattr(ours, section), name)()
    assert calls > 8


async def test_no_http_session_is_ever_made(unhandled, monkeypatch):
    def forbidden(*_, **__):
        raise AssertionError("an HTTP session was made")

    monkeypatch.setattr("aiohttp.ClientSession", forbidden)
    seen = Seen()
    await play(unhandled, [seen], text())
    assert seen.messages


@pytest.fixture
def loggers_as_before():
    names = ["signalbot", "apscheduler"]
    before = {name: (list(logging.getLogger(name).handlers), logging.getLogger(name).level) for name in names}
    yield
    for name, (handlers, level) in before.items():
        logging.getLogger(name).handlers[:] = handlers
        logging.getLogger(name).setLevel(level)


async def test_not_a_word_reaches_log_or_stderr(unhandled, caplog, counters, loggers_as_before):
    caplog.set_level(logging.DEBUG)
    captured = io.StringIO()
    with redirect_stderr(captured):
        await play(unhandled, [Failing(), Seen()], text(), text(group=GROUP), counters=counters)
        try:
            int(SECRET)
        except ValueError:
            logging.getLogger("signalbot").exception("[Raw Message] %s", SECRET)
            logging.getLogger("apscheduler.executors.default").exception("Job %s raised", SECRET)
    told = captured.getvalue() + "".join(f"{record.getMessage()}{record.exc_text}" for record in caplog.records)
    assert SECRET not in told
    assert ANA not in told
    assert "ValueError" in told
    assert counters.counted["signalbot_error"] == counters.counted["apscheduler_error"] == 1


async def test_each_further_bot_adds_no_log_handler(unhandled, loggers_as_before):
    for _ in range(3):
        await play(unhandled, [Seen()], text())
    assert len(logging.getLogger("signalbot").handlers) == 1
