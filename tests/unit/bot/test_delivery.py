"""Judging a send: what its outcome means for the row (DESIGN, invariant 8)."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.delivery import FILES_AT_ONCE, Attempt, Delivery, Result
from bot.domain.details import Content, Subject, SubjectKind
from bot.domain.outgoing import Action, Fact, Priority, Purpose, Said, ToGroup, ToStranger
from bot.errors import StorageUnavailable
from bot.parcels import Parcel
from bot.transport.errors import Refusal, SignalRefused, SignalTimeout, SignalUnavailable
from bot.transport.outcomes import Failure, FailureKind, SendOutcome
from storage.tables import files
from storage.unit_of_work import Store
from tests.unit.bot.fake_calls import ANA, BO, NOW, FakeCalls, delivery_by, failure, group, parcel

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


async def test_an_answer_to_a_stranger_is_given_up_after_three_tries(store: Store) -> None:
    stranger = ToStranger("someone")
    results = [
        (await judged(store, parcel(stranger, attempts=tries, account="someone"), UNKNOWN)).result for tries in range(3)
    ]
    assert results == [Result.RETRY, Result.RETRY, Result.FAILED]


async def test_a_group_line_counts_when_it_reached_anybody(store: Store) -> None:
    outcome = SendOutcome(sent_ms=7, reached=frozenset({ANA}), failures={BO: UNREGISTERED})
    assert await judged(store, parcel(ToGroup("g")), outcome) == Attempt(Result.SENT, 7)
    limited = SendOutcome(sent_ms=7, reached=frozenset({ANA}), failures={BO: Failure(FailureKind.RATE_LIMIT)})
    assert await judged(store, parcel(ToGroup("g")), limited) == Attempt(Result.SENT, 7, missed=frozenset({BO}))


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
    assert attempt.result is Result.RETRY


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


# --- files


async def _kept(store: Store, contents: bytes = b"a photo") -> str:
    subject = Subject(SubjectKind.CHECK_IN, "a")
    file = Content("door.jpg", "image/jpeg", contents)
    return await store.run(lambda records: records.details.add_file(subject, NOW, file))


def _photo(entry_id: str, **given: Any) -> Parcel:
    facts: dict[str, Fact] = {"name": "Ana", "at": NOW, "what_text": "what.photo", "entry": entry_id}
    purpose, priority = Purpose.ALERT_ATTACHMENT, Priority.ALERT
    return parcel(action=Action.FILE, purpose=purpose, priority=priority, text="alert.file", facts=facts, **given)


async def test_a_file_is_read_only_when_it_leaves(store: Store) -> None:
    calls = FakeCalls(REACHED)
    attempt = await delivery(store, calls).attempt(_photo(await _kept(store)))
    assert attempt == Attempt(Result.SENT, 7)
    said = "Timer of Ana: a photo that Ana left at 20:00."
    assert calls.calls == [("file", ANA, said, "door.jpg", "image/jpeg", b"a photo")]


async def test_a_file_that_is_erased_is_given_up(store: Store) -> None:
    entry_id = await _kept(store)
    await store.run(lambda records: records.details.erase_entry(entry_id))
    attempt = await judged(store, _photo(entry_id))
    assert (attempt.result, attempt.reason) == (Result.FAILED, "nothing_to_send_to")


async def test_a_damaged_file_is_given_up_so_that_the_next_can_leave(store: Store) -> None:
    entry_id = await _kept(store)
    await store.run(lambda records: records.scope.connection.execute(update(files).values(content=bytes(60))))
    attempt = await judged(store, _photo(entry_id))
    assert (attempt.result, attempt.reason) == (Result.FAILED, "unreadable")


async def test_few_files_are_in_memory_at_once(store: Store) -> None:
    entry_id, hold = await _kept(store), asyncio.Event()
    loads: list[str] = []

    async def slow(entry: str) -> Content:
        loads.append(entry)
        await hold.wait()
        return Content("", "image/jpeg", b"x")

    calls = FakeCalls(REACHED)
    sending = delivery_by(calls, store, contents=slow)
    first = [asyncio.ensure_future(sending.attempt(_photo(entry_id))) for _ in range(FILES_AT_ONCE)]
    await asyncio.sleep(0)
    waits = await sending.attempt(_photo(entry_id))
    assert (waits.result, waits.reason) == (Result.RETRY, "files_take_turns")
    hold.set()
    assert {attempt.result for attempt in await asyncio.gather(*first)} == {Result.SENT}
    assert (await sending.attempt(_photo(entry_id))).result is Result.SENT
    assert len(loads) == FILES_AT_ONCE + 1


async def test_a_file_made_of_lines_is_made_when_it_leaves(store: Store) -> None:
    calls = FakeCalls(REACHED)
    lines = (Said("export.name", {"name": "Ana"}), Said("export.timer", {"since": NOW, "until": NOW}))
    given = parcel(action=Action.TEXT_FILE, text="export.here", facts={"lines": lines})
    assert (await delivery(store, calls).attempt(given)).result is Result.SENT
    ((_, _, said, _, kind, contents),) = calls.calls
    assert said.startswith("Here is what I keep about you.")
    assert kind == "text/plain"
    assert contents.decode() == "Name that your buddies see: Ana\nYour timer: from 20:00 until 20:00\n"


def lifetime(*, to: ToGroup | None = None, **fields: Any) -> Parcel:
    return parcel(to, action=Action.SET_LIFETIME, purpose=Purpose.LIFETIME, priority=Priority.REST, **fields)


async def test_how_long_messages_stay_is_set_in_either_chat(store: Store) -> None:
    calls = FakeCalls()
    calls.known_groups = [group("group-0", ANA, BO, expiration=4 * 3600)]
    done = await delivery(store, calls).attempt(lifetime(lifetime=timedelta(hours=8)))
    assert done.result is Result.SENT
    done = await delivery(store, calls).attempt(lifetime(to=ToGroup("g"), lifetime=timedelta(hours=8)))
    assert done.result is Result.SENT
    expected = [("expiration", ANA, 8 * 3600), ("group", "group-0"), ("change", "group-0", "expiration")]
    assert calls.calls == expected


@pytest.mark.parametrize("to", [None, ToGroup("g")])
async def test_while_a_timer_runs_that_waits_and_signal_is_not_asked(store: Store, to: ToGroup | None) -> None:
    calls = FakeCalls()
    assert after_tries(await delivery(store, calls).attempt(lifetime(to=to, lifetime=None))) == 60
    assert calls.calls == []


async def test_it_waits_for_its_group_and_goes_with_it(store: Store) -> None:
    calls = FakeCalls()
    not_made = lifetime(to=ToGroup("g"), signal_group=None)
    assert (await delivery(store, calls).attempt(not_made)).result is Result.RETRY
    gone = lifetime(to=ToGroup("g"), members=())
    assert (await delivery(store, calls).attempt(gone)).result is Result.FAILED


async def test_a_lasting_refusal_of_it_is_given_up_after_two_days(store: Store) -> None:
    calls = FakeCalls()
    calls.errors["expiration"] = [SignalRefused(-1, Refusal.NOT_ACCEPTED)] * 2
    given = lifetime()
    assert (await delivery(store, calls).attempt(given)).result is Result.RETRY
    old = replace(given, row=replace(given.row, created_at=given.row.created_at - timedelta(days=3)))
    assert (await delivery(store, calls).attempt(old)).result is Result.FAILED
