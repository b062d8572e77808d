"""The documentation keeps to what is there."""

import re
from pathlib import Path

import pytest

from bot.practice.texts_page import texts_page
from bot.texts.catalogue import TEXTS, TOPICS
from handlers.command import find_commands

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
_LINK = re.compile(r"\]\((?!https?://)([^)#]+)")
_PLACE = re.compile(r"`((?:bot|handlers|scheduler|storage|tests|docs)/[\w/.]+?)/?`")
_COMMAND = re.compile(r"`/([a-z]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_every_file_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = [page.parent / link for link in _LINK.findall(text)]
    named += [ROOT / place for place in _PLACE.findall(text) if "NAME" not in place]
    assert [str(path) for path in named if not path.exists()] == []


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "docs" / "running.md"], ids=lambda page: page.name)
def test_every_command_shown_to_people_exists(page: Path) -> None:
    shown = set(_COMMAND.findall(page.read_text(encoding="utf-8")))
    assert shown <= set(find_commands()), shown - set(find_commands())


@pytest.mark.parametrize("name", sorted(find_commands()))
def test_each_command_has_its_help_and_its_story(name: str) -> None:
    assert f"help.{name}" in TEXTS
    assert (ROOT / "tests" / "stories" / f"test_{name}.py").exists()


def test_the_page_of_all_texts_is_fresh() -> None:
    page = (ROOT / "docs" / "texts.md").read_text(encoding="utf-8")
    assert page == texts_page(), "Stale. Run `python -m bot.practice.documents` in the checkout."


def test_the_page_of_all_texts_has_each_of_them_once() -> None:
    named = re.findall(r"^[a-z_]+\.[a-z_]+$", texts_page(), re.MULTILINE)
    assert sorted(named) == sorted(TEXTS)
    assert len(TEXTS) == sum(len(texts) for texts in TOPICS.values())


@pytest.mark.parametrize("page", ["promises.md", "threat-model.md"])
def test_each_claim_names_what_holds_it(page: str) -> None:
    """In tables that end in such a column: a test, or plainly none."""
    lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| ---")]
    claims = [row for row in rows if row.count(" | ") == 2 and not row.endswith(("| held by |", "| shown by |"))]
    assert len(claims) > 5
    assert [row for row in claims if "`tests/" not in row.split(" | ")[2] and not row.endswith("| none |")] == []


@pytest.mark.parametrize("page", ["docs/running.md", "signal-cli.Dockerfile"])
def test_each_daemon_shown_to_operators_keeps_accounts_out_of_its_log(page: str) -> None:
    """signal-cli names them there unless told not to (`tests/lab/test_what_signal_cli_keeps.py`)."""
    text = (ROOT / page).read_text(encoding="utf-8")
    shown = re.findall(r"`signal-cli [^`]*\bdaemon\b[^`]*`|^ENTRYPOINT .*$", text, re.MULTILINE)
    assert shown
    assert [command for command in shown if "--scrub-log" not in command] == []


def test_each_package_that_is_installed_says_what_for() -> None:
    wanted = re.findall(r'^    "([a-z0-9-]+)(?:\[\w+])?==', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert [name for name in wanted if not re.search(rf"\b{re.escape(name)}\b", page)] == []
