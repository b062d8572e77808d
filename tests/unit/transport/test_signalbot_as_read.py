"""signalbot is as it was read: what the seam relies on, and no type promises."""

import inspect
from importlib.metadata import version

import signalbot
import signalbot._pipeline
from signalbot import SignalBot
from signalbot._pipeline import MessagePipeline
from signalbot.messages import DataMessage, EditMessage, parse
from signalbot.storage import SQLiteStorage

from bot.transport.signalbot_seam import (
    SIGNALBOT_VERSION,
)


def parameters(function):
    return list(inspect.signature(function).parameters)


def test_signalbot_is_the_version_that_was_read():
    assert version("signalbot") == SIGNALBOT_VERSION == "2.2.1"


def test_every_private_name_that_the_seam_uses_is_there():
    assert parameters(SignalBot.__init__) == ["self", "config"]
    assert parameters(SignalBot._init_actions) == ["self"]
    assert parameters(SignalBot._async_init) == ["self"]
    assert parameters(SignalBot.start) == ["self", "run_forever"]
    assert parameters(SignalBot.stop) == parameters(SignalBot.request_stop) == parameters(SignalBot.close) == ["self"]
    assert parameters(MessagePipeline.__init__) == ["self", "bot", "signal", "groups", "logger"]
    assert parameters(MessagePipeline._dispatch_to_handlers) == ["self", "message"]
    assert inspect.iscoroutinefunction(MessagePipeline._dispatch_to_handlers)
    assert parameters(parse) == ["signal", "raw_message_str"]
    assert signalbot.LOGGER_NAME == "signalbot"
    source = inspect.getsource(SignalBot)
    for name in ("self._signal = ", "self._logger = ", "self._pipeline = ", "self.scheduler = ", "self.storage = "):
        assert name in source
    assert "self._sqlite = " in inspect.getsource(SQLiteStorage)


def test_the_pipelines_queue_holds_handler_job_and_time():
    source = inspect.getsource(MessagePipeline)
    assert "self._q.put((r.handler, job, time.perf_counter()))" in source
    assert "self._q: asyncio.Queue" in source


def test_start_asks_our_api_for_no_more_than_it_has():
    source = inspect.getsource(SignalBot._async_init)
    asked = [line.split("await ")[1] for line in source.splitlines() if "await " in line]
    assert asked == [
        "self._check_signal_service()",
        "self._check_signal_cli_rest_api_version()",
        "self._check_signal_cli_rest_api_mode()",
        "self.groups.refresh()",
        "self._pipeline.resolve_handlers()",
        "self._pipeline.run_ready_handlers()",
    ]


def test_handlers_are_chosen_as_the_seam_expects():
    dispatch = signalbot._pipeline._MESSAGE_DISPATCH
    assert dispatch[DataMessage][2] == dispatch[EditMessage][2] == "handle_data_message"
    assert dispatch[signalbot.Reaction][2] == "handle_reaction"
