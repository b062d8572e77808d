"""The bot's name and picture at Signal are neutral, and set at the set-up (SPEC: Privacy)."""

import asyncio
import io

import pytest

from bot.log import Log
from bot.practice.virtual_time import VirtualClock
from bot.profile import AGAIN_AFTER, PICTURE, Profile
from bot.transport.accounts import OwnProfile
from bot.transport.errors import SignalTimeout
from tests.unit.bot.fake_calls import FakeCalls


class Calls(FakeCalls):
    """Shows a profile, and changes it."""

    def __init__(self, name: str, *, has_picture: bool) -> None:
        super().__init__()
        self.name, self.has_picture = name, has_picture

    async def own_profile(self) -> OwnProfile:
        self._note("own_profile")
        return OwnProfile(self.name, self.has_picture)

    async def set_own_name(self, name: str) -> None:
        self._note("set_own_name", name)
        self.name = name

    async def set_own_picture(self, png: bytes) -> None:
        self._note("set_own_picture")
        assert png.startswith(b"\x89PNG")
        self.has_picture = True


async def _at_once() -> None:
    return


def _profile(calls: Calls, clock: VirtualClock, name: str = "Timer") -> Profile:
    return Profile(calls, name, _at_once, Log(clock, io.StringIO()))


@pytest.mark.parametrize(
    ("name", "has_picture", "changed"),
    [
        ("Ana's escorts", False, ["set_own_name", "set_own_picture"]),
        ("Timer", False, ["set_own_picture"]),
        ("", True, ["set_own_name"]),  # the operator's picture stays
        ("Timer", True, []),  # as at every later start
    ],
)
async def test_what_is_not_so_yet_is_set(clock: VirtualClock, name: str, has_picture: bool, changed: list[str]) -> None:
    calls = Calls(name, has_picture=has_picture)
    await _profile(calls, clock).set_up()
    assert [call[0] for call in calls.calls] == ["own_profile", *changed]
    assert (calls.name, calls.has_picture) == ("Timer", True)


async def test_an_empty_name_leaves_the_account_as_it_is(clock: VirtualClock) -> None:
    calls = Calls("Night line", has_picture=False)
    await _profile(calls, clock, name="").set_up()
    assert calls.calls == []


async def test_what_fails_is_tried_again_an_hour_later(clock: VirtualClock) -> None:
    """The name is kept although the picture was not taken, and is not sent again."""
    calls = Calls("", has_picture=False)
    calls.errors["set_own_picture"] = [SignalTimeout()]
    running = asyncio.ensure_future(_profile(calls, clock).set_up())
    await asyncio.sleep(AGAIN_AFTER - 1)
    assert (calls.name, calls.has_picture, running.done()) == ("Timer", False, False)
    await asyncio.sleep(2)
    assert calls.has_picture
    assert running.done()
    assert [call[0] for call in calls.calls].count("set_own_name") == 1


def test_the_picture_is_small_and_square() -> None:
    content = PICTURE.read_bytes()
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    assert width == height
    assert len(content) < 10_000
