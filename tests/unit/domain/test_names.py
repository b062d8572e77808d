"""Names that a reader cannot tell apart, and who is meant by one (SPEC: Commands)."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import NameFault, NameRefused, fold, plain
from bot.domain.names import chosen_name, look_alike, meant_by, unique_label
from handlers.naming import split_name
from tests.unit.domain.look_alikes import EVERY_LOOK_ALIKE, NAMES, disguises

CYRILLIC_BO = "\u0412\u043e"

ALIKE = [
    ("Bo", CYRILLIC_BO),
    ("Bo", "\u0392\u03bf"),  # Greek
    ("Bo", "B\u03bf"),
    ("Bo", "\u13f4\u0585"),  # Cherokee, Armenian
    ("Bo", "\ua4d0o"),  # Lisu
    ("Bo", "B0"),
    ("Bo", "BO"),
    ("Ana", "\u0410n\u0430"),
    ("Dee", "D\u0435\u0435"),
    ("Cy", "\u0421\u0443"),
    ("Cy", "\u03f9\u03b3"),
    ("Bo Il", "Bo I1"),
    ("Bo Il", "Bo ll"),
    ("Bo m", "Bo rn"),
    ("Bo w", "Bo vv"),
    ("Bo\u00eb", "Bo\u0451"),  # with the same mark on both
    ("Bo's", "Bo\ua78cs"),
    ("\u0413\u043e", "\u0393\u03bf"),  # none of them Latin
]
UNLIKE = [
    ("Bo", "Cy"),
    ("Bo", "Bo 2"),
    ("Bo", "Bo-Bo"),
    ("Bo", "Bob"),
    ("Ana", "Anna"),
    ("Dee", "\u0414\u0438"),
    ("Ana", "\u0410\u043d\u044f"),
    ("Bo 2", "Bo 3"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_looks_the_same_is_alike(one: str, other: str) -> None:
    assert look_alike(one, other)
    assert look_alike(other, one)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_what_a_reader_tells_apart_is_not(one: str, other: str) -> None:
    assert not look_alike(one, other)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_second_of_two_that_look_alike_gets_a_number(one: str, other: str) -> None:
    assert unique_label(other, [one]) == f"{other} 2"
    assert unique_label(other, [one, f"{one} 2"]) == f"{other} 3"


def test_case_and_what_stands_around_a_name_do_not_tell_it_apart() -> None:
    assert unique_label("bo.", ["Bo"]) == "bo. 2"
    assert look_alike(f'"{CYRILLIC_BO}"', "BO")


def test_a_name_that_nobody_has_gets_none() -> None:
    assert unique_label("Bo", ["Cy", "Dee", "Bo-Bo", ""]) == "Bo"
    assert unique_label(CYRILLIC_BO, []) == CYRILLIC_BO


@pytest.mark.parametrize(
    ("name", "taken", "label"),
    [
        ("Bo Cy", ["Bo", "Cy"], "Bo Cy 2"),
        ("bo, CY", ["Bo", "Cy"], "bo, CY 2"),
        (f"{CYRILLIC_BO} Cy", ["Bo", "Cy"], f"{CYRILLIC_BO} Cy 2"),
        ("Bo Bo", ["Bo", "Cy"], "Bo Bo 2"),
        ("Bo Cy", ["Bo", "Cy 2"], "Bo Cy"),
        ("Bo Cy", ["Bo", "Cy", "Cy 2"], "Bo Cy 3"),  # "Bo Cy 2" is Bo and Cy 2
        ("Cy", ["Bo", "Bo Cy"], "Cy 2"),  # with it "Bo Cy" would be two
        ("2", ["Bo", "Bo 2"], "2 2"),
        ("Bo", ["Bo", "2"], "Bo 3"),
        ("Dee", ["Bo", "Cy", "Bo Cy"], "Dee"),  # they are so from before
        ("Ana Dee", ["Ana", "Bo"], "Ana Dee"),
        ("Bo of the Lake", ["Bo", "Lake"], "Bo of the Lake"),
    ],
)
def test_nobody_is_called_as_others_are_in_a_row(name: str, taken: list[str], label: str) -> None:
    assert unique_label(name, taken) == label


def test_a_label_is_found_soon_among_many() -> None:
    taken = [f"Bo {'i' * number} l" for number in range(1, 20)]
    began = time.process_time()
    assert unique_label("a " * 15, taken)
    assert time.process_time() - began < 1


def test_the_name_as_written_is_meant_before_one_that_looks_like_it() -> None:
    assert meant_by("bo", ["Cy", CYRILLIC_BO, "Bo"]) == ["Bo"]
    assert meant_by(CYRILLIC_BO, ["Cy", CYRILLIC_BO, "Bo"]) == [CYRILLIC_BO]


def test_else_all_are_meant_that_look_like_it() -> None:
    assert meant_by("Bo", ["Cy", CYRILLIC_BO]) == [CYRILLIC_BO]
    assert meant_by("B0", ["Cy", CYRILLIC_BO, "Bo"]) == [CYRILLIC_BO, "Bo"]
    assert meant_by("Dee", ["Cy", CYRILLIC_BO]) == []


@pytest.mark.parametrize(
    ("arguments", "labels", "found"),
    [
        ("Bo 2 green", ["Bo", f"{CYRILLIC_BO} 2"], (f"{CYRILLIC_BO} 2", "green")),  # typed in the letters she has
        ("Bo green", ["Bo", f"{CYRILLIC_BO} 2"], ("Bo", "green")),
        ("Bo green", ["Bo", CYRILLIC_BO], ("Bo", "green")),
        ("B0 green", ["Bo", CYRILLIC_BO], (None, "B0 green")),  # two could be meant
        ("Bo 2 green", ["Bo", f"{CYRILLIC_BO} 2", "B\u043e 2"], (None, "Bo 2 green")),  # nor is it then Bo, with a "2"
        ("Bo Cy", ["Bo", "Bo Cy"], ("Bo Cy", "")),
    ],
)
def test_a_command_finds_one_name_or_none(arguments: str, labels: list[str], found: tuple[str | None, str]) -> None:
    assert split_name(arguments, labels) == found


def test_one_that_is_not_asked_for_can_make_it_doubtful() -> None:
    assert split_name("Bo", [CYRILLIC_BO]) == (CYRILLIC_BO, "")
    assert split_name("Bo", [CYRILLIC_BO], besides=["Bo"]) == (None, "Bo")
    assert split_name(CYRILLIC_BO, [CYRILLIC_BO], besides=["Bo"]) == (CYRILLIC_BO, "")


@pytest.mark.parametrize(
    "name",
    [
        "Cy not Dee",
        "Not-Cy",
        "Bo (with)",
        "Me yellow",
        "Alarm Ana",
        "Cy quiet1y",
        "Ana \u0430larm",
        "Ana tirner",
        "Ana t\u0456mer 18:00",
        "Ana alarm",
        "m\u0435",
        "w\u0456th",
    ],
)
def test_nobody_may_be_called_what_looks_as_commands_name_something_else(name: str) -> None:
    with pytest.raises(NameRefused) as refusal:
        chosen_name(name)
    assert refusal.value.reason is NameFault.RESERVED


@pytest.mark.parametrize("name", ["Ana", CYRILLIC_BO, "Bo 2", "7", "18:00", "Nota", "Bo Knott", "Alarmo"])
def test_any_other_name_may_be_chosen(name: str) -> None:
    assert chosen_name(f" {name} ") == name


@given(st.text(max_size=12), st.text(max_size=12))
def test_what_is_folded_alike_looks_alike_whichever_comes_first(one: str, other: str) -> None:
    assert look_alike(one, one)
    assert look_alike(one, fold(one))
    assert look_alike(one, other) == look_alike(other, one)


@given(st.data())
def test_no_disguise_of_a_name_goes_without_a_number(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    label = unique_label(data.draw(disguises(name)), [name])
    assert label.endswith(" 2")
    assert not look_alike(label, name)


@given(st.data())
def test_names_given_one_after_the_other_are_told_apart_and_each_is_found(data: st.DataObject) -> None:
    """In the letters of the label, and in those that it looks like."""
    labels: list[str] = []
    for _ in range(data.draw(st.integers(2, 5))):
        labels.append(unique_label(data.draw(disguises(data.draw(st.sampled_from(NAMES)))), labels))
    for place, label in enumerate(labels):
        assert [other for other in labels if look_alike(label, other)] == [label]
        assert split_name(f"{label} green", labels) == (label, "green")
        typed = data.draw(disguises(label))
        assert split_name(typed, labels) == (labels[place], "")


def test_every_letter_of_the_table_is_alike_to_what_it_stands_for() -> None:
    assert len(EVERY_LOOK_ALIKE) > 600
    assert [pair for pair in EVERY_LOOK_ALIKE if not look_alike(f"Bo{pair[0]}x", f"Bo{pair[1]}x")] == []


def test_a_long_text_is_compared_quickly() -> None:
    began = time.process_time()
    assert not look_alike("m" * 65536, "Bo")
    assert time.process_time() - began < 2


def test_a_long_command_is_read_quickly() -> None:
    labels = ["Ana", "Bo", "Cy", "Dee", CYRILLIC_BO]
    began = time.process_time()
    assert split_name("rn " * 660, labels) == (None, "rn " * 660)
    assert time.process_time() - began < 2


MANY = [f"P{number}" for number in range(20)]


@pytest.mark.parametrize(
    "arguments", ["a " * 2045, "! " * 2045, "(" * 4090, f"{' '.join(MANY)} green", "m\u0323 " * 1300]
)
def test_a_name_is_found_soon_however_much_is_written(arguments: str) -> None:
    """Found: the longest text of one member kept everybody waiting for more than a second, and an order of twenty
    names for more than six."""
    began = time.process_time()
    for _ in range(5):
        named: list[str] = []
        name, rest = split_name(arguments, MANY)
        while name is not None:
            named.append(name)
            name, rest = split_name(rest, [one for one in MANY if one not in named], besides=named)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("name", ["\ufdfa" * 30, "m\u0323" * 30, "\u00df" * 30])
@pytest.mark.parametrize("after", [" green", " ! green"])
def test_the_longest_names_are_found(name: str, after: str) -> None:
    for written in (name, plain(name), fold(name)):
        assert split_name(plain(written + after), ["Bo", name]) == (name, "green")
