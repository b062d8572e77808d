"""A message whose handling fails each time is set aside: its writer learns what that means for her timer."""

from collections.abc import Iterator
from contextlib import contextmanager

from handlers.command import find_commands
from tests.stories.dialog import WORD, Scene, Someone, story

NOT_HANDLED = "I could not handle what you just sent, and whoever runs me knows. …"


@contextmanager
def broken(name: str) -> Iterator[None]:
    """Every order of this command fails for as long as the block lasts."""

    def fail(*_: object) -> bool:
        raise RuntimeError

    command = find_commands()[name]
    right = command.carry_out
    object.__setattr__(command, "carry_out", fail)
    try:
        yield
    finally:
        object.__setattr__(command, "carry_out", right)


def forgive(scene: Scene, times: int) -> None:
    assert scene.night.log.counts.pop("message_failed") == times


@story()
async def test_without_a_timer_she_is_told_that_nothing_changed(ana: Someone, scene: Scene) -> None:
    with broken("tz"):
        await ana.says("/tz Europe/Paris")
        await ana.reads(f"Nothing changed. {NOT_HANDLED}", within=3)
    await ana.says("/tz Europe/Paris")
    await ana.reads("Saved. …")
    (told,) = scene.night.operator.told
    assert told.startswith("Buddy bot: a message could not be handled")
    forgive(scene, 3)


@story()
async def test_while_her_timer_runs_she_is_told_until_when(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    with broken("safe"):
        await ana.says(f"/safe {WORD}")
        await ana.reads(f"Nothing changed: your timer still runs until 18:30. {NOT_HANDLED}", within=3)
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")
    forgive(scene, 3)


@story()
async def test_after_the_deadline_she_is_told_that_it_is_open_and_her_buddy_is_alerted_in_time(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await scene.until("18:09:59")
    ana.forgets()
    bo.forgets()
    with broken("safe"):
        await ana.says(f"/safe {WORD}")
        await ana.reads(f"Nothing changed: your timer ended at 18:05 and is open. {NOT_HANDLED}", within=3)
    await scene.until("18:10:04")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    forgive(scene, 3)


@story()
async def test_nobody_else_waits_meanwhile(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    with broken("tz"):
        for _ in range(20):
            await bo.says("/tz Europe/Paris")
        await ana.says("/buddies")
        await ana.reads("Your buddies, …")
        await cy.says("/help")
        await cy.reads("…")
        await scene.passes(minutes=1)
    assert len(scene.night.operator.told) == 1
    forgive(scene, 60)
