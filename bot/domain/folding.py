"""Making different ways of typing the same thing equal, and cleaning what people leave to be shown.

Three strengths, each a pure function that takes any text a phone can send (lone surrogates, 64 KiB, emoji only):

* `plain`: full-width and styled characters, quotes, dashes and spaces become plain; invisible ones go.
* `fold`: `plain`, and neither case nor punctuation around the text matters. Compare commands, words and names so.
* `clean_name` and `clean_details`: what people read later; letters stay as written, control characters go.
"""

import re
import unicodedata
from enum import StrEnum

from bot.domain.keywords import KEYWORDS

NAME_LIMIT = 30
"""Visible characters in a display name; marks put on top of a letter do not count."""

_MARKS_PER_NAME = 30
_TEXT_ON_THE_WIRE = 2000  # Signal's longest body; only longer texts are guarded against stacks of marks
_MARK_STACK = 30

_APOSTROPHES = "\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u02b9\u02bb\u02bc\u02bd\u02c8\u00b4`\uff07"
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\u301d\u301e\u301f\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d\u00af"
_SLASHES = "\u2044\u2215\u29f8\uff0f"
_PLAIN = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SLASHES, "/")
    | {"\u2800": " "}  # the empty braille cell looks like a space
)

_CONTROL = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SURROGATES = "\ud800-\udfff"
_FORMAT = "\u00ad\u034f\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffc\U0001d173-\U0001d17a"
_FILLERS = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_TAGS = "\U000e0000-\U000e0fff"
_JOINERS = "\u200c\u200d"
_VARIATIONS = "\u180b-\u180d\u180f\ufe00-\ufe0f"

_UNSEEN = re.compile(f"[{_CONTROL}{_BIDI}{_SURROGATES}{_FORMAT}{_FILLERS}{_TAGS}]")
"""What may neither be stored nor shown. Joiners and variation selectors stay: emoji and some scripts need them."""
_INVISIBLE = re.compile(_UNSEEN.pattern[:-1] + f"{_JOINERS}{_VARIATIONS}]")
"""What nobody sees, so that it cannot make two words differ."""

_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_OPENING = "\"'([{*_~"
_NO_WORD = re.compile(r"[\W_]+")


class NameFault(StrEnum):
    """Why a display name is not taken."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    NO_LETTER = "no letter"
    RESERVED = "reserved"
    """It holds a word that commands use beside names: `/confirm me`, `/start 2h with Cy`, `/order Bo not Dee`."""


class NameRefused(ValueError):  # noqa: N818 (a refusal, not a fault)
    """A display name that cannot be used. Says why, never which."""

    def __init__(self, reason: NameFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


class DetailsTooLong(ValueError):  # noqa: N818 (a refusal, not a fault)
    """Details beyond the limit. They are never cut silently: what is lost might be the address."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, {limit} allowed")
        self.length = length
        self.limit = limit


def plain(text: str) -> str:
    """The text with look-alikes made plain and white space collapsed to single spaces; case and punctuation stay."""
    visible = _INVISIBLE.sub("", text.translate(_PLAIN))
    normal = unicodedata.normalize("NFKC", _without_tall_stacks(visible))
    return " ".join(_INVISIBLE.sub("", normal.translate(_PLAIN)).split())


def fold(text: str) -> str:
    """The form in which commands, words and names are compared (SPEC, Ways in). `fold(fold(x)) == fold(x)`.

    `plain`, then caseless, then without punctuation at the end and without quotes, brackets and text-styling marks
    (`*`, `_`, `~`) around it. Empty when nothing but punctuation was written.
    """
    folded = plain(text)
    for _ in range(3):  # caseless forms may compose anew; two rounds settle all known characters
        again = _without_edges(plain(folded.casefold()))
        if again == folded:
            break
        folded = again
    return folded


def clean_name(text: str) -> str:
    """A display name as it will be shown to others: one line, no control or direction characters.

    Raises `NameRefused` unless 1 to `NAME_LIMIT` visible characters remain, at least one of them a letter or digit.
    """
    shown = unicodedata.normalize("NFC", _without_tall_stacks(_INVISIBLE.sub("", text)))
    name = " ".join(shown.split())
    marks = sum(unicodedata.category(character)[0] == "M" for character in name)
    if not name:
        raise NameRefused(NameFault.EMPTY)
    if len(name) - marks > NAME_LIMIT or marks > _MARKS_PER_NAME:
        raise NameRefused(NameFault.TOO_LONG)
    if not any(character.isalnum() for character in name):
        raise NameRefused(NameFault.NO_LETTER)
    if not KEYWORDS.isdisjoint(single_words(fold(name))):  # what looks like one is refused in `names.chosen_name`
        raise NameRefused(NameFault.RESERVED)
    return name


def single_words(text: str) -> list[str]:
    """What stands between spaces and punctuation."""
    return [word for word in _NO_WORD.split(text) if word]


def clean_details(text: str, limit: int) -> str:
    """Free text to keep for a buddy: lines stay, control and direction characters go, at most one empty line in a row.

    Raises `DetailsTooLong` beyond `limit` characters, counted after cleaning.
    """
    lines = (" ".join(_UNSEEN.sub("", line).split()) for line in split_lines(text))
    cleaned = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    cleaned = unicodedata.normalize("NFC", _without_tall_stacks(cleaned))
    if len(cleaned) > limit:
        raise DetailsTooLong(len(cleaned), limit)
    return cleaned


def split_lines(text: str) -> list[str]:
    """The lines of a text, whichever of the ways to end a line it uses."""
    return _LINE_END.split(text)


def _without_edges(text: str) -> str:
    start, end = 0, len(text)
    while end > start and _closes(text[end - 1]):
        end -= 1
    while start < end and (text[start] in _OPENING or text[start] == " "):
        start += 1
    return text[start:end]


def _closes(character: str) -> bool:
    return character in " ~" or unicodedata.category(character)[0] == "P"


def _without_tall_stacks(text: str) -> str:
    """Cut stacks of combining marks in overlong texts: normalising takes time in the square of a stack's height."""
    if len(text) <= _TEXT_ON_THE_WIRE:
        return text
    kept: list[str] = []
    height = 0
    for character in text:
        height = height + 1 if _is_stacked(character) else 0
        if height <= _MARK_STACK:
            kept.append(character)
    return "".join(kept)


def _is_stacked(character: str) -> bool:
    # Some marks show their combining class only in their decomposition (U+0F73).
    return not character.isascii() and unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) != 0
