"""Judging a send: what its outcome means for the row (DESIGN, invariant 8)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.attempts import Attempt, Result
from bot.delivery import Delivery
from bot.domain.outgoing import (
    AS_IT_STOOD,
    NO_ACCOUNT,
    NOT_CONNECTED,
    NOT_LEFT,
    NOT_MADE,
    Action,
    Priority,
    Purpose,
    ToGroup,
    ToPerson,
    ToStranger,
)
from bot.errors import StorageUnavailable
from bot.parcels import Parcel
from bot.transport.errors import Refusal, SignalRefused, SignalTimeout, SignalUnavailable
from bot.transport.outcomes import Failure, FailureKind, SendOutcome
from storage.unit_of_work import Store
from tests.unit.bot.fake_calls import ANA, BO, FakeCalls, delivery_by, failure, parcel

ALERT = {"purpose": Purpose.ALERT, "priority": Priority.ALERT}
REACHED = SendOutcome(sent_ms=7, reached=frozenset({ANA}))
UNKNOWN = SendOutcome(unknown=True)
UNREGISTERED = Failure(FailureKind.UNREGISTERED)


async def judged(store: Store, given: Parcel, *outcomes: SendOutcome) -> Attempt:
    return await delivery(store, FakeCalls(*outcomes)).attempt(given)


def delivery(store: Store, calls: FakeCalls) -> Delivery:
    return delivery_by(calls, store)


def after_tries(attempt: Attempt) -> float:
    assert attempt.result is Result.RETRY
    return attempt.pause.total_seconds()


async def test_a_message_that_the_server_took_is_sent(store: Store) -> None:
    assert await judged(store, parcel(), REACHED) == Attempt(Result.SENT, 7)


async def test_a_message_that_the_server_took_without_a_time_is_not_sent_again(store: Store) -> None:
    attempt = await judged(store, parcel(), SendOutcome(reached=frozenset({ANA})))
    assert attempt.result is Result.SENT


async def test_an_account_that_is_gone_is_a_failure_at_once(store: Store) -> None:
    attempt = await judged(store, parcel(), failure(FailureKind.UNREGISTERED))
    assert (attempt.result, attempt.reason) == (Result.FAILED, "unregistered")


@pytest.mark.parametrize("kind", sorted(set(FailureKind) - {FailureKind.UNREGISTERED, FailureKind.NETWORK}))
async def test_every_other_failure_is_tried_again(store: Store, kind: FailureKind) -> None:
    attempt = await judged(store, parcel(), failure(kind))
    assert (attempt.result, attempt.reason) == (Result.RETRY, kind.value)


async def test_no_answer_means_unknown_and_is_tried_again(store: Store) -> None:
    attempt = await judged(store, parcel(), UNKNOWN)
    assert (attempt.result, attempt.reason) == (Result.RETRY, "unknown")


async def test_without_a_connection_the_row_waits_for_signal(store: Store) -> None:
    attempt = await judged(store, parcel(), SendOutcome(unavailable=True))
    assert (attempt.result, attempt.pause) == (Result.SIGNAL_AWAY, timedelta(seconds=1))


async def test_a_network_failure_may_be_one_persons_alone_and_so_has_a_pause(store: Store) -> None:
    attempt = await judged(store, parcel(attempts=3), failure(FailureKind.NETWORK))
    assert (attempt.result, attempt.pause) == (Result.SIGNAL_AWAY, timedelta(seconds=8))


async def test_the_pauses_double_up_to_a_minute_and_for_an_alert_to_fifteen_seconds(store: Store) -> None:
    def pauses(**kind: object) -> list[Parcel]:
        return [parcel(attempts=attempts, **kind) for attempts in range(8)]

    assert [after_tries(await judged(store, one, UNKNOWN)) for one in pauses()] == [1, 2, 4, 8, 16, 32, 60, 60]
    alerts = [after_tries(await judged(store, one, UNKNOWN)) for one in pauses(**ALERT)]
    assert alerts == [1, 2, 4, 8, 15, 15, 15, 15]


async def test_a_line_that_may_have_come_is_not_said_to_the_group_four_times_a_minute(store: Store) -> None:
    """What the group is told is told directly as well, and whoever holds her phone reads each of them."""
    end = {"purpose": Purpose.END_LINE, "priority": Priority.ALL_CLEAR}
    lines = [parcel(ToGroup("g"), attempts=attempts, **end) for attempts in range(12)]
    expected = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    assert [after_tries(await judged(store, one, UNKNOWN)) for one in lines] == expected
    assert after_tries(await judged(store, lines[-1], failure(FailureKind.RATE_LIMIT))) == 15


async def test_the_wait_that_the_server_asks_for_is_honoured(store: Store) -> None:
    attempt = await judged(store, parcel(), failure(FailureKind.RATE_LIMIT, retry_after=200))
    assert after_tries(attempt) == 200


async def test_a_reply_does_not_keep_its_lane_shut_for_a_day_because_the_server_says_so(store: Store) -> None:
    attempt = await judged(store, parcel(), failure(FailureKind.RATE_LIMIT, retry_after=86_400))
    assert after_tries(attempt) == 300


async def test_an_alert_does_not_wait_for_a_day_because_the_server_says_so(store: Store) -> None:
    attempt = await judged(store, parcel(**ALERT), failure(FailureKind.RATE_LIMIT, retry_after=86_400))
    assert after_tries(attempt) == 300
    attempt = await judged(store, parcel(**ALERT), failure(FailureKind.RATE_LIMIT, retry_after=60))
    assert after_tries(attempt) == 60


@pytest.mark.parametrize("to", [ToPerson("ana"), ToStranger("someone")], ids=["to-somebody", "to-a-stranger"])
@pytest.mark.parametrize("away", [SendOutcome(unavailable=True), failure(FailureKind.NETWORK)], ids=["all", "one"])
async def test_whatever_is_tried_again_has_a_pause(store: Store, to: ToPerson | ToStranger, away: SendOutcome) -> None:
    """Else one account for which Signal has no answer is written to hundreds of times a second."""
    for attempts in range(8):
        attempt = await judged(store, parcel(to, attempts=attempts, account=ANA), away)
        assert attempt.result is Result.SIGNAL_AWAY
        assert attempt.pause == timedelta(seconds=min(2**attempts, 60))


async def test_an_answer_to_a_stranger_is_given_up_after_three_tries(store: Store) -> None:
    stranger = ToStranger("someone")
    results = [
        (await judged(store, parcel(stranger, attempts=tries, account="someone"), UNKNOWN)).result for tries in range(3)
    ]
    assert results == [Result.RETRY, Result.RETRY, Result.FAILED]


async def test_a_group_line_counts_when_it_reached_anybody(store: Store) -> None:
    for kind in (FailureKind.RATE_LIMIT, FailureKind.UNREGISTERED, FailureKind.MISSING):
        outcome = SendOutcome(sent_ms=7, reached=frozenset({ANA}), failures={BO: Failure(kind)})
        attempt = await judged(store, parcel(ToGroup("g")), outcome)
        without = frozenset({BO}) if kind is FailureKind.UNREGISTERED else frozenset()
        assert attempt == Attempt(Result.SENT, 7, missed=frozenset({BO}), without_account=without)


async def test_what_a_line_should_have_told_her_is_tried_for_some_seconds_while_there_is_no_account(
    store: Store,
) -> None:
    given = [parcel(attempts=attempts) for attempts in range(5)]
    missed = [replace(one, row=replace(one.row, facts={AS_IT_STOOD: ""})) for one in given]
    tries = [await judged(store, one, failure(FailureKind.UNREGISTERED)) for one in missed]
    assert [one.result for one in tries] == [*[Result.RETRY] * 4, Result.FAILED]
    assert {one.reason for one in tries} == {NO_ACCOUNT}
    assert sum((one.pause for one in tries), timedelta()) == timedelta(seconds=15)


def test_what_is_sure_not_to_have_left_has_the_names_that_are_recorded() -> None:
    kinds = {FailureKind.NETWORK, FailureKind.UNREGISTERED, FailureKind.RATE_LIMIT, FailureKind.CAPTCHA}
    assert kinds | {NOT_MADE, NOT_CONNECTED} == NOT_LEFT


async def test_a_group_line_that_reached_nobody_registered_is_a_failure(store: Store) -> None:
    outcome = SendOutcome(sent_ms=7, failures={ANA: UNREGISTERED, BO: UNREGISTERED})
    assert (await judged(store, parcel(ToGroup("g")), outcome)).result is Result.FAILED


async def test_a_group_line_that_may_reach_somebody_later_is_tried_again(store: Store) -> None:
    outcome = SendOutcome(sent_ms=7, failures={ANA: UNREGISTERED, BO: Failure(FailureKind.IDENTITY)})
    assert (await judged(store, parcel(ToGroup("g")), outcome)).result is Result.RETRY


async def test_after_an_unclear_group_send_the_group_is_mended(store: Store) -> None:
    calls = FakeCalls(UNKNOWN)
    await delivery(store, calls).attempt(parcel(ToGroup("g")))
    assert calls.calls == [("send", "group-0", ANA, BO), ("repair", "group-0")]


async def test_a_group_that_cannot_be_mended_is_tried_again_like_any_other(store: Store) -> None:
    calls = FakeCalls(UNKNOWN)
    calls.errors["repair"] = [SignalTimeout()]
    attempt = await delivery(store, calls).attempt(parcel(ToGroup("g")))
    assert (attempt.result, attempt.reason) == (Result.RETRY, "unknown")


async def test_a_line_waits_for_a_group_that_is_not_made_yet(store: Store) -> None:
    attempt = await judged(store, parcel(ToGroup("g"), signal_group=None))
    assert (attempt.result, attempt.reason) == (Result.RETRY, "group_not_made")


async def test_a_line_to_a_group_that_went_with_its_pairing_is_given_up(store: Store) -> None:
    attempt = await judged(store, parcel(ToGroup("g"), signal_group=None, members=()))
    assert attempt.result is Result.FAILED


async def test_a_deletion_is_given_up_after_five_tries(store: Store) -> None:
    for tries, result in ((4, Result.RETRY), (5, Result.FAILED)):
        deletion = parcel(action=Action.DELETE, purpose=Purpose.CLEAN_UP, attempts=tries, target_ms=3)
        assert (await judged(store, deletion, UNKNOWN)).result is result


async def test_a_message_that_never_left_needs_no_deletion(store: Store) -> None:
    calls = FakeCalls()
    attempt = await delivery(store, calls).attempt(parcel(action=Action.DELETE, target_ms=None))
    assert (attempt.result, calls.calls) == (Result.FAILED, [])


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (SignalUnavailable(), Result.SIGNAL_AWAY),
        (SignalTimeout(), Result.RETRY),
        (SignalRefused(-3, Refusal.NETWORK), Result.SIGNAL_AWAY),
        (SignalRefused(-1, Refusal.NOT_ACCEPTED), Result.RETRY),
    ],
)
async def test_an_error_in_group_making_is_never_raised(
    store: Store, error: SignalUnavailable | SignalTimeout | SignalRefused, result: Result
) -> None:
    calls = FakeCalls()
    calls.errors["group"] = [error]
    wanted = parcel(ToGroup("g"), action=Action.MAKE_GROUP, members=(ANA, BO), signal_group="known")
    attempt = await delivery(store, calls).attempt(wanted)
    assert attempt.result is result


async def test_a_database_that_is_away_for_a_moment_is_never_a_reason_to_give_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A group that was made but not yet recorded would otherwise be lost."""

    def away(_: object) -> None:
        raise StorageUnavailable("away")

    monkeypatch.setattr(store, "run_inline", away)
    to_make = parcel(ToGroup("g"), action=Action.MAKE_GROUP, signal_group=None, attempts=50)
    assert (await delivery(store, FakeCalls()).attempt(to_make)).result is Result.RETRY


async def test_a_message_that_cannot_be_worded_is_given_up_so_that_the_next_one_leaves(store: Store) -> None:
    """It is a fault of ours; the lane must not stand still behind it."""
    nobody_knows = {"text": "no.such.text", **ALERT}
    results = [(await judged(store, parcel(attempts=tries, **nobody_knows))).result for tries in range(6)]
    assert results == [Result.RETRY] * 5 + [Result.FAILED]
