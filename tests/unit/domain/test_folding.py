"""Case, extra spaces, smart quotes, full-width characters, punctuation at the end do not matter (SPEC, Ways in)."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import (
    DetailsTooLong,
    NameFault,
    NameRefused,
    clean_details,
    clean_name,
    fold,
    plain,
    split_lines,
)

ANY_TEXT = st.text(alphabet=st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    "written",
    [
        "bluebird",
        "BlueBird",
        "  bluebird ",
        "bluebird.",
        "bluebird!?",
        "bluebird…",
        "“bluebird”",
        "'bluebird'",
        "«bluebird»",
        "`bluebird`",
        "*bluebird*",
        "(bluebird).",
        "ｂｌｕｅｂｉｒｄ",
        "blue\u200bbird",
        "blue\u00adbird",
        "\u202ebluebird\u202c",
        "bluebird\ufe0f",
        "blue\u200dbird",
        "\ufeffbluebird",
        "\ufffc bluebird",
        "blue\ud800bird",
        "bluebird\n",
    ],
)
def test_ways_to_type_one_word_fold_to_one(written: str) -> None:
    assert fold(written) == "bluebird"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("don’t look", "don't look"),
        ("red\u00a0\u3000 fox", "red fox"),
        ("well–known", "well-known"),
        ("Straße", "strasse"),
        ("e\u0301clair", "éclair"),
        ("／start", "/start"),
        ("red\tfox", "red fox"),
        ("red\u2800fox", "red fox"),
    ],
)
def test_look_alikes_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("text", ["blue-bird", "it's 5 o'clock", "/start 2h", "🦊🦊", "кошка"])
def test_what_stands_inside_a_text_stays(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize("text", ["", " ", "...", "\u200b", "\ud800\udfff", "“”", "\ufffc"])
def test_a_text_of_nothing_folds_to_nothing(text: str) -> None:
    assert fold(text) == ""


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_plain_twice_is_plain_once_and_nothing_unseen_is_left(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert not {unicodedata.category(character) for character in once} & {"Cc", "Cs", "Zl", "Zp"}


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=30))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@pytest.mark.parametrize("unit", ["a", "\u0300\u0327", "\u0f73", "🦊", "\ufdfa", "\ud800", " \u200b", ".", "'"])
def test_64_kib_of_anything_fold_quickly(unit: str) -> None:
    text = unit * (65536 // len(unit))
    began = time.process_time()
    fold(text)
    clean_details(text, 10**7)
    with pytest.raises(NameRefused):
        clean_name(text)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ana", "Ana"),
        ("  Ana   Maria ", "Ana Maria"),
        ("A\u202ena", "Ana"),
        ("Ana\nBo", "Ana Bo"),
        ("A\x00na", "Ana"),
        ("Ána", "Ána"),
        ("Ａｎａ", "Ａｎａ"),
        ("7", "7"),
        ("Ana 🦊", "Ana 🦊"),
        ("x" * 30, "x" * 30),
    ],
)
def test_a_name_is_shown_as_written_without_control_characters(written: str, shown: str) -> None:
    assert clean_name(written) == shown


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", NameFault.EMPTY),
        (" \u200b\u202e ", NameFault.EMPTY),
        ("x" * 31, NameFault.TOO_LONG),
        ("A" + "\u0335" * 40, NameFault.TOO_LONG),
        ("🦊🦊", NameFault.NO_LETTER),
        ("...", NameFault.NO_LETTER),
        ("ME", NameFault.RESERVED),
        ("with", NameFault.RESERVED),
    ],
)
def test_a_name_nobody_could_use_is_refused_with_its_reason(written: str, reason: NameFault) -> None:
    with pytest.raises(NameRefused) as refusal:
        clean_name(written)
    assert refusal.value.reason is reason
    assert not written.strip() or written not in str(refusal.value)


@given(ANY_TEXT)
def test_any_name_is_cleaned_or_refused(text: str) -> None:
    try:
        name = clean_name(text)
    except NameRefused:
        return
    assert clean_name(name) == name
    assert fold(name)
    assert name.isprintable() or any(unicodedata.category(character) in ("Co", "Cn", "Cf") for character in name)


def test_details_keep_their_lines_and_lose_what_nobody_sees() -> None:
    written = "Hotel\u202e Ritz,  room 5\r\n\n\n\n\x07back  12\u2028👩‍🚒\n"
    assert clean_details(written, 100) == "Hotel Ritz, room 5\n\nback 12\n👩‍🚒"


def test_details_beyond_the_limit_are_refused_never_cut() -> None:
    assert clean_details("x" * 1500, 1500) == "x" * 1500
    with pytest.raises(DetailsTooLong) as refusal:
        clean_details("x" * 1501, 1500)
    assert (refusal.value.length, refusal.value.limit) == (1501, 1500)


@given(ANY_TEXT)
def test_cleaning_details_twice_is_cleaning_once(text: str) -> None:
    once = clean_details(text, 10_000)
    assert clean_details(once, 10_000) == once


def test_every_line_end_ends_a_line() -> None:
    assert split_lines("a\nb\r\nc\rd\u2028e\u2029f\x85g") == list("abcdefg")
