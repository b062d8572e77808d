"""What somebody sees who glances at her list of chats: a neutral name and a neutral picture."""

from tests.stories.dialog import Someone, story


@story(profile_name="")
async def test_unless_the_operator_chose_another_way(ana: Someone, bo: Someone) -> None:
    await ana.says("hello")
    await ana.reads("…")
    assert "Bot" in [chat.title for chat in ana.phone.chats()]


@story()
async def test_the_bot_is_a_timer_there(ana: Someone, bo: Someone) -> None:
    await ana.says("hello")
    await ana.reads("…")
    assert "Timer" in [chat.title for chat in ana.phone.chats()]
