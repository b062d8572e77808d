"""How often somebody may try (SPEC: "Who may use it": 5 an hour, strangers once an hour); memory stays bounded."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers import limits
from handlers.limits import HourlyLimit

NOW = datetime(2027, 3, 5, 18, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def test_as_many_as_allowed_and_no_more() -> None:
    limit = HourlyLimit(5)
    for number in range(5):
        assert limit.allows("ana", NOW + number * MINUTE)
        limit.count("ana", NOW + number * MINUTE)
    assert not limit.allows("ana", NOW + 5 * MINUTE)


def test_asking_is_not_counted() -> None:
    limit = HourlyLimit(1)
    for _ in range(10):
        assert limit.allows("ana", NOW)


def test_each_counts_for_exactly_an_hour() -> None:
    limit = HourlyLimit(2)
    limit.count("ana", NOW)
    limit.count("ana", NOW + 30 * MINUTE)
    assert not limit.allows("ana", NOW + HOUR - timedelta(microseconds=1))
    assert limit.allows("ana", NOW + HOUR)
    limit.count("ana", NOW + HOUR)
    assert not limit.allows("ana", NOW + 90 * MINUTE - timedelta(microseconds=1))
    assert limit.allows("ana", NOW + 90 * MINUTE)


@pytest.mark.parametrize("ahead", [HOUR, timedelta(days=1)])
def test_a_clock_that_was_ahead_and_is_put_right_shuts_nobody_out(ahead: timedelta) -> None:
    limit = HourlyLimit(2)
    limit.count("ana", NOW)
    for _ in range(2):
        limit.count("ana", NOW + ahead)
    assert not limit.allows("ana", NOW + ahead)
    assert limit.allows("ana", NOW)


def test_a_clock_that_is_set_back_a_little_forgives_nothing() -> None:
    limit = HourlyLimit(2)
    for _ in range(2):
        limit.count("ana", NOW)
    assert not limit.allows("ana", NOW - MINUTE)


def test_of_what_is_counted_without_being_asked_no_more_is_kept() -> None:
    limit = HourlyLimit(5)
    for number in range(1000):
        limit.count("ana", NOW + timedelta(seconds=number))
    assert len(limit._times["ana"]) == 5
    assert not limit.allows("ana", NOW + HOUR)
    assert limit.allows("ana", NOW + HOUR + timedelta(seconds=995))


def test_everybody_is_counted_alone() -> None:
    limit = HourlyLimit(1)
    limit.count("ana", NOW)
    assert not limit.allows("ana", NOW)
    assert limit.allows("bo", NOW)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """Room for so many keys only."""
    monkeypatch.setattr(limits, "_MOST_KEYS", 20)
    return 20


def test_a_flood_of_accounts_does_not_fill_the_memory(few: int) -> None:
    limit = HourlyLimit(1)
    for number in range(100 * few):
        limit.count(f"account {number}", NOW + timedelta(seconds=number))
        assert len(limit._times) <= few


def test_in_a_flood_the_latest_are_remembered(few: int) -> None:
    limit = HourlyLimit(1)
    for number in range(10 * few):
        limit.count(f"account {number}", NOW + timedelta(seconds=number))
        assert not limit.allows(f"account {number}", NOW + timedelta(seconds=number))
    latest = NOW + timedelta(seconds=10 * few)
    assert all(not limit.allows(f"account {number}", latest) for number in range(9 * few + 2, 10 * few))


def test_who_has_waited_long_enough_does_not_trip_the_next_in_a_flood(few: int) -> None:
    """After `allows` nothing may be left of somebody's times; making room must cope with that."""
    limit = HourlyLimit(5)
    for number in range(few):
        limit.count(f"account {number}", NOW)
    for number in range(few):
        assert limit.allows(f"account {number}", NOW + 2 * HOUR)
    limit.count("one more", NOW + 2 * HOUR)
    assert len(limit._times) <= few
    assert all(limit.allows("one more", NOW + 2 * HOUR) for _ in range(4))


def test_somebody_known_already_makes_no_room(few: int) -> None:
    limit = HourlyLimit(5)
    for number in range(few):
        limit.count(f"account {number}", NOW)
    for _ in range(4):
        limit.count("account 0", NOW + MINUTE)
    assert len(limit._times) == few
    assert not limit.allows("account 0", NOW + 2 * MINUTE)
