"""An answer that comes after its send was given up (DESIGN, invariant 8)."""

import asyncio
from dataclasses import replace

import pytest

from bot.transport.calls import Quote
from bot.transport.outcomes import Failure, FailureKind, SendOutcome
from storage.outbox import OutboxState
from tests.unit.bot.post import Post, Signal, alert, reply

REACHED = SendOutcome(sent_ms=7, reached=frozenset({"bo"}))
NOT_REACHED = SendOutcome(failures={"bo": Failure(FailureKind.IDENTITY)})


class LateSignal(Signal):
    """The first message is given up at once, and answered half a second later."""

    def __init__(self, late: SendOutcome) -> None:
        super().__init__()
        self.late = late
        self.later_take = 0.01
        self.later = REACHED
        self.still_waited_for = 0

    async def send_to_person(self, aci: str, text: str, quote: Quote | None = None) -> SendOutcome:
        self.tries.append((aci, asyncio.get_running_loop().time()))
        if len(self.tries) == 1:
            return SendOutcome(unknown=True, late=self._answer)
        await asyncio.sleep(self.later_take)
        return replace(self.later, sent_ms=len(self.tries))

    async def _answer(self) -> SendOutcome:
        self.still_waited_for += 1
        try:
            await asyncio.sleep(0.5)
            return self.late
        finally:
            self.still_waited_for -= 1


async def test_it_counts_as_sent_and_is_not_sent_again(post: Post) -> None:
    bo = await post.person("bo")
    post.signal = LateSignal(REACHED)
    async with post.at_work():
        (row_id,) = await post.queue(reply(bo))
        await asyncio.sleep(600)
    row = await post.store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert (row.state, row.sent_ms, len(post.signal.tries)) == (OutboxState.SENT, 7, 1)


async def test_that_it_has_not_reached_anybody_is_no_news(post: Post) -> None:
    bo = await post.person("bo")
    post.signal = LateSignal(NOT_REACHED)
    async with post.at_work():
        await post.queue(reply(bo))
        await asyncio.sleep(600)
    assert [round(at) for _, at in post.signal.tries] == [0, 1]
    assert await post.waiting() == 0


@pytest.mark.parametrize("kind", [FailureKind.IDENTITY, FailureKind.UNREGISTERED])
async def test_a_second_try_that_fails_after_it_wakes_no_other_buddy(
    post: Post, monkeypatch: pytest.MonkeyPatch, kind: FailureKind
) -> None:
    """The alert has left, whatever becomes of the copy."""
    told: list[object] = []
    monkeypatch.setattr("bot.outbox.alert_not_sent", lambda *given, **_: told.append(given))
    bo = await post.person("bo")
    signal = post.signal = LateSignal(REACHED)
    signal.later_take, signal.later = 5.0, SendOutcome(failures={"bo": Failure(kind)})
    first = signal._answer

    async def answer() -> SendOutcome:
        await asyncio.sleep(2)
        return await first()

    monkeypatch.setattr(signal, "_answer", answer)
    post.settling.flows()
    async with post.at_work():
        (row_id,) = await post.queue(alert(bo))
        await asyncio.sleep(600)
    row = await post.store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert (row.state, row.sent_ms, len(signal.tries)) == (OutboxState.SENT, 7, 2)
    assert len(told) == 1  # of the first try, when nothing was known yet


async def test_nobody_waits_for_it_any_longer_than_the_bot_runs(post: Post) -> None:
    bo = await post.person("bo")
    signal = post.signal = LateSignal(REACHED)
    async with post.at_work():
        await post.queue(reply(bo))
        await asyncio.sleep(0.3)
        assert signal.still_waited_for == 1
    assert signal.still_waited_for == 0
