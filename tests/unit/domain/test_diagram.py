"""The picture of a check-in's course says what its table says."""

import re

from bot.domain.check_in import Stage, Step
from bot.domain.course import TRANSITIONS
from bot.domain.diagram import WORDS, course_diagram
from bot.domain.events import NoAccount, Seen

MOVES_NOTHING = {Seen, NoAccount}
ARROW = re.compile(r"    (\w+) --> (\w+): (.+)")
ARROWS = {(before, after): words.split(", ") for before, after, words in ARROW.findall(course_diagram())}


def test_every_step_and_event_has_its_words() -> None:
    assert set(WORDS) == {what for _, what in TRANSITIONS} - MOVES_NOTHING


def test_every_entry_of_the_table_has_an_arrow_from_its_stage() -> None:
    for stage, what in TRANSITIONS:
        if what not in MOVES_NOTHING:
            assert any(before == stage and WORDS[what] in words for (before, _), words in ARROWS.items())


def test_no_arrow_says_what_is_not_in_the_table() -> None:
    by_words = {words: what for what, words in WORDS.items()}
    for (before, _), all_words in ARROWS.items():
        for words in all_words:
            assert (Stage(before), by_words[words]) in TRANSITIONS


def test_every_open_stage_leads_to_the_close_by_the_codeword_alone() -> None:
    into_the_close = {before: words for (before, after), words in ARROWS.items() if after == Stage.CLOSED}
    assert into_the_close == {stage.value: ["the codeword"] for stage in Stage if stage is not Stage.CLOSED}


def test_only_the_end_of_grace_leads_from_calm_to_an_alert() -> None:
    calm = {Stage.ARMED, Stage.ASKED}
    alarming = [words for (before, after), words in ARROWS.items() if before in calm and after not in {*calm, "closed"}]
    assert alarming == [[WORDS[Step.ALERT]]]
