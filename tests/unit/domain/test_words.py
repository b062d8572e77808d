"""5 characters or more after folding, not a command, name, time or common chat word, the two plainly different in
spelling and sound (SPEC, Commands, `/words`).
"""

import contextlib
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.spelling import edit_distance, sound_key
from bot.domain.words import COMMAND_NAMES, WordFault, WordRefused, check_codeword, too_close

NAMES = ["Ana", "Bo", "Dee Dee"]

_GOOD_WORDS = """
bluebird lantern pineapple orchid walrus granite teapot marmalade violin cactus hedgehog saffron cobalt
penguin avocado thunder pebble mosaic tractor almond kestrel harpoon biscuit velvet juniper magnet otter
rhubarb compass zebra tiger copper meadow anchor raccoon spinach trumpet glacier nectar tulip badger candle
mustard willow
"""
GOOD_WORDS = _GOOD_WORDS.split()


@pytest.mark.parametrize(
    "word",
    [
        *GOOD_WORDS,
        "purple umbrella",
        "seven green owls",
        "Paper Moon!",
        "кошка",
        "紫陽花の庭",
        "crème brûlée",
        "bo-peep5"[3:],
    ],
)
def test_words_that_nobody_writes_by_chance_are_taken(word: str) -> None:
    check_codeword(word, NAMES)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("", WordFault.TOO_SHORT),
        ("...", WordFault.TOO_SHORT),
        ("owls", WordFault.TOO_SHORT),
        ("o w l s", WordFault.TOO_SHORT),
        ("owls!!!", WordFault.TOO_SHORT),
        ("o\u200bw\u200bls", WordFault.TOO_SHORT),
        ("x" * 65, WordFault.TOO_LONG),
        ("x" * 65536, WordFault.TOO_LONG),
        ("👍👍👍👍👍", WordFault.NO_LETTER),
        ("owl/bear", WordFault.SEPARATOR),
        ("owl > bear", WordFault.SEPARATOR),
        ("cancel", WordFault.COMMAND),
        ("/cancel", WordFault.COMMAND),
        ("Resolve.", WordFault.COMMAND),
        ("safe harbour", WordFault.COMMAND),
        ("/bluebird", WordFault.COMMAND),
        ("dee dee", WordFault.NAME),
        ("DeeDee", WordFault.NAME),
        ("ana banana", WordFault.NAME),
        ("22:30", WordFault.TIME),
        ("2h30", WordFault.TIME),
        ("11:30 pm", WordFault.TIME),
        ("90 minutes", WordFault.TIME),
        ("5 green apples", WordFault.TIME),
        ("until owls", WordFault.TIME),
        ("half moon", WordFault.TIME),
        ("24.12.2026", WordFault.TIME),
    ],
)
def test_a_word_that_could_be_something_else_is_refused_with_its_reason(word: str, reason: WordFault) -> None:
    with pytest.raises(WordRefused) as refusal:
        check_codeword(word, NAMES)
    assert refusal.value.reason is reason
    assert str(refusal.value) == reason.value


@pytest.mark.parametrize(
    "word",
    [
        "hello", "Hellooo!", "thanks", "thank you", "good night", "Good-Night", "goodnight", "home safe", "okaaay",
        "i am fine", "I’m fine", "all good", "hahaha", "hahahahah", "lololol", "hmmmmm", "aaaaaa", "see you later",
        "call me", "be right back", "on my way", "just got here", "no problem", "what time", "where are you",
        "sorry I'm late", "ten minutes", "happy birthday", "merry christmas", "help me", "police", "emergency",
        "password", "codeword", "qwerty", "love you", "yes please", "sounds good", "gotcha", "running late",
    ],
)  # fmt: skip
def test_what_people_write_every_day_is_refused(word: str) -> None:
    with pytest.raises(WordRefused):
        check_codeword(word, NAMES)


