"""In groups the bot's mouth is shut (SPEC: "Ways in")."""

import pytest

from handlers.command import find_commands
from tests.stories.dialog import WORD, Scene, Someone, story

TALK = [
    "hello",
    "are you there?",
    "start",
    "help",
    "status",
    "on it",
    "2h",
    "thanks!",
    "👍",
    "start 2h",
    "stop it",
    "name",
]
QUIET_COMMANDS = sorted(set(find_commands()) - {"start", "extend", "safe", "cancel", "sos"})


@pytest.mark.parametrize("text", TALK)
@story()
async def test_talk_is_never_answered_while_no_timer_runs(ana: Someone, bo: Someone, scene: Scene, text: str) -> None:
    before = await scene.rows()
    for one in (ana, bo):
        await one.says_in_group(text)
    for one in (ana, bo):
        await one.sees_nothing()
    assert await scene.rows() == before


@pytest.mark.parametrize("text", ["hello", "start the car", "extend my love", "safe", "are you there?", "cancel"])
@story()
async def test_talk_is_not_answered_while_a_timer_runs_either(
    ana: Someone, bo: Someone, scene: Scene, text: str
) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await scene.passes(seconds=1)
    ana.forgets()
    bo.forgets()
    before = await scene.rows()
    for one in (ana, bo):
        await one.says_in_group(text)
    for one in (ana, bo):
        await one.sees_nothing()
    assert await scene.rows() == before


@pytest.mark.parametrize("name", QUIET_COMMANDS)
@story()
async def test_other_commands_are_answered_in_the_direct_chat_of_whoever_wrote_them(
    ana: Someone, bo: Someone, name: str
) -> None:
    for one, other in ((ana, bo), (bo, ana)):
        await one.says_in_group(f"/{name}")
        await one.reads("…")
        await one.reads_nothing_in_group()
        assert not any(text.startswith("Nothing changed") for text in other.unread())
        one.forgets()
        other.forgets()


@pytest.mark.parametrize("message", ["/strat 2h", "/xyzzy", "/start2h"])
@story()
async def test_unknown_commands_are_answered_directly_too(ana: Someone, bo: Someone, message: str) -> None:
    await ana.says_in_group(message)
    await ana.reads("Nothing changed. …")
    await ana.reads_nothing_in_group()
    await bo.sees_nothing()


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("/start", "NOT started. For how long? …"),
        ("/start 2", "NOT started. I am not sure what you mean. …"),
        ("/extend", "Nothing changed. By how much? …"),
        ("/extend 30m", "Nothing changed. No timer runs. …"),
        ("/safe", "Nothing changed. Please send it with your word: /safe WORD"),
        ("/cancel", "Nothing changed. Like this: /cancel WORD"),
        (f"/safe {WORD}", "Nothing changed. No timer runs. …"),
    ],
)
@story()
async def test_her_start_extend_safe_and_cancel_are_answered_there(
    ana: Someone, bo: Someone, message: str, answer: str
) -> None:
    await ana.says_in_group(message)
    for one in (ana, bo):
        await one.reads_in_group(answer)
        await one.reads_nothing()


@pytest.mark.parametrize(
    "message", ["/start 2h", "/start", "/extend 30m", "/safe", "/safe purple giraffe", "/cancel x"]
)
@story()
async def test_his_are_answered_directly_for_it_is_not_his_timers_group(
    ana: Someone, bo: Someone, message: str
) -> None:
    await bo.says_in_group(message)
    await bo.reads("N…")
    await bo.reads_nothing_in_group()
    await ana.sees_nothing()


@pytest.mark.parametrize(
    ("message", "answer"), [("status", "Your timer runs until 18:30. …"), ("help", "Your timer …")]
)
@story()
async def test_while_her_timer_runs_a_command_without_slash_counts_too(
    ana: Someone, bo: Someone, message: str, answer: str
) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says_in_group(message)
    await ana.reads(answer)
    await bo.says_in_group(message)
    await bo.reads_nothing()


@story()
async def test_refusals_that_are_hers_alone_do_not_show_in_the_group(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Bo is Ana's person too, but has chosen no word: his group need not know."""
    await bo.says("/invite")
    code = str((await bo.reads("Send …")) and (await bo.reads("Will you …")).body).split("/join ")[1]
    await ana.says(f"/join {code}")
    await ana.says("/accept")
    await scene.passes(seconds=1)
    await bo.says("/confirm Ana")
    await scene.passes(seconds=2)
    for one in (ana, bo):
        one.forgets()
    await bo.says_in_group("/start 2h")
    await bo.reads("NOT started. First choose the word that ends your timers: /words WORD")
    await bo.reads_nothing_in_group()


# --- a group that is none of a pairing


@story()
async def test_in_an_unknown_group_talk_is_not_answered(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = str((await ana.phone.create_group("Friends", ["bot", "Bo"]))["group_id"])
    await scene.passes(seconds=1)
    before = await scene.rows()
    for one in (ana, bo):
        for text in ("hello", "start 2h", WORD, "help"):
            await one.says_in_group(text, group)
    for one in (ana, bo):
        await one.sees_nothing()
    assert await scene.rows() == before


@story()
async def test_in_an_unknown_group_commands_are_answered_directly_and_details_not_kept(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    group = str((await ana.phone.create_group("Friends", ["bot", "Bo"]))["group_id"])
    await scene.passes(seconds=1)
    await ana.says_in_group("/start 30m\nRoom 12, Hotel Ritz", group)
    await ana.reads("Saved. Your timer runs until 18:30. …")
    await ana.reads("Your timer runs, but I did not keep the lines below it: …")
    await ana.reads_nothing_in_group(group)
    assert "Ritz" not in await scene.opened()
    await ana.says_in_group(f"/words {WORD} > green lantern", group)
    await ana.reads("Nothing changed. Others can read your message there. …")
    await ana.says_in_group(WORD, group)
    await ana.reads("Thanks, noted. Good night.")
    await ana.reads_nothing_in_group(group)


@story(paired=False)
async def test_strangers_in_a_group_are_met_with_silence(dee: Someone, scene: Scene) -> None:
    group = str((await dee.phone.create_group("Friends", ["bot"]))["group_id"])
    await scene.passes(seconds=1)
    for text in ("hello", "/help", "/start 2h", f"/join {await scene.night.operator_code()}"):
        await dee.says_in_group(text, group)
    await dee.sees_nothing()


@story()
async def test_each_pairing_has_its_own_group_and_mutual_buddies_share_one(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    assert await scene.group_of(ana, bo) != await scene.group_of(ana, cy)
    await scene.pair(bo, ana, word="green lantern")
    shared = await scene.group_of(ana, bo)
    await ana.says_in_group("/start 30m", shared)
    await bo.reads_in_group("Ana's timer runs until 18:30. Bo, …", shared)
    await bo.says_in_group("/start 1h", shared)
    await ana.reads_in_group("Ana's timer runs …", shared)
    await ana.reads_in_group("Bo's timer runs until 19:00. Ana, …", shared)
    await bo.says_in_group("green lantern", shared)
    await ana.reads_in_group("Bo's timer is closed. Thank you.", shared)
    assert await scene.check_in(ana) is not None


@story()
async def test_a_mention_before_the_command_does_not_matter(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.phone.send("\ufffc /start 30m", group=ana.usual_group, mentions=[(0, 1, "bot")])
    await bo.reads_in_group("Ana's timer runs until 18:30. …")
