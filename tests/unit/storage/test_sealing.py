"""Sealed cells and keyed look-ups."""

import os
from random import Random

import pytest

from bot.errors import SealBroken
from storage.sealing import KeyRing, Sealer

KEYS = KeyRing.fresh(os.urandom)


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(KEYS, os.urandom)


@pytest.mark.parametrize("plain", ["", "Ana", "🌙 long " * 1_000, "\ud800 \x00"])
def test_text_comes_back(sealer: Sealer, plain: str) -> None:
    assert sealer.open_text("people", "name", "1", sealer.seal("people", "name", "1", plain)) == plain


def test_bytes_come_back(sealer: Sealer) -> None:
    assert sealer.open("people", "name", "1", sealer.seal("people", "name", "1", b"\xff\x00")) == b"\xff\x00"


def test_the_same_text_never_looks_the_same(sealer: Sealer) -> None:
    assert sealer.seal("people", "name", "1", "Ana") != sealer.seal("people", "name", "1", "Ana")


@pytest.mark.parametrize("place", [("people", "name", "2"), ("people", "zone", "1"), ("groups", "name", "1")])
def test_a_cell_opens_only_in_its_place(sealer: Sealer, place: tuple[str, str, str]) -> None:
    cell = sealer.seal("people", "name", "1", "Ana")
    with pytest.raises(SealBroken) as caught:
        sealer.open(*place, cell)
    assert str(caught.value) == f"a cell of {place[0]}.{place[1]} was altered or belongs to another row"


def test_every_altered_bit_is_noticed(sealer: Sealer) -> None:
    cell = sealer.seal("people", "name", "1", "Ana")
    for position in range(len(cell)):
        altered = bytearray(cell)
        altered[position] ^= 1
        with pytest.raises(SealBroken):
            sealer.open("people", "name", "1", bytes(altered))
    for length in range(len(cell)):
        with pytest.raises(SealBroken):
            sealer.open("people", "name", "1", cell[:length])


def test_a_new_key_seals_while_the_old_one_still_opens() -> None:
    old = Sealer(KEYS, os.urandom)
    fresh = KeyRing.fresh(os.urandom)
    both = KeyRing(fresh.current, {**KEYS.sealing, **fresh.sealing}, KEYS.lookup)
    rotated = Sealer(both, os.urandom)
    assert rotated.open_text("people", "name", "1", old.seal("people", "name", "1", "Ana")) == "Ana"
    with pytest.raises(SealBroken, match="not in the key file"):
        old.open("people", "name", "1", rotated.seal("people", "name", "1", "Ana"))


def test_look_ups_are_steady_keyed_and_apart_by_kind(sealer: Sealer) -> None:
    other = Sealer(KeyRing.fresh(os.urandom), os.urandom)
    assert sealer.lookup("account", "a") == Sealer(KEYS, os.urandom).lookup("account", "a")
    assert len({sealer.lookup("account", "a"), sealer.lookup("group", "a"), other.lookup("account", "a")}) == 3


def test_keys_never_show_in_a_representation(sealer: Sealer) -> None:
    shown = repr(KEYS) + repr(sealer)
    for key in (*KEYS.sealing.values(), KEYS.lookup):
        assert key.hex() not in shown
        assert repr(key) not in shown


def test_the_same_randomness_makes_the_same_cells() -> None:
    first, second = (Sealer(KEYS, Random(1).randbytes).seal("people", "name", "1", "Ana") for _ in range(2))
    assert first == second
