"""What fails is tried again, and nothing is lost, doubled, or held up by it (DESIGN, invariants 1, 7 and 8)."""

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pytest

from bot.domain.outgoing import NOT_MADE
from bot.errors import StorageUnavailable
from bot.transport.outcomes import FailureKind
from storage.leases import Lease
from storage.outbox import OutboxState
from storage.records import Records
from storage.single_process import release_leases
from tests.unit.bot.post import Post, alert, reply
from tests.virtual import HOUR, MINUTE


async def test_a_failed_send_is_tried_again_after_growing_pauses(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.fails["bo"] = FailureKind.IDENTITY
    async with post.at_work():
        await post.queue(reply(bo))
        await asyncio.sleep(130)
    pauses = [later[1] - earlier[1] for earlier, later in pairwise(post.signal.tries)]
    assert [round(pause) for pause in pauses] == [1, 2, 4, 8, 16, 32, 60]


async def test_an_account_that_is_gone_frees_its_lane(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.fails["bo"] = FailureKind.UNREGISTERED
    async with post.at_work():
        await post.queue(reply(bo), reply(bo))
        await asyncio.sleep(1)
    assert len(post.signal.tries) == 2
    assert await post.waiting() == 0


async def test_one_recipients_network_failure_holds_nobody_else_up(post: Post) -> None:
    """signal-cli says "network" for any strange answer of the server, also when it concerns one account alone."""
    bo, cy = await post.person("bo"), await post.person("cy")
    post.signal.fails["bo"] = FailureKind.NETWORK
    async with post.at_work():
        await post.queue(alert(bo))
        for second in range(60):
            await asyncio.sleep(1)
            await post.queue(alert(cy))
            await asyncio.sleep(0.1)
            assert len(post.signal.sent_to("cy")) == second + 1
    assert post.settling.settled
    assert post.signal.probes <= len([to for to, _ in post.signal.tries if to == "bo"])


async def test_when_signals_network_returns_what_waited_there_is_let_in_and_then_alerts_leave(post: Post) -> None:
    bo = await post.person("bo")
    post.settling.flows()
    post.signal.away = True
    async with post.at_work():
        await asyncio.sleep(20)
        await post.queue(alert(bo))
        await asyncio.sleep(600)
        tries = len(post.signal.tries)
        assert tries <= 11  # round trips ask instead, and one message in a minute may try all the same
        assert post.signal.probes >= 100
        post.signal.away = False
        await asyncio.sleep(5)
        assert len(post.signal.tries) == tries
        await asyncio.sleep(5.5)
        assert len(post.signal.sent_to("bo")) == 1


async def test_nothing_is_lost_and_nothing_doubled_while_signal_comes_and_goes(post: Post) -> None:
    people = [await post.person(f"person {number}") for number in range(5)]
    post.settling.flows()
    async with post.at_work():
        for number in range(60):
            post.signal.away = number % 7 > 3
            await post.queue(*[reply(person) for person in people])
            await asyncio.sleep(3)
        post.signal.away = False
        await asyncio.sleep(120)
    assert len(post.signal.sent) == 60 * 5
    assert await post.waiting() == 0


async def test_what_cannot_be_recorded_is_not_sent_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    bo = await post.person("bo")
    run = post.store.run_inline

    def away(work: Callable[[Records], object]) -> object:
        if 1 <= asyncio.get_running_loop().time() < 20:
            raise StorageUnavailable("away")
        return run(work)

    monkeypatch.setattr(post.store, "run_inline", away)
    post.signal.takes["bo"] = 2
    async with post.at_work():
        await post.queue(reply(bo))
        await asyncio.sleep(60)
        assert await post.waiting() == 0
    assert len(post.signal.sent) == 1


async def test_what_follows_from_an_alert_may_fail_without_the_alert_being_sent_again_and_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What became of a message is kept, whatever is damaged in what would follow from it."""

    def broken(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr("bot.outbox.answer_sos", broken)
    bo = await post.person("bo")
    async with post.at_work():
        await post.queue(alert(bo))
        await asyncio.sleep(1200)
    assert len(post.signal.sent_to("bo")) == 1
    assert post.log.counts["delivery_not_followed"] == 1


async def test_what_an_earlier_run_had_in_hand_leaves_when_its_lease_ends(post: Post) -> None:
    bo = await post.person("bo")
    await post.queue(alert(bo))
    now = post.clock.now()
    await post.store.run(lambda records: records.outbox.claim(now, 10, Lease("dead", now + MINUTE), urgent=True))
    async with post.at_work():
        await asyncio.sleep(61)
    assert [round(at) for at in post.signal.sent_to("bo")] == [60]


async def test_a_failure_counts_for_nothing_once_another_bot_has_sent_the_alert(post: Post) -> None:
    """A process that hung with an alert in hand, and comes back to tell of its failure."""
    bo = await post.person("bo")
    post.signal.takes["bo"], post.signal.fails["bo"] = 100.0, FailureKind.NETWORK
    (row_id,) = await post.queue(alert(bo))

    def send_instead(records: Records) -> None:
        release_leases(records, {"me"})
        now = post.clock.now()
        assert records.outbox.claim(now, 1, Lease("other", now + MINUTE), urgent=True)
        records.outbox.record_sent(row_id, 77, now)

    async with post.at_work():
        await asyncio.sleep(50)
        await post.store.run(send_instead)
        await asyncio.sleep(60)
    row = await post.store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert (row.state, row.sent_ms, row.attempts, row.failure) == (OutboxState.SENT, 77, 0, None)


async def test_a_failure_leaves_alone_what_another_bot_is_just_sending(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.takes["bo"], post.signal.fails["bo"] = 100.0, FailureKind.UNREGISTERED
    (row_id,) = await post.queue(alert(bo))
    other = Lease("other", post.clock.now() + HOUR)

    def take_it(records: Records) -> None:
        release_leases(records, {"me"})
        assert records.outbox.claim(post.clock.now(), 1, other, urgent=True)

    async with post.at_work():
        await asyncio.sleep(50)
        await post.store.run(take_it)
        await asyncio.sleep(60)
    assert await post.store.run(lambda records: records.outbox.still_to_send(row_id, other))
    assert await post.waiting() == 1


async def test_a_row_that_cannot_be_read_does_not_stop_the_others(post: Post) -> None:
    bo, cy = await post.person("bo"), await post.person("cy")
    (spoilt,) = await post.queue(alert(bo))

    def spoil(records: Records) -> None:
        records.scope.connection.exec_driver_sql("UPDATE outbox SET body = x'00'")

    await post.store.run(spoil)
    async with post.at_work():
        await post.queue(alert(bo), alert(cy))
        await asyncio.sleep(6)
    assert sorted(to for to, _ in post.signal.sent) == ["bo", "cy"]
    assert await post.waiting() == 0
    failed = await post.store.run(
        lambda records: records.scope.connection.exec_driver_sql(
            f"SELECT failure FROM outbox WHERE id = '{spoilt}'"
        ).scalar_one()
    )
    assert failed == NOT_MADE


async def test_a_zone_that_this_machine_does_not_know_does_not_stop_an_alert(post: Post) -> None:
    bo = await post.person("bo")
    await post.store.run(lambda records: records.people.set_zone(bo.person_id, "Atlantis/Capital"))
    async with post.at_work():
        await post.queue(alert(bo))
        await asyncio.sleep(1)
    assert len(post.signal.sent_to("bo")) == 1


async def test_a_clock_set_back_does_not_lengthen_the_pause_of_an_alert(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.fails["bo"] = FailureKind.IDENTITY
    async with post.at_work():
        await post.queue(alert(bo))
        await asyncio.sleep(5)
        post.clock.step(-HOUR.total_seconds())
        post.signal.fails.clear()
        await asyncio.sleep(20)
    assert len(post.signal.sent_to("bo")) == 1


async def test_an_error_in_the_rounds_leaves_alone_what_is_being_sent(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The part is started again a moment later; what it had in hand goes on and is recorded."""
    bo = await post.person("bo")
    post.signal.takes["bo"] = 5
    async with post.at_work():
        await post.queue(alert(bo))
        await asyncio.sleep(1)

        def broken(_: Records) -> None:
            raise RuntimeError

        monkeypatch.setattr("bot.outbox.claim_parcels", lambda *_, **__: broken)
        await post.queue(reply(bo))
        await asyncio.sleep(10)
    assert len(post.signal.sent_to("bo")) == 1
