"""Setting how long the messages of a chat stay (SPEC: Privacy)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.attempts import Result
from bot.domain.outgoing import Action, Priority, Purpose, ToGroup
from bot.parcels import Parcel
from bot.transport.errors import Refusal, SignalRefused
from storage.unit_of_work import Store
from tests.unit.bot.fake_calls import ANA, BO, FakeCalls, group, parcel
from tests.unit.bot.test_delivery import after_tries, delivery


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


@pytest.mark.parametrize(
    ("age", "attempts", "expected"),
    [
        (timedelta(days=1), 100, Result.RETRY),
        (timedelta(days=3), 3, Result.RETRY),  # it may have waited for the close of a timer
        (timedelta(days=3), 4, Result.FAILED),
    ],
)
async def test_a_lasting_refusal_of_it_is_given_up_after_two_days(
    store: Store, age: timedelta, attempts: int, expected: Result
) -> None:
    calls = FakeCalls()
    calls.errors["expiration"] = [SignalRefused(-1, Refusal.NOT_ACCEPTED)]
    given = lifetime()
    old = replace(given, row=replace(given.row, created_at=given.row.created_at - age, attempts=attempts))
    assert (await delivery(store, calls).attempt(old)).result is expected
