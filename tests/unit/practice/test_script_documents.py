"""The tours, and what the documentation shows of them."""

from pathlib import Path

import pytest

from bot.practice.documents import PICTURE, TOURS, DialogueFailed, dialogue, dialogues_page, documents, with_dialogues

ROOT = Path(__file__).parents[3]
REGENERATE = "Stale. Run `python -m bot.practice.documents` in the checkout, and look at what changed."


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / TOURS).glob("*.txt")))
def test_a_tour_goes_as_it_expects(name: str) -> None:
    assert dialogue(ROOT / TOURS / name)


def test_every_generated_document_is_fresh() -> None:
    for path, text in documents(ROOT):
        assert path.exists(), REGENERATE
        assert path.read_text(encoding="utf-8") == text, f"{path.relative_to(ROOT)}: {REGENERATE}"


def test_the_dialogues_show_every_tour() -> None:
    page = dialogues_page(ROOT)
    assert page.count("\n## ") == len(list((ROOT / TOURS).glob("*.txt")))


def test_what_stands_between_the_markers_is_replaced() -> None:
    before = "Above\n<!-- dialogue: 03-overdue.txt -->\nold\n<!-- end -->\nbelow\n"
    after = with_dialogues(before, ROOT)
    assert after.startswith("Above\n<!-- dialogue: 03-overdue.txt -->\n```text\nFriday, 5 March 2027")
    assert after.endswith("```\n<!-- end -->\nbelow\n")
    assert with_dialogues(after, ROOT) == after


def test_a_tour_that_fails_makes_no_document(tmp_path: Path) -> None:
    (tmp_path / "tour.txt").write_text('people Ana\nAna: hello\nexpect Ana: "never"\n')
    with pytest.raises(DialogueFailed, match="line 3"):
        dialogue(tmp_path / "tour.txt")


def test_the_picture_names_no_address_of_a_font() -> None:
    picture = (ROOT / PICTURE).read_text(encoding="utf-8")
    assert "@font-face" not in picture
    assert "https://" not in picture
