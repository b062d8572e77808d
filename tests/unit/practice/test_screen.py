"""The screen of practice mode."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.practice.screen import NOT_POSSIBLE
from bot.practice.screen_picture import Rehearsal, rehearsal
from bot.practice.screen_world import World, WorldEnded
from tests.unit.practice.scenes import FOLDER, SCENES

STALE = "The screen looks different. If that is meant: python -m tests.unit.practice.scenes"


def on_screen(
    act: Callable[[Rehearsal], Awaitable[None]], *, paired: bool = True, size: tuple[int, int] = (80, 24)
) -> None:
    async def play() -> None:
        async with rehearsal(size, paired=paired) as screen:
            await act(screen)

    asyncio.run(play())


def direct(screen: Rehearsal, name: str) -> list[str]:
    return [message.text for message in screen.panel(name).view.chats[0].messages]


def group(screen: Rehearsal, name: str) -> list[str]:
    return [message.text for message in screen.panel(name).view.chats[1].messages]


@pytest.mark.parametrize("name", SCENES)
def test_the_screen_looks_as_on_its_picture(name: str) -> None:
    path = FOLDER / f"{name}.svg"
    assert path.exists(), STALE
    assert SCENES[name].picture() == path.read_text(encoding="utf-8"), STALE


def test_what_is_typed_goes_to_the_bot_and_is_answered() -> None:
    async def act(screen: Rehearsal) -> None:
        await screen.press("slash", *"start", "space", *"2h", "ctrl+j", *"Room", "enter")
        assert direct(screen, "Ana")[0] == "/start 2h\nRoom"
        assert "22:00" in direct(screen, "Ana")[1]

    on_screen(act)


def test_an_empty_message_is_not_sent() -> None:
    async def act(screen: Rehearsal) -> None:
        await screen.press("space", "enter")
        assert direct(screen, "Ana") == []

    on_screen(act)


def test_the_thumb_answers_the_last_message_of_the_open_chat_and_is_taken_back() -> None:
    async def act(screen: Rehearsal) -> None:
        await screen.write("/start 2h")
        await screen.press("tab")
        await screen.press("f2")
        await screen.press("f3")
        assert "Bo has seen it" in direct(screen, "Ana")[-1]
        await screen.press("f3")
        assert not screen.panel("Bo").view.chats[1].messages[-1].reactions

    on_screen(act)


def test_keys_let_a_minute_ten_or_an_hour_pass() -> None:
    async def act(screen: Rehearsal) -> None:
        for key, minutes in (("f5", 1), ("f6", 11), ("f7", 71)):
            await screen.press(key)
            shown = screen.app.query_one("#status").render()
            assert f"{20 + minutes // 60}:{minutes % 60:02}" in str(shown)

    on_screen(act)


def test_one_key_goes_to_the_next_thing_that_happens() -> None:
    async def act(screen: Rehearsal) -> None:
        await screen.write("/start 2h")
        for expected in ("Nobody has answered yet", "22:00 is close", "Your timer ended"):
            await screen.press("f8")
            assert expected in direct(screen, "Ana")[-1]
        await screen.press("f8")
        assert "no word since 22:00" in direct(screen, "Bo")[0]

    on_screen(act)


def test_it_says_when_nothing_happens() -> None:
    async def act(screen: Rehearsal) -> None:
        await screen.press("f8")
        assert "Nothing happened" in str(screen.app.query_one("#status").render())

    on_screen(act)


def test_a_cut_off_phone_neither_sends_nor_receives_until_it_is_back() -> None:
    async def act(screen: Rehearsal) -> None:
        await screen.write("/start 2h")
        await screen.press("f9")
        await screen.press("f7", "f6", "f6", "f6", "f6", "f6")
        assert "is close" not in direct(screen, "Ana")[-1]
        await screen.write("purple giraffe")
        assert "cut off: F9" in str(screen.app.query_one("#status").render())
        assert screen.panel("Ana").query_one("WriteBox").text == "purple giraffe"  # type: ignore[attr-defined]
        await screen.press("f9")
        assert "is close" in direct(screen, "Ana")[-1]
        await screen.press("enter")
        assert "noted" in direct(screen, "Ana")[-1]

    on_screen(act)


def test_a_cut_off_bot_hears_nothing_until_it_is_back() -> None:
    async def act(screen: Rehearsal) -> None:
        await screen.press("f10")
        assert "cut off: the bot" in str(screen.app.query_one("#status").render())
        await screen.write("/start 2h")
        assert direct(screen, "Ana") == ["/start 2h"]
        await screen.press("f10")
        await screen.press("f5")
        assert "Your timer runs" in direct(screen, "Ana")[1]

    on_screen(act)


def test_a_third_phone_can_come_and_be_paired_with_the_code_shown_last() -> None:
    async def act(screen: Rehearsal) -> None:
        await screen.press("f4")
        await screen.press("f4")
        assert list(screen.app.query("PhonePanel")) == [screen.panel(name) for name in ("Ana", "Bo", "Cy")]
        await screen.write("/invite")
        await screen.press("tab")
        await screen.press("tab")
        await screen.write("/join {code}")
        assert "Ana asks you to be a buddy" in direct(screen, "Cy")[-1]

    on_screen(act, size=(120, 36))


def test_it_can_begin_with_nobody_paired() -> None:
    async def act(screen: Rehearsal) -> None:
        assert "operator's invite code is" in str(screen.app.query_one("#hint").render())
        await screen.write("/join {code}")
        assert "Welcome" in direct(screen, "Ana")[-1]

    on_screen(act, paired=False)


def test_digits_stand_for_function_keys_while_nobody_writes() -> None:
    async def act(screen: Rehearsal) -> None:
        await screen.press("escape", "7")
        assert "21:00" in str(screen.app.query_one("#status").render())
        await screen.press("escape", "7", "enter")
        assert direct(screen, "Ana")[0] == "7"

    on_screen(act)


def test_keys_for_phones_do_nothing_while_the_help_is_open() -> None:
    async def act(screen: Rehearsal) -> None:
        await screen.press("f1", "f3", "f7", "f9", "pageup", "f1", "escape")
        assert screen.panel("Ana").view.online
        assert "20:00" in str(screen.app.query_one("#status").render())

    on_screen(act)


def test_older_messages_can_be_looked_at() -> None:
    async def act(screen: Rehearsal) -> None:
        for _ in range(4):
            await screen.write("/help")
        paper = screen.panel("Ana").query_one("Paperwork")
        lowest = paper.scroll_y
        await screen.press("pageup")
        assert paper.scroll_y < lowest
        await screen.press("pagedown")
        assert paper.scroll_y == lowest

    on_screen(act)


def test_deleted_messages_stay_visible_as_deleted() -> None:
    async def act(screen: Rehearsal) -> None:
        await screen.write("/start 1h")
        await screen.press("f7", "f6")
        await screen.write("purple giraffe")
        assert len(screen.panel("Bo").view.deleted) >= 2
        assert "(deleted)" in screen.picture()

    on_screen(act)


def test_the_world_can_end_under_the_screen_without_a_crash() -> None:
    world = World(standing=True)
    world.open()
    world.close()
    with pytest.raises(WorldEnded):
        world.send("Ana", None, "hello").result()


def test_leaving_takes_threads_and_files_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = threading.active_count()
    world = World(standing=True)
    world.open()
    assert list(tmp_path.iterdir())
    world.close()
    world.close()
    assert not list(tmp_path.iterdir())
    assert threading.active_count() == before


def test_a_world_that_cannot_begin_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    world = World(standing=True)
    with pytest.raises(WorldEnded, match="Practice could not begin"):
        world.open()
    world.close()


def test_without_a_terminal_practice_names_the_other_way() -> None:
    result = CliRunner().invoke(app, ["practice"])
    assert result.exit_code == NOT_POSSIBLE
    assert "buddy practice --script" in result.output
