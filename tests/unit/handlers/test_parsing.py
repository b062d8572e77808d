"""A command is the first line; in the direct chat also without slash; in a group only with one (SPEC, Ways in)."""

import pytest

from bot.domain.words import COMMAND_NAMES
from handlers.parsing import Unknown, Written, read_command


def written(text: str, *, in_group: bool = False) -> Written:
    command = read_command(text, in_group, COMMAND_NAMES)
    assert isinstance(command, Written)
    return command


@pytest.mark.parametrize(
    "text",
    [
        "/start 2h",
        "/START 2h",
        "/Start   2h",
        "  /start 2h  ",
        "/ start 2h",
        "／start 2h",
        "／ｓｔａｒｔ\u30002h",
        "/start, 2h",
        "/start: 2h",
        "/start\t2h",
        "\ufffc /start 2h",
        "\ufffc\ufffc/start 2h",
        "\n\n/start 2h",
        "\u200b/start\u200b 2h",
        "\u200f/start 2h",
        "\ufffc\n/start 2h",
        "/start 2h\n",
        "/start 2h\n \n",
    ],
)
def test_a_command_is_read_however_it_is_typed(text: str) -> None:
    for in_group in (False, True):
        command = written(text, in_group=in_group)
        assert (command.name, command.arguments, command.details, command.slash) == ("start", "2h", None, True)


def test_details_are_what_follows_the_first_line_as_written() -> None:
    command = written("/start 2h with Cy\r\nHotel  Ritz, “room” 5\n\nback at ½ 12 ")
    assert command.arguments == "with Cy".join(["2h ", ""])
    assert command.details == "Hotel  Ritz, “room” 5\n\nback at ½ 12"


def test_arguments_keep_their_case_and_punctuation_with_plain_quotes_and_spaces() -> None:
    assert written("/safe  “Blue  Bird’s”!").arguments == '"Blue Bird\'s"!'


def test_free_text_is_all_that_follows_the_command_as_written() -> None:
    assert written("/plan call Dee ½ past\n\n then “police”").free_text == "call Dee ½ past\n\n then “police”"
    assert written("／ plan  call Dee").free_text == "call Dee"
    assert written("plan\ncall Dee").free_text == "call Dee"
    assert written("/sos").free_text == ""


def test_without_slash_it_is_read_in_the_direct_chat_and_marked() -> None:
    command = written("Start 2h")
    assert (command.name, command.arguments, command.slash) == ("start", "2h", False)


def test_in_a_group_only_a_slash_makes_a_command() -> None:
    assert read_command("start 2h", True, COMMAND_NAMES) is None
    assert written("/start 2h", in_group=True).slash


def test_in_a_group_a_slashless_command_counts_while_her_check_in_runs() -> None:
    command = read_command("safe bluebird", True, COMMAND_NAMES, check_in_running=True)
    assert isinstance(command, Written)
    assert (command.name, command.arguments, command.slash) == ("safe", "bluebird", False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "hello",
        "bluebird",
        "please /start 2h",
        "\\start 2h",
        "startled",
        "\ufffc",
        "🦊🦊",
        "ready\n/start 2h",
    ],
)
def test_anything_else_is_only_text(text: str) -> None:
    for in_group in (False, True):
        assert read_command(text, in_group, COMMAND_NAMES, check_in_running=True) is None


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("/strat 2h", "start"),
        ("/saef bluebird", "safe"),
        ("/STATSU", "status"),
        ("/start2h", "start"),
        ("/safebluebird", "safe"),
        ("/xyzzy", None),
        ("/", None),
        ("//", None),
        ("/👍", None),
    ],
)
def test_an_unknown_command_is_told_with_the_nearest_right_one(text: str, nearest: str | None) -> None:
    for in_group in (False, True):
        command = read_command(text, in_group, COMMAND_NAMES)
        assert isinstance(command, Unknown)
        assert command.nearest == nearest


def test_what_was_written_is_kept_out_of_logs() -> None:
    for text in ("/safe bluebird", "safe bluebird\nbluebird", "/safebluebird", "/plan bluebird"):
        assert "bluebird" not in repr(read_command(text, False, COMMAND_NAMES))


@pytest.mark.parametrize("unit", ["a", "/start ", "\n", "\ufffc", "\ud800", "\u0300\u0327", " \u200b"])
def test_64_kib_of_anything_are_read(unit: str) -> None:
    for text in (unit * (65536 // len(unit)), "/start 2h\n" + unit * (65536 // len(unit))):
        read_command(text, False, COMMAND_NAMES)