@pytest.mark.parametrize("name", sorted(COMMAND_NAMES))
def test_no_command_with_or_without_slash_or_words_behind_it_is_a_word(name: str) -> None:
    for word in (name, f"/{name}", name.upper(), f"{name} bluebird"):
        with pytest.raises(WordRefused):
            check_codeword(word, [])


@given(st.text(alphabet=st.characters(codec=None), max_size=80), st.lists(st.text(max_size=10), max_size=3))
def test_any_text_is_taken_or_refused(word: str, names: list[str]) -> None:
    with contextlib.suppress(WordRefused):
        check_codeword(word, names)


@pytest.mark.parametrize(
    ("codeword", "duress_word"),
    [
        ("bluebird", "bluebird"),
        ("bluebird", "Blue Bird!"),
        ("bluebird", "bluebrid"),
        ("bluebird", "bluebirds"),
        ("bluebird", "bluebell"),
        ("sunflower", "moonflower"),
        ("tiger", "timer"),
        ("red lion", "red fox"),
        ("lion red", "red lion"),
        ("green owl", "owls of greenland"),
        ("lantern", "old lantern shop"),
        ("phantom", "fantum"),
        ("knight sky", "nite scai"),
        ("forever owl", "4ever owl"),
        ("cactus", "kaktis"),
        ("crème", "creme brulee"),
        ("кошка", "кошки"),
        ("pear tree", "bare drey"),
    ],
)
def test_words_that_could_be_taken_for_each_other_are_too_close(codeword: str, duress_word: str) -> None:
    assert too_close(codeword, duress_word)
    assert too_close(duress_word, codeword)


@pytest.mark.parametrize(
    ("codeword", "duress_word"),
    [
        ("bluebird", "lantern"),
        ("purple umbrella", "tall ships"),
        ("walrus", "pineapple"),
        ("кошка", "самовар"),
        ("紫陽花の庭", "青い自転車"),
        ("orchid", "mustard seed"),
    ],
)
def test_words_that_are_plainly_different_are_not_too_close(codeword: str, duress_word: str) -> None:
    assert not too_close(codeword, duress_word)


def test_words_picked_at_random_are_seldom_too_close() -> None:
    pairs = list(combinations(GOOD_WORDS, 2))
    assert sum(too_close(one, other) for one, other in pairs) < len(pairs) / 50


@given(st.sampled_from(GOOD_WORDS), st.integers(0, 20), st.characters(categories=["Ll"], codec="ascii"))
def test_one_slip_of_the_finger_never_leads_from_one_word_to_the_other(word: str, at: int, letter: str) -> None:
    at %= len(word)
    for slip in (word[:at] + letter + word[at:], word[:at] + word[at + 1 :], word[:at] + letter + word[at + 1 :]):
        assert too_close(word, slip)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("", "abc", 3), ("abc", "abc", 0), ("ab", "ba", 1), ("safe", "saef", 1), ("kitten", "sitting", 3)],
)
def test_edit_distance_counts_letters_put_in_taken_out_exchanged_and_swapped(
    one: str, other: str, distance: int
) -> None:
    assert edit_distance(one, other) == distance


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_edit_distance_is_the_same_both_ways_and_zero_only_for_equals(one: str, other: str) -> None:
    distance = edit_distance(one, other)
    assert distance == edit_distance(other, one)
    assert (distance == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("phone", "fone"), ("night", "nite"), ("write", "right"), ("queen", "kween"), ("sea", "see"), ("4", "four")],
)
def test_what_sounds_alike_has_one_sound_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other) != ""


def test_nothing_is_claimed_about_the_sound_of_other_scripts() -> None:
    assert [sound_key(text) for text in ("кошка", "庭", "🦊", "")] == ["", "", "", ""]


def test_sound_keys_tell_different_sounds_apart() -> None:
    words = ("bluebird", "lantern", "pineapple", "orchid", "walrus", "granite")
    assert all(one == other or sound_key(one) != sound_key(other) for one, other in product(words, words))
