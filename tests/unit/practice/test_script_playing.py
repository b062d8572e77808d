"""Playing scripts on the real bot."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.practice.playing import NOT_A_SCRIPT, NOT_AS_EXPECTED, PLAYED, perform, play
from bot.practice.script_lines import ScriptMistake
from bot.practice.script_parsing import parse_script

PAIRED = 'people Ana, Bo\npaired Ana with Bo, word "purple giraffe"\nat 20:00\n'


def played(lines: str, before: str = PAIRED) -> str:
    result = perform(parse_script(before + lines))
    assert result.trouble is None, result.trouble
    return result.conversation


def trouble(lines: str) -> str:
    return perform(parse_script(PAIRED + lines)).trouble or ""


def test_the_conversation_shows_who_wrote_what_to_whom_and_when() -> None:
    conversation = played("Ana: /start 2h\n   Room 12\n")
    assert conversation.startswith("Friday, 5 March 2027 (Europe/London)\n\n20:00  Ana → bot    /start 2h\n")
    assert "\n                    Room 12\n" in conversation
    assert "20:00  bot → group  Ana's timer runs until 22:00." in conversation
    assert conversation.count("Ana's timer runs until 22:00.") == 1, "a group message is shown once"
    assert "purple giraffe" not in conversation, "the set-up is not shown"


def test_a_reaction_is_shown_with_what_it_answers() -> None:
    conversation = played("Ana: /start 2h\nBo reacts 👍 to the last group message\n")
    assert '20:00  Bo → group   👍 to "Ana\'s timer runs until 22:00. Bo, please…"' in conversation


def test_an_overdue_timer_alerts_and_the_late_word_takes_the_alert_back() -> None:
    conversation = played('Ana: /start 1h\nat 21:06\nexpect Bo: "no word since 21:00"\nAna: purple giraffe\n')
    assert "21:05  bot → Bo     Timer of Ana: no word since 21:00." in conversation
    assert "21:06  bot → Bo     (deletes the message" in conversation


def test_midnight_begins_a_new_day() -> None:
    conversation = played("at 23:30\nAna: /start 1h\nat 0:31\n")
    assert "\n\nSaturday, 6 March 2027 (Europe/London)\n\n00:20  bot → Ana" in conversation


def test_a_phone_that_was_off_gets_its_messages_late() -> None:
    conversation = played(
        "Bo's phone off\nAna: /start 1h\nat 21:20\nexpect nothing for Bo\nBo's phone on\nexpect Bo: \"no word\"\n"
    )
    assert "20:00  Bo's phone is off." in conversation
    assert "21:20  bot → Bo     (sent 21:05) Timer of Ana: no word since 21:00." in conversation
    assert "(only now on Bo's phone: \"Ana's timer runs until 21:00." in conversation


def test_the_bot_can_stop_be_killed_and_start() -> None:
    conversation = played(
        'bot stops\nwait 1m\nAna: /start 2h\nexpect nothing for Ana\nbot starts\nexpect Ana: "22:0"\n'
    )
    assert "20:00  The bot is stopped." in conversation
    assert "20:01  The bot is started again." in conversation


def test_signal_can_be_down() -> None:
    conversation = played("Signal down\nAna: /status\nexpect nothing for Ana\nSignal up\nwait 2m\n")
    assert "The bot's connection to Signal is back." in conversation
    assert "No timer runs." in conversation


def test_edits_and_deletions_are_shown() -> None:
    conversation = played('Ana: /strt 2h\nAna edits: /start 2h\nexpect Ana: "22:00"\nAna deletes\n')
    assert "20:00  Ana → bot    /start 2h (edited)" in conversation
    assert "20:00  Ana → bot    (deletes the message before)" in conversation


def test_several_groups_are_told_apart() -> None:
    conversation = played(
        "people Cy\npaired Ana with Cy\nAna: /start 2h\nBo in the group: hello\nAna in the group with Cy: hi\n"
    )
    assert "bot → group Ana + Bo  Ana's timer" in conversation
    assert "Ana → group Ana + Cy  hi" in conversation


def test_the_code_shown_last_can_be_used() -> None:
    conversation = played('operator invites\nCy: /join {code}\nexpect Cy: "/name"\n', before="people Cy\n")
    code = conversation.partition("It prints ")[2][:14]
    assert f"Cy → bot  /join {code}" in conversation


def test_settings_apply() -> None:
    played('Ana: /start 1h\nat 21:16\nexpect Bo: "no word"\n', before=f"setting grace 15m\n{PAIRED}")


def test_words_to_the_reader_stand_alone() -> None:
    assert "\n\nNight falls.\n\n" in played("Ana: hello\n> Night falls.\nAna: hello\n")


def test_the_same_script_gives_the_same_text_in_every_run(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("people Ana\noperator invites\nAna: /join {code}\nAna: /name Ana\nAna: /words red boat sails\n")
    command = [sys.executable, "-c", "from bot.cli import main; main()", "practice", "--script", str(script)]
    runs = {
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


# --- expectations


def test_what_is_missing_is_told_with_what_came_instead() -> None:
    told = trouble('Ana: /start 2h\nexpect Ana: "alert"\n')
    assert told.startswith('line 5: Ana should have been told: "alert"\nThe step before brought Ana:\n20:00  bot → ')
    assert "Your timer runs until 22:00." in told


def test_what_should_not_have_come_is_told() -> None:
    assert "Bo should not have been told" in trouble('Ana: /start 2h\nexpect not Bo in the group: "22:00"\n')
    assert "Bo should have got no message." in trouble("Ana: /start 2h\nexpect nothing for Bo\n")


def test_a_direct_message_is_not_expected_in_the_group_nor_the_other_way_round() -> None:
    assert trouble('Ana: /start 2h\nexpect Bo: "22:00"\n')
    assert trouble('Ana: /status\nexpect Ana in the group: "timer"\n')


def test_an_expectation_looks_only_at_the_step_before() -> None:
    assert trouble('Ana: /start 2h\nwait 1m\nexpect Ana: "Saved"\n')


# --- steps that cannot be done


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("at 19:00", "line 4: it is already 20:00:00"),
        ("bot starts", "line 4: the bot runs already"),
        ("bot stops\nbot is killed", "line 5: the bot does not run"),
        ("bot stops\noperator invites", "line 5: the bot does not run"),
        ("Ana edits: hello", "line 4: Ana has written nothing yet"),
        ("Ana: /join {code}", "line 4: no invite code was shown yet"),
        ('Bo reacts 👍 to "never said"', "line 4: Bo's phone shows no such message"),
        ("people Cy\nCy in the group: hello", "line 5: Cy is in no such group"),
        ("Ana's phone off\nAna: hello", "line 5: Ana's phone is off"),
    ],
)
def test_an_impossible_step_is_told_with_its_line(lines: str, problem: str) -> None:
    with pytest.raises(ScriptMistake, match=problem):
        perform(parse_script(PAIRED + lines))


def test_which_group_is_meant_must_be_said_where_there_are_several() -> None:
    lines = "people Cy\npaired Ana with Cy\nAna in the group: hello"
    with pytest.raises(ScriptMistake, match="Ana is in several groups; write: in the group with NAME"):
        perform(parse_script(PAIRED + lines))


@pytest.mark.parametrize("line", ["setting volume 11", "setting database_url sqlite:///mine.db"])
def test_a_setting_that_practice_does_not_have_is_a_mistake(line: str) -> None:
    with pytest.raises(ScriptMistake, match="line 1: practice has no setting"):
        perform(parse_script(f"{line}\n{PAIRED}"))


def test_a_setting_with_an_unusable_value_is_a_mistake() -> None:
    with pytest.raises(ScriptMistake, match="BUDDY_GRACE"):
        perform(parse_script(f"setting grace soon\n{PAIRED}"))


# --- files and exit codes


def run(*texts: str, folder: Path) -> tuple[int, str, str]:
    paths = [folder / f"{place}.txt" for place, _ in enumerate(texts)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    out, errors = io.StringIO(), io.StringIO()
    return play(paths, out, errors), out.getvalue(), errors.getvalue()


def test_a_played_script_ends_with_0(tmp_path: Path) -> None:
    code, out, errors = run("# Hello\npeople Ana\nAna: hello\n", folder=tmp_path)
    assert (code, errors) == (PLAYED, "")
    assert out.startswith("Hello\n\nFriday, 5 March 2027")


def test_a_failed_expectation_ends_with_1_after_the_conversation(tmp_path: Path) -> None:
    code, out, errors = run('people Ana\nAna: hello\nexpect Ana: "good-bye"\n', folder=tmp_path)
    assert code == NOT_AS_EXPECTED
    assert "Ana → bot  hello" in out
    assert '0.txt, line 3: Ana should have been told: "good-bye"' in errors


def test_several_files_are_played_and_the_worst_end_counts(tmp_path: Path) -> None:
    code, out, errors = run("people Ana\nAna dances\n", "people Ana\nAna: hello\n", folder=tmp_path)
    assert code == NOT_A_SCRIPT
    assert "0.txt, line 2: this is not understood: Ana dances" in errors
    assert "Ana → bot  hello" in out


def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    errors = io.StringIO()
    assert play([tmp_path / "binary", tmp_path / "nothing"], io.StringIO(), errors) == NOT_A_SCRIPT
    assert "it is not text in UTF-8" in errors.getvalue()
    assert "No such file" in errors.getvalue()


def test_the_command_takes_several_files(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"# {name}\npeople Ana\nAna: hello\n")
    result = CliRunner().invoke(app, ["practice", "--script", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    assert result.exit_code == 0
    assert "a.txt\n" in result.output
    assert "b.txt\n" in result.output
