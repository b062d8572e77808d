"""Messages go on disappearing, whoever would turn that off: in a group only the bot may change that, and in a direct
chat it sets it back (SPEC: Privacy)."""

import asyncio

import pytest

from bot.practice.stand_in_content import Address, Content
from bot.practice.stand_in_groups import GroupRefusedError
from tests.stories.dialog import WORD, Scene, Someone, story

HOUR = 3600


def timer(someone: Someone) -> int:
    """Seconds after which messages disappear in the direct chat with the bot."""
    return next(chat for chat in someone.phone.chats() if chat.group_id is None).timer


@pytest.mark.parametrize("seconds", [0, 4 * 7 * 86400])
@story()
async def test_signal_refuses_it_to_everybody_else(ana: Someone, bo: Someone, scene: Scene, seconds: int) -> None:
    for someone in (ana, bo):
        with pytest.raises(GroupRefusedError):
            await someone.phone.change_group(someone.usual_group, expiration=seconds)
    assert (await scene.night.stand_in.group(bo.usual_group))["expiration"] == 4 * HOUR


@pytest.mark.parametrize("seconds", [0, 4 * 7 * 86400])
@story()
async def test_in_a_direct_chat_it_is_set_back(ana: Someone, bo: Someone, scene: Scene, seconds: int) -> None:
    """Found: whoever had her phone for a moment could read the next day where she had been, and with which word."""
    assert timer(ana) == timer(bo) == 4 * HOUR
    for someone in (ana, bo):
        await someone.phone.set_expiration(seconds)
        await scene.passes(seconds=5)
        assert timer(someone) == 4 * HOUR
        assert someone.unread() == []


@story()
async def test_it_is_set_back_where_only_her_next_message_tells(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found: signal-cli takes over what an ordinary text carries, and what followed stayed on her phone for good."""
    ana.phone.lose_expiration(0)
    await ana.says("/status")
    await scene.passes(seconds=5)
    assert timer(ana) == 4 * HOUR


@story()
async def test_to_what_she_has_chosen(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/settings messages 8h")
    await scene.passes(seconds=5)
    await ana.phone.set_expiration(0)
    await scene.passes(seconds=5)
    assert timer(ana) == 8 * HOUR


@story()
async def test_a_shorter_time_stays(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.phone.set_expiration(60)
    await scene.passes(seconds=5)
    assert timer(ana) == 60


@story()
async def test_while_a_timer_runs_it_is_not_touched(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await scene.passes(seconds=5)
    await ana.phone.set_expiration(0)
    await scene.passes(minutes=5)
    assert timer(ana) == 0
    await ana.says(WORD)
    await scene.passes(minutes=6)
    assert timer(ana) == 4 * HOUR


@story()
async def test_also_where_a_timer_stays_open_for_more_than_a_week(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found: to wait for its close was taken for failing, and given up."""
    await scene.overdue()
    await bo.phone.set_expiration(0)
    await scene.passes(minutes=2)
    await scene.passes_mostly_off(hours=8 * 24)
    await scene.passes(minutes=3)
    await ana.says(WORD)
    await scene.passes(minutes=6)
    assert timer(bo) == 4 * HOUR


@story()
async def test_a_stranger_may_do_as_he_likes(dee: Someone, bo: Someone, scene: Scene) -> None:
    await dee.phone.set_expiration(60)
    await dee.phone.set_expiration(0)
    await scene.passes(seconds=5)
    assert dee.unread() == []


@story()
async def test_however_often_it_is_turned_off_while_a_timer_runs_it_is_set_back_once(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Found: each time left a row that waited for the close, and slowed down everything else."""
    await ana.says("/start 30m")
    await scene.passes(seconds=5)
    for _ in range(20):
        await ana.phone.set_expiration(0)
        await ana.phone.set_expiration(9 * HOUR)
    await scene.passes(seconds=5)
    waiting = [row for row in (await scene.rows(machinery=True))["outbox"] if "lifetime" in row and "waiting" in row]
    assert 1 <= len(waiting) <= 2
    await ana.says(WORD)
    await scene.passes(minutes=6)
    assert timer(ana) == 4 * HOUR


@story()
async def test_with_a_phone_that_turns_it_off_each_time_the_bot_does_not_quarrel(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each message to her counts in Signal's limit, and so brings the bot nearer to losing an alert to somebody."""
    answers: list[asyncio.Future[None]] = []
    receive = ana.phone.receive

    async def answer() -> None:
        await asyncio.sleep(0.2)
        await ana.phone.set_expiration(0)

    def turn_off(sender: Address, content: Content) -> None:
        receive(sender, content)
        if content.kind == "expiration" and len(answers) < 100:
            answers.append(asyncio.ensure_future(answer()))

    monkeypatch.setattr(ana.phone, "receive", turn_off)
    await ana.phone.set_expiration(0)
    await scene.passes(minutes=10)
    assert 5 <= len(answers) <= 15
