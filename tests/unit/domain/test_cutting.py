"""Long alerts are cut into messages that Signal carries whole (it counts bytes, not characters)."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cutting import cut

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=3000)


@given(TEXTS, st.integers(min_value=8, max_value=2000))
def test_every_part_fits_and_nothing_but_white_space_is_lost(text: str, most: int) -> None:
    parts = cut(text, most)
    assert all(len(part.encode()) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_short_text_stays_whole() -> None:
    assert cut("Room 12, Hotel Ritz", 1500) == ["Room 12, Hotel Ritz"]


def test_it_is_cut_at_a_line_end_where_one_is_near() -> None:
    assert cut("first line\nsecond line", 15) == ["first line", "second line"]
