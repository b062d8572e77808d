"""`/tz Europe/London`: my zone (SPEC, Commands)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.zones import ZoneRefused, zone_from


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        (" EUROPE / LONDON. ", "Europe/London"),
        ("London", "Europe/London"),
        ("new york", "America/New_York"),
        ("america/new_york", "America/New_York"),
        ("Lord Howe", "Australia/Lord_Howe"),
        ("port-au-prince", "America/Port-au-Prince"),
        ("Buenos Aires", "America/Buenos_Aires"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_its_name_or_its_city(text: str, name: str) -> None:
    assert zone_from(text).key == name


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("Europe/Lodnon", "Europe/London"), ("Belrin", "Europe/Berlin"), ("new yorck", "America/New_York")],
)
def test_a_zone_misspelt_is_refused_with_the_nearest(text: str, suggestion: str) -> None:
    with pytest.raises(ZoneRefused) as refusal:
        zone_from(text)
    assert suggestion in refusal.value.suggestions


@pytest.mark.parametrize("text", ["", "EST", "GMT+2", "../../etc/passwd", "/usr/share", "x" * 65536, "\ud800", "\x00"])
def test_what_names_no_zone_with_daylight_saving_is_refused(text: str) -> None:
    with pytest.raises(ZoneRefused):
        zone_from(text)


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_text_names_a_zone_or_is_refused(text: str) -> None:
    with contextlib.suppress(ZoneRefused):
        assert zone_from(text).key
