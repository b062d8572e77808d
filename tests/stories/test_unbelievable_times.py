"""Times that cannot be believed, a sender's or the server's, put off no deadline (SPEC: "Ways in")."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.practice.stand_in_envelope import notification
from tests.stories.dialog import WORD, Scene, Someone, story

Change = Callable[[dict[str, Any]], None]


ALERT = "Timer of Ana: no word since 18:05. …"
TAKEN = "You have it. Thank you. …"


@pytest.fixture
def envelopes(monkeypatch: pytest.MonkeyPatch) -> list[Change]:
    """What is done to each envelope before the bot sees it."""
    changes: list[Change] = []

    def changed(*given: Any, **more: Any) -> Any:
        told = notification(*given, **more)
        for change in changes:
            change(told["envelope"])
        return told

    monkeypatch.setattr("bot.practice.stand_in_receiving.notification", changed)
    return changes


def _server_time(value: int | None) -> Change:
    def change(envelope: dict[str, Any]) -> None:
        envelope.pop("serverReceivedTimestamp")
        if value is not None:
            envelope["serverReceivedTimestamp"] = value

    return change


ABSURD = [
    *((server_time, None) for server_time in (None, 0, -1, -(2**62), 2**53 - 1, 2**53, 2**62)),
    *((server_time, sent_ms) for server_time in (None, 2**53 - 1) for sent_ms in (2, 10**9, 2**41, 2**53 - 2)),
]


@pytest.mark.parametrize(("server_time", "sent_ms"), ABSURD)
@story()
async def test_without_a_time_to_believe_in_it_counts_from_its_arrival(
    ana: Someone, bo: Someone, scene: Scene, envelopes: list[Change], server_time: int | None, sent_ms: int | None
) -> None:
    """Never from the sender's clock, wherever that stands."""
    envelopes.append(_server_time(server_time))
    await ana.phone.send("/start 10m", timestamp=sent_ms)
    await ana.reads("Saved. Your timer runs until 18:10. …")
    await ana.phone.send("/status", timestamp=sent_ms and sent_ms - 1)
    await ana.reads("Your timer runs until 18:10. …")
    await scene.until("18:15:00")
    await bo.reads("Timer of Ana: no word since 18:10. …")
    await ana.phone.send(WORD, timestamp=sent_ms and sent_ms + 1)
    await bo.reads("Ana has sent the word, 18:15: …")


@pytest.mark.parametrize("field", ["dataMessage", "envelope"])
@pytest.mark.parametrize("sent_ms", [-1, 0, 2**53, 2**63 - 1, None, "soon"])
@story()
async def test_one_believable_sent_time_is_enough_to_be_answered(
    ana: Someone, bo: Someone, scene: Scene, envelopes: list[Change], sent_ms: Any, field: str
) -> None:
    """It only names the message; the other of its two places will do."""

    def change(envelope: dict[str, Any]) -> None:
        if "dataMessage" in envelope:
            place = envelope if field == "envelope" else envelope["dataMessage"]
            place["timestamp"] = sent_ms

    envelopes.append(change)
    await ana.says("/start 10m")
    await ana.reads("Saved. Your timer runs until 18:10. …")


@pytest.mark.parametrize("server_time", [None, 0, 2**53 - 1])
@story()
async def test_reactions_and_edits_of_no_known_time_count_too(
    ana: Someone, bo: Someone, scene: Scene, envelopes: list[Change], server_time: int | None
) -> None:
    envelopes.append(_server_time(server_time))
    sent = await ana.says("/strat 5m")
    await ana.reads("Nothing changed. …")
    await ana.edits(sent, "/start 5m")
    await ana.reads("Saved. Your timer runs until 18:05. …")
    await bo.reacts("👍", await bo.reads_in_group("Ana's timer runs until 18:05. …"))
    await ana.reads("Bo has seen it. …")
    await scene.until("18:10:00")
    await bo.reacts("👍", await bo.reads(ALERT))
    await bo.reads(TAKEN)


@story()
async def test_a_server_clock_that_runs_ahead_puts_off_no_deadline(
    ana: Someone, bo: Someone, scene: Scene, envelopes: list[Change]
) -> None:
    ahead = round((scene.clock.now() + timedelta(hours=5)).timestamp() * 1000)
    envelopes.append(_server_time(ahead))
    await ana.says("/start 5m")
    await ana.reads("Saved. Your timer runs until 18:05. …")
