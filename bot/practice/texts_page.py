"""All texts on one page, so that people who know the work can read them without reading code."""

from collections.abc import Mapping
from textwrap import fill

from bot.texts.catalogue import TOPICS
from bot.texts.examples import example
from bot.texts.text import Audience, Text

_WIDTH = 92
_INDENT = "    "
_READERS = {
    Audience.ANYBODY: "Anybody reads",
    Audience.PERSON: "Whoever uses the bot reads, in the direct chat",
    Audience.GROUP: "The group reads",
    Audience.BUDDY: "A buddy reads, in the direct chat",
    Audience.OPERATOR: "The operator reads",
}
_INTRODUCTION = """# All texts

Every text that the bot says, as somebody would read it: Ana is looked after, Bo, Cy and Dee are buddies, it is 20:05 in
London. Made from `bot/texts/` by `python -m bot.practice.documents`; a test fails when it is stale. A message may be
several of them, one below the other; [dialogues.md](dialogues.md) shows whole evenings.

The rules they are held to: what a phone that is in the wrong hands may show (everything but what a buddy reads in the
direct chat) speaks of timers and buddies alone. The first 40 characters of every message do, too. Calm, short, only
what is known, one thing to do first, what happens next and when. No word is ever repeated, and which words exist is
never said.
"""


def texts_page() -> str:
    """What `docs/texts.md` has to say."""
    return "\n".join([_INTRODUCTION, *(_topic(title, texts) for title, texts in TOPICS.items())])


def _topic(title: str, texts: Mapping[str, Text]) -> str:
    parts = [f"## {title}\n"]
    for audience, reads in _READERS.items():
        shown = [_shown(name) for name, text in texts.items() if text.audience is audience]
        if shown:
            parts += [f"{reads}:\n", "```text", *shown, "```\n"]
    return "\n".join(parts)


def _shown(name: str) -> str:
    lines = (
        fill(line, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False)
        for line in example(name).splitlines()
    )
    return "\n".join([name, *lines])
