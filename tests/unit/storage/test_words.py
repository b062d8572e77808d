"""Hashed words."""

import itertools
import os
from random import Random

import pytest

from bot.errors import StorageError
from bot.practice.fast_words import FastWords
from storage.words import Argon2Words, WordHasher, measured_time_cost

CHEAP = {"time_cost": 1, "memory_kib": 8}


@pytest.fixture(params=["argon2", "fast"])
def words(request: pytest.FixtureRequest) -> WordHasher:
    return Argon2Words(os.urandom, **CHEAP) if request.param == "argon2" else FastWords(os.urandom)


def test_a_word_matches_itself_and_nothing_else(words: WordHasher) -> None:
    encoded = words.encode("marigold")
    assert words.matches(encoded, "marigold")
    assert not words.matches(encoded, "marigolds")
    assert not words.matches(encoded, "")


def test_the_same_word_is_encoded_differently_each_time(words: WordHasher) -> None:
    assert words.encode("marigold") != words.encode("marigold")
    assert "marigold" not in words.encode("marigold")


def test_the_dummy_matches_nothing(words: WordHasher) -> None:
    assert not words.matches(words.dummy, "")
    assert not words.matches(words.dummy, "marigold")


def test_odd_characters_are_words_too(words: WordHasher) -> None:
    assert words.matches(words.encode("\ud800 🌙"), "\ud800 🌙")


def test_it_is_argon2id_with_a_cost_that_can_be_changed_later() -> None:
    old = Argon2Words(os.urandom, **CHEAP).encode("marigold")
    assert old.startswith("$argon2id$")
    assert Argon2Words(os.urandom, time_cost=2, memory_kib=16).matches(old, "marigold")


def test_the_default_cost_is_no_lower_than_64_mebibytes() -> None:
    assert "m=65536,t=2,p=1" in Argon2Words(Random(1).randbytes).dummy


@pytest.mark.parametrize(("one_pass", "cost"), [(0.04, 3), (0.0501, 2), (0.5, 2), (0.001, 16), (0.0, 16)])
def test_the_cost_is_what_takes_a_tenth_of_a_second_on_the_machine(one_pass: float, cost: int) -> None:
    moments = itertools.chain.from_iterable((number * 10.0, number * 10.0 + one_pass) for number in itertools.count())
    assert measured_time_cost(lambda: next(moments)) == cost


def test_who_is_busy_beside_it_makes_words_no_cheaper() -> None:
    moments = iter([0.0, 2.0, 10.0, 10.04, 20.0, 29.0])
    assert measured_time_cost(lambda: next(moments)) == 3


def test_a_damaged_encoding_is_an_error_not_a_wrong_word() -> None:
    words = Argon2Words(os.urandom, **CHEAP)
    for damaged in ("", "nonsense", words.encode("marigold")[:40]):
        with pytest.raises(StorageError):
            words.matches(damaged, "marigold")
