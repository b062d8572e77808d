"""The catalogue against the SPEC's rules (Tone), and against the code that uses it."""

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from bot.domain.outgoing import Fact
from bot.texts.catalogue import TEXTS
from bot.texts.examples import FACTS, OWN_EXAMPLES, READER, example_facts
from bot.texts.rendering import placeholders, render
from bot.texts.text import Audience
from handlers.command import find_commands
from tests.stories.dialog import Scene, Someone, story
from tests.stories.night import a_night_with_everything

ROOT = Path(__file__).parents[2]
FORBIDDEN = re.compile(
    r"\b(sex|client|customer|escort|appointment|date|hotel|meeting|meet|meets|danger|dangerous|alarm|alert|alerts|police"
    r"|emergency|help me|rescue|safe|unsafe|overdue|check-in|violence|attack|duress|codeword|secret|threat|missing)\b",
    re.IGNORECASE,
)
ALLOWED = ("no emergency service", "/safe", "/cancel", "/settings alerts only")
"""The SPEC wants the first said; and commands are called what they are called."""

FOLLOWS = {"alert.police", "alert.police_plan", "alert.police_lost"}
"""Never begins a message, so that its own first characters are not what a lock screen shows."""


def _without_allowed(text: str) -> str:
    for phrase in ALLOWED:
        text = text.replace(phrase, "")
    return text


def _rendered(name: str, /, **facts: Fact) -> str:
    return render(name, {**example_facts(name), **facts}, READER)


def _bad(is_bad: Callable[[str], object]) -> list[str]:
    return [name for name in sorted(TEXTS) if is_bad(name)]


def test_every_text_renders_without_a_leftover() -> None:
    for name in TEXTS:
        rendered = _rendered(name)
        assert rendered.strip() == rendered != "", name
        assert "{" not in rendered, name
        assert "None" not in rendered, name


def test_every_example_fact_is_used() -> None:
    assert set(FACTS) - {field for text in TEXTS.values() for field in placeholders(text.english)} == set()
    assert {name for name in OWN_EXAMPLES if name not in TEXTS} == set()


def test_what_her_phone_shows_says_nothing_to_a_bystander() -> None:
    hers = {name for name, text in TEXTS.items() if text.audience is not Audience.BUDDY}
    assert _bad(lambda name: name in hers and FORBIDDEN.search(_without_allowed(TEXTS[name].english))) == []


def test_the_first_forty_characters_of_anything_are_neutral() -> None:
    shown = {name: _without_allowed(_rendered(name))[:40] for name in TEXTS if name not in FOLLOWS}
    assert [text for text in shown.values() if FORBIDDEN.search(text)] == []


def test_every_text_fits_into_one_message() -> None:
    assert _bad(lambda name: len(_rendered(name, name="N" * 30, buddy="B" * 30).encode()) > 1900) == []


def test_nothing_that_somebody_wrote_is_echoed() -> None:
    """Names are what people call themselves; what she left stands in one text alone, and not at its front."""
    for name, text in TEXTS.items():
        fields = placeholders(text.english)
        assert not fields & {"word", "message", "written", "text"}, name
        assert "details" not in fields or name == "alert.details", name
        assert not text.english.startswith("{details}"), name


def test_times_are_facts_and_never_written_out() -> None:
    def has_a_time(name: str) -> object:
        return re.search(r"\b\d{1,2}:\d{2}\b", re.sub(r"/start[^.\n]*", "", TEXTS[name].english))

    assert _bad(has_a_time) == ["help.start"]


@cache
def _names_in_code() -> dict[str, set[str]]:
    """Every string in the code that looks like a text's name, and where; joined names are taken apart."""
    found: dict[str, set[str]] = {}
    for folder in ("bot", "handlers", "scheduler", "storage"):
        for path in (ROOT / folder).rglob("*.py"):
            if path.is_relative_to(ROOT / "bot" / "texts") and path.name != "rendering.py":
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    for part in node.value.split("|"):
                        found.setdefault(part, set()).add(path.name)
    return found


def _used_by_rule() -> set[str]:
    """Names that the code makes: each command's help, and the twins for groups elsewhere."""
    helps = {command.help_text for command in find_commands().values()}
    return helps | {f"{name}_elsewhere" for name in ("group.start", "group.new_time")}


def test_every_text_is_used() -> None:
    assert set(TEXTS) - set(_names_in_code()) - _used_by_rule() == set()


def test_every_used_text_exists() -> None:
    prefixes = {name.partition(".")[0] for name in TEXTS}
    looks_like_one = re.compile(rf"(?:{'|'.join(sorted(prefixes))})\.[a-z_]+")
    used = {name for name in _names_in_code() if looks_like_one.fullmatch(name)} | _used_by_rule()
    files = {name for name in used if name.endswith((".py", ".db", ".key", ".json", ".txt"))}
    assert used - files - set(TEXTS) == set()


def test_every_command_has_a_help_that_begins_with_its_form() -> None:
    for name, command in find_commands().items():
        assert TEXTS[command.help_text].english.startswith(f"/{name}")


def _refused_in_code() -> set[str]:
    """Every text with which the code refuses what somebody wrote, as far as it is named on the spot."""
    found = set()
    for folder in ("bot/use_cases", "handlers"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                    first = node.args[0]
                    if node.func.id in ("UserMistake", "Refused") and isinstance(first, ast.Constant):
                        found.add(str(first.value))
    return found


ONLY_ASKED = {"buddies.none"}
"""Answers to a question that was well put."""


def test_a_refusal_says_first_that_nothing_changed() -> None:
    starts = ("unknown.", "start.needs", "start.ambiguous", "start.past", "start.no_", "start.too", "start.running")
    ends = (".wrong_form", ".refused", ".unknown_name", ".needs_word", "_bounds", ".too_long", ".too_short")
    named = {name for name in TEXTS if name.startswith(starts) or name.endswith(ends)}
    refused = _refused_in_code()
    assert len(refused) > 60
    for name in (named | refused) - ONLY_ASKED:
        begins = "NOT started" if name.startswith("start.") else "Nothing changed"
        assert TEXTS[name].english.startswith((begins, "Edits do not count. Nothing changed.")), name


@story(paired=False)
async def test_whatever_shows_on_a_phone_in_a_whole_night_is_neutral_at_its_front(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await a_night_with_everything(ana, bo, dee, scene)
    for someone in (ana, bo, dee):
        fronts = [_without_allowed(text)[:40] for text in someone.shows()]
        assert [front for front in fronts if FORBIDDEN.search(front)] == []
    in_group = [str(e.body) for e in bo.phone.history if e.kind == "text" and e.group_id is not None]
    for text in [*ana.shows(), *in_group]:
        assert not FORBIDDEN.search(_without_allowed(text)), text
