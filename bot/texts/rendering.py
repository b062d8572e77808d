"""From a text's name and its facts to the words, in the reader's language and time zone."""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

from bot.domain.local_time import format_day, format_moment
from bot.domain.outgoing import Fact
from bot.texts.catalogue import TEXTS
from bot.texts.units import HOURS_AND_MINUTES, UNITS

PARAGRAPH = "|"
"""Joins the names of texts that stand under each other in one message."""

_LOCALES = Path(__file__).parent / "locale"
_TEXT_SUFFIX = "_text"
_DAY_SUFFIX = "_day"


@dataclass(frozen=True)
class Reader:
    """For whom the words are made: time zone, language code, and the moment of reading (aware UTC). `beside`: the
    zone of somebody who reads it too, by another clock; hers is named with each time then."""

    zone: ZoneInfo
    language: str
    now: datetime
    beside: ZoneInfo | None = None


def render(names: str, facts: Mapping[str, Fact], reader: Reader) -> str:
    """The message made of the texts `names` (several are joined by `PARAGRAPH`).

    Moments are shown in the reader's zone (only the day if the key ends in `_day`), lengths in words, lines (`Said`)
    for the same reader under each other. `{now}` is the moment of reading unless given as a fact. A fact whose key ends
    in `_text` is the name of another text. Raises KeyError for an unknown text or a missing fact: a fault in the code,
    found by the tests of the catalogue.
    """
    return "\n".join(_render_one(name, facts, reader) for name in names.split(PARAGRAPH))


def length_of_time(length: timedelta, language: str) -> str:
    """`length` in words, in hours and minutes, or in seconds when below a minute."""
    seconds = round(length.total_seconds())
    if seconds < 60:
        return _count("second", seconds, language)
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return _count("minute", minutes, language)
    if not minutes:
        return _count("hour", hours, language)
    pattern = _translations(language).gettext(HOURS_AND_MINUTES)
    return pattern.format(hours=_count("hour", hours, language), minutes=_count("minute", minutes, language))


def placeholders(english: str) -> set[str]:
    """The names of the facts that a text needs."""
    return {field for _, field, _, _ in Formatter().parse(english) if field}


def _render_one(name: str, facts: Mapping[str, Fact], reader: Reader) -> str:
    translated = _translations(reader.language).gettext(TEXTS[name].english)
    shown = {key: _shown(key, facts, reader) for key in placeholders(translated)}
    return translated.format_map(shown)


def _shown(key: str, facts: Mapping[str, Fact], reader: Reader) -> str:
    value = reader.now if key == "now" and key not in facts else facts[key]
    if isinstance(value, datetime) and key.endswith(_DAY_SUFFIX):
        return format_day(value, reader.zone)
    if isinstance(value, datetime):
        return format_moment(value, reader.zone, reader.now, beside=reader.beside)
    if isinstance(value, timedelta):
        return length_of_time(value, reader.language)
    if isinstance(value, tuple):
        return "\n".join(render(line.text, line.facts, reader) for line in value)
    if key.endswith(_TEXT_SUFFIX):
        return render(str(value), facts, reader)
    return str(value)


def _count(unit: str, count: int, language: str) -> str:
    one, many = UNITS[unit]
    return _translations(language).ngettext(one, many, count).format(count=count)


@cache
def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation("buddy", _LOCALES, languages=[language], fallback=True)
