"""The time zone that somebody means (SPEC, Commands, `/tz`). Zones are looked up, never opened by what was typed."""

from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.folding import fold

_AREAS = frozenset(
    ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)
_LONGEST_NAME = 40
_SAMPLE_YEARS = range(2024, 2034)


class ZoneRefused(ValueError):  # noqa: N818 (an answer, not a fault)
    """No zone, or more than one, goes by this name. `suggestions`: the nearest zones, best first; may be empty."""

    def __init__(self, suggestions: tuple[str, ...]) -> None:
        super().__init__("no such zone")
        self.suggestions = suggestions


def zone_from(text: str) -> ZoneInfo:
    """The zone named `text`: an area and a city (`europe/london`), the city alone where only one goes by it, or `UTC`.

    Case, spaces for underscores and punctuation at the end do not matter. Abbreviations ("EST") and bare offsets are
    refused, for they do not know daylight saving. Raises `ZoneRefused`.
    """
    wanted = _key(text)
    names = _names_by_key().get(wanted, ())
    if not names:
        raise ZoneRefused(_nearest(wanted))
    if len({_course(name) for name in names}) > 1:
        raise ZoneRefused(names)
    return ZoneInfo(names[0])


def _key(text: str) -> str:
    return fold(text[: 4 * _LONGEST_NAME]).replace("_", " ").replace("-", " ").replace(" / ", "/")


@cache
def _names_by_key() -> dict[str, tuple[str, ...]]:
    """Zones by folded full name and by folded city; the shortest name first among those of one city."""
    found: dict[str, set[str]] = {}
    for name in available_timezones():
        area, _, place = name.partition("/")
        if area in _AREAS:
            for key in (_key(name), _key(place.rpartition("/")[2])):
                found.setdefault(key, set()).add(name)
    found["utc"] = {"UTC"}
    return {key: tuple(sorted(names, key=lambda name: (len(name), name))) for key, names in found.items()}


@cache
def _course(name: str) -> tuple[object, ...]:
    """How a zone's clocks go through some years: two names with one course are names of one zone."""
    zone = ZoneInfo(name)
    return tuple(
        datetime(year, month, 15, tzinfo=UTC).astimezone(zone).utcoffset()
        for year in _SAMPLE_YEARS
        for month in range(1, 13)
    )


def _nearest(wanted: str) -> tuple[str, ...]:
    if len(wanted) > _LONGEST_NAME:
        return ()
    near = get_close_matches(wanted, sorted(_names_by_key()), n=3, cutoff=0.7)
    return tuple(dict.fromkeys(_names_by_key()[key][0] for key in near))
