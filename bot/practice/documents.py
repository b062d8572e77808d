"""The parts of the documentation that are made by running the bot: `python -m bot.practice.documents`.

- `docs/dialogues.md`, from all tours;
- `docs/texts.md`, from the catalogue of texts;
- in other Markdown files whatever stands between `<!-- dialogue: FILE -->` and `<!-- end -->`, FILE being a tour;
- the table of settings, between `<!-- settings -->` and `<!-- end -->`;
- the course of a check-in, drawn from its table, between `<!-- course -->` and `<!-- end -->`;
- the picture of practice mode.
"""

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bot.domain.diagram import course_diagram
from bot.practice.playing import perform
from bot.practice.script_lines import Script
from bot.practice.script_parsing import parse_script
from bot.practice.texts_page import texts_page
from bot.settings import describe_settings

TOURS = Path("docs/tours")
DIALOGUES = Path("docs/dialogues.md")
ALL_TEXTS = Path("docs/texts.md")
PICTURE = Path("docs/pictures/practice.svg")
EMBEDDING = (Path("README.md"), Path("CONTRIBUTING.md"), Path("docs/running.md"), Path("docs/check-in.md"))
"""Where something may stand between markers."""

_BLOCK = re.compile(r"(<!-- dialogue: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
_SETTINGS = re.compile(r"(<!-- settings -->\n).*?(<!-- end -->)", re.DOTALL)
_COURSE = re.compile(r"(<!-- course -->\n).*?(<!-- end -->)", re.DOTALL)
_INTRODUCTION = """# Dialogues

What people see, hour by hour. Nobody wrote these down: `python -m bot.practice.documents` plays the scripts in
[tours](tours) with the real bot and prints what happened; a test fails when this page is stale.
"""


_played = lru_cache(perform)  # a script is the same in every run, and stands in several documents


class DialogueFailed(Exception):  # noqa: N818 (says what is wrong)
    """A tour did not go as it expects. The text says where."""


def dialogue(path: Path) -> str:
    """The conversation of a script. Raises ScriptMistake, DialogueFailed, OSError."""
    return _conversation(path, parse_script(path.read_text(encoding="utf-8")))


def dialogues_page(root: Path) -> str:
    """What `docs/dialogues.md` has to say. `root`: the folder of the checkout."""
    parts = [_INTRODUCTION]
    for path in sorted((root / TOURS).glob("*.txt")):
        script = parse_script(path.read_text(encoding="utf-8"))
        conversation = _conversation(path, script)
        parts.append(f"## {script.title}\n\n{script.description}\n\n```text\n{conversation}```\n")
    return "\n".join(parts)


def with_dialogues(markdown: str, root: Path) -> str:
    """The same text, with fresh dialogues of the tours named in its markers. `root`: the checkout."""

    def fresh(found: re.Match[str]) -> str:
        return f"{found[1]}```text\n{dialogue(root / TOURS / found[2])}```\n{found[3]}"

    return _BLOCK.sub(fresh, markdown)


def with_settings(markdown: str) -> str:
    """The same text, with a fresh table of all settings."""
    rows = [f"| `{one.variable}` | {one.meaning} | {one.without} |" for one in describe_settings()]
    table = "\n".join(["| Variable | Meaning | Default |", "| --- | --- | --- |", *rows])
    return _SETTINGS.sub(lambda found: f"{found[1]}{table}\n{found[2]}", markdown)


def with_course(markdown: str) -> str:
    """The same text, with a fresh diagram of the course of a check-in."""
    return _COURSE.sub(lambda found: f"{found[1]}```mermaid\n{course_diagram()}```\n{found[2]}", markdown)


def documents(root: Path) -> Iterator[tuple[Path, str]]:
    """Every file that is made here, wholly or in part, and what it should contain."""
    from bot.practice.screen_picture import picture

    yield root / DIALOGUES, dialogues_page(root)
    yield root / ALL_TEXTS, texts_page()
    for name in EMBEDDING:
        path = root / name
        if path.exists():
            yield path, with_course(with_settings(with_dialogues(path.read_text(encoding="utf-8"), root)))
    yield root / PICTURE, picture()


def main() -> None:
    """Write what is stale. The present folder must be the checkout."""
    for path, text in documents(Path.cwd()):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"Written: {path}\n")


def _conversation(path: Path, script: Script) -> str:
    played = _played(script)
    if played.trouble is not None:
        raise DialogueFailed(f"{path.name}, {played.trouble}")
    return played.conversation


if __name__ == "__main__":
    main()
