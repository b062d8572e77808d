"""A malformed or unknown command shows the nearest right one (SPEC, Ways in)."""

import pytest

from bot.domain.words import COMMAND_NAMES
from handlers.suggestions import nearest


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("strat", "start"),
        ("saef", "safe"),
        ("save", "safe"),
        ("sfae", "safe"),
        ("starts", "start"),
        ("cancle", "cancel"),
        ("staus", "status"),
        ("exntend", "extend"),
        ("budies", "buddies"),
        ("resolv", "resolve"),
        ("ext", "extend"),
        ("conf", "confirm"),
        ("extend30m", "extend"),
        ("starttwohours", "start"),
        ("safe" + "x" * 65536, "safe"),
    ],
)
def test_a_slip_a_beginning_or_something_glued_leads_to_the_command(name: str, command: str) -> None:
    assert nearest(name, COMMAND_NAMES) == command


@pytest.mark.parametrize("name", ["", "x", "qq", "hello", "banana", "кошка", "re", "x" * 65536])
def test_nothing_is_suggested_where_nothing_is_near(name: str) -> None:
    assert nearest(name, COMMAND_NAMES) is None


@pytest.mark.parametrize("name", sorted(COMMAND_NAMES))
def test_every_command_is_nearest_to_itself(name: str) -> None:
    assert nearest(name, COMMAND_NAMES) == name


def test_the_suggestion_does_not_depend_on_the_order_of_the_commands() -> None:
    names = sorted(COMMAND_NAMES)
    assert [nearest(f"{name}x", names) for name in names] == [nearest(f"{name}x", names[::-1]) for name in names]


def test_nothing_is_suggested_where_nothing_is_known() -> None:
    assert nearest("start", ()) is None
