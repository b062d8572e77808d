"""From lines of a script to steps."""

from datetime import time, timedelta

import pytest

from bot.practice.script_lines import (
    At,
    Edits,
    Expects,
    ExpectsNothing,
    Narrates,
    Paired,
    People,
    PhoneTurned,
    Place,
    Reacts,
    Says,
    ScriptMistake,
    Sends,
    Setting,
    Turn,
    Wait,
)
from bot.practice.script_parsing import EXAMPLES, parse_script


def act(line: str, people: str = "people Ana, Bo, Cy") -> object:
    return parse_script(f"{people}\n{line}").steps[1].act


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("at 9:05", At(time(9, 5))),
        ("wait 1h 30m", Wait(timedelta(minutes=90))),
        ("wait 45s", Wait(timedelta(seconds=45))),
        ("> Night falls: all is quiet.", Narrates("Night falls: all is quiet.")),
        ("Ana: /start 2h", Says("Ana", Place(), "/start 2h")),
        ("Ana in the group: /extend 30m", Says("Ana", Place(in_group=True), "/extend 30m")),
        ("Ana in the group with Bo: hello", Says("Ana", Place(in_group=True, shared_with="Bo"), "hello")),
        ("Ana sends a photo", Sends("Ana", Place(), "photo", "")),
        ("Ana sends a voice note: a, b", Sends("Ana", Place(), "voice note", "a, b")),
        ("Ana in the group sends a photo: see", Sends("Ana", Place(in_group=True), "photo", "see")),
        ("Ana edits: /start 3h", Edits("Ana", "/start 3h")),
        ("Bo reacts 👍 to the last group message", Reacts("Bo", "👍", Place(in_group=True))),
        ("Bo reacts ❤ to the last direct message", Reacts("Bo", "❤", Place())),
        ("Bo takes back 👍 from “no word”", Reacts("Bo", "👍", None, "no word", remove=True)),
        ("Ana's phone off", PhoneTurned("Ana", on=False)),
        ("Ana’s phone on", PhoneTurned("Ana", on=True)),
        ("signal DOWN", Turn.SIGNAL_DOWN),
        ("bot is killed", Turn.BOT_KILLED),
        ('expect Bo: "no word since"', Expects("Bo", Place(), "no word since")),
        ('expect not Bo in the group: "Room 12"', Expects("Bo", Place(in_group=True), "Room 12", wanted=False)),
        ("expect nothing for Bo", ExpectsNothing("Bo")),
        ("paired Ana with Bo", Paired("Ana", "Bo", "purple giraffe")),
        ('paired Ana with Bo, word "red boat"', Paired("Ana", "Bo", "red boat")),
    ],
)
def test_a_line_means_what_it_says(line: str, meant: object) -> None:
    assert act(line) == meant


def test_indented_lines_go_on_with_the_message() -> None:
    script = parse_script("people Ana\nAna: /start 2h\n     Room 12\n  # 3rd floor\n")
    assert script.steps[1].act == Says("Ana", Place(), "/start 2h\nRoom 12\n# 3rd floor")


def test_the_first_comments_are_title_and_description() -> None:
    script = parse_script("# A title\n# What it shows,\n# in two lines.\n\npeople Ana\n# a remark\nwait 1m")
    assert (script.title, script.description) == ("A title", "What it shows,\nin two lines.")
    assert [step.line for step in script.steps] == [5, 7]


def test_settings_stand_above_the_people() -> None:
    assert parse_script("setting grace 10m\npeople Ana").steps[0].act == Setting("grace", "10m")
    with pytest.raises(ScriptMistake, match="line 2: settings come first"):
        parse_script("people Ana\nsetting grace 10m")


def test_every_example_is_understood() -> None:
    for example in EXAMPLES:
        if not example.startswith(("people", "setting")):
            assert act(example)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("people Ana\nAna says hello", r"line 2: this is not understood: Ana says hello\nThe nearest that is: Ana"),
        ("people Ana\nexpect Ana: hello", "line 2: this is not understood.*\\n.*expect"),
        ("people Ana\n\nwait two hours", "line 3: a length of time is written like"),
        ("people Ana\nat 25:00", "line 2: a time of day is written like 20:00"),
        ("people Ana Maria", "line 1: names are single words"),
        ("people Ana, Ana", "line 1: Ana is there already"),
        ("people Ana\nBo: hello", "line 2: nobody is called Bo"),
        ("people Ana\nAna in the group with Bo: hello", "line 2: nobody is called Bo"),
        ("people Ana\npaired Ana with Ana", "line 2: nobody can be their own buddy"),
        ("people Ana\nwait 1m\n  indented", "line 3: an indented line goes on with a message"),
        ("  indented", "line 1: an indented line goes on with a message"),
        ("# nothing", "line 1: nobody is here"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(ScriptMistake, match=problem):
        parse_script(text)


def test_people_may_come_later() -> None:
    assert parse_script("people Ana\nwait 1m\npeople Bo\nBo: hello").steps[2].act == People(("Bo",))
