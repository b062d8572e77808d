"""`/help [command]` (SPEC: Commands)."""

import pytest

from handlers.command import find_commands
from tests.stories.dialog import WORD, Scene, Someone, story

LIMITS = (
    "I keep timers and pass messages between buddies. I am no emergency service, and I can fail. "
    "No answer from me means that I did not get your message."
)
NOT_YET = ("lang",)


@pytest.mark.parametrize("message", ["/help", "help", "Help!", "/HELP"])
@story()
async def test_the_few_that_make_sense_now_then_the_rest_and_what_the_bot_is_not(
    ana: Someone, bo: Someone, message: str
) -> None:
    await ana.says(message)
    said = str((await ana.reads(f"Before you go: /start 2h\nWhen you are back, …\n{LIMITS}")).body)
    for name in find_commands():
        assert f"/{name}" in said
    for name in NOT_YET:
        assert f"/{name}" not in said


@story()
async def test_during_a_timer_what_ends_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await ana.says("/help")
    await ana.reads("Your timer runs until 18:10. Send your word to end it, or /extend 30m for more time.\n…")
    await scene.until("18:10:01")
    await ana.reads("Your timer ended …")
    await ana.says("/help")
    await ana.reads("Send your word to end your timer, or extend it: /extend 30m WORD\n…")


@story()
async def test_for_an_alerted_buddy_how_to_take_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/help")
    await bo.reads(
        "Timer of Ana: no word yet. To take it, send: on it\nTo read it again: /again\n"
        "When you have spoken with Ana: /resolve Ana\n…"
    )


@story(paired=False)
async def test_a_newcomer_is_led_step_by_step(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says(f"/join {await scene.night.operator_code()}")
    await ana.reads("Welcome. …")
    await ana.says("help")
    await ana.reads("Welcome. First tell me what your buddies should call you: /name Ana\n…")
    await ana.says("/name Ana")
    await ana.reads("Saved. …")
    await ana.says("help")
    await ana.reads("Next, choose the word that ends your timers. …")
    await ana.says(f"/words {WORD}")
    await ana.reads("Saved. …")
    await ana.says("help")
    await ana.reads("Next, ask somebody you trust to be your buddy: /invite\n…")
    code = await ana.invites()
    await bo.says(f"/join {code}")
    await bo.reads("Ana asks you …")
    await bo.says("/name Bo")
    await bo.reads("Saved. …")
    await bo.says("help")
    await bo.reads("Ana waits for your answer: /accept or /decline\n…")
    await bo.says("/accept")
    await ana.reads("Somebody who uses the name Bo …")
    await ana.says("help")
    await ana.reads("Bo waits for your answer: /confirm Bo WORD or /reject Bo\n…")


@pytest.mark.parametrize("name", sorted(find_commands()))
@story()
async def test_every_command_has_its_help(ana: Someone, bo: Someone, name: str) -> None:
    for message in (f"/help {name}", f"help /{name}"):
        await ana.says(message)
        await ana.reads(f"/{name}…: …")


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("/help strat", "Nothing changed. I do not know that. Did you mean /help start?"),
        ("/help xyzzy", "Nothing changed. I did not understand that. Send help to see what I can do."),
        ("help me please", "Nothing changed. I did not understand that. Send help to see what I can do."),
    ],
)
@story()
async def test_help_for_what_is_no_command(ana: Someone, bo: Someone, message: str, answer: str) -> None:
    await ana.says(message)
    await ana.reads(answer)


@story()
async def test_in_the_group_it_is_answered_directly(ana: Someone, bo: Someone) -> None:
    for one in (ana, bo):
        await one.says_in_group("/help")
        await one.reads("…")
        await one.reads_nothing_in_group()
