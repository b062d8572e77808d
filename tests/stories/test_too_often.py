"""What others are told of cannot be done without end: whoever holds her phone must not wear her buddies out."""

import pytest

from tests.stories.dialog import Scene, Someone, story

AGAIN_LATER = "Nothing changed. You have sent {command} often within an hour. Please wait a while."


@story()
async def test_ten_names_an_hour(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes(hours=1)  # since she was named first
    for number in range(10):
        await ana.says(f"/name Dee {number}")
        await ana.reads(f"Saved. Your buddies see you as Dee {number}.")
        await bo.reads(f"…Dee {number} from now on. …")
    await ana.says("/name Cy")
    await ana.reads(AGAIN_LATER.format(command="/name"))
    await bo.sees_nothing()
    await scene.passes(hours=1)
    await ana.says("/name Cy")
    await ana.reads("Saved. Your buddies see you as Cy.")
    await bo.reads("Dee 9 is called Cy from now on. …")


@story()
async def test_six_drills_an_hour(ana: Someone, bo: Someone) -> None:
    for _ in range(6):
        await ana.says("/drill")
        await bo.reads("DRILL. …")
        await bo.says("on it")
        await bo.reads("Drill over for you, 0 s. Thank you.")
        for line in ("The drill runs, …", "Drill: Bo answered …", "The drill is over.\n…"):
            await ana.reads(line)
    await ana.says("/drill")
    await ana.reads(AGAIN_LATER.format(command="/drill"))
    await bo.sees_nothing()


@pytest.mark.parametrize("refused", ["/name", "/name ???"])
@story()
async def test_what_was_refused_does_not_count(ana: Someone, bo: Someone, refused: str) -> None:
    for _ in range(11):
        await ana.says(refused)
        await ana.reads("Nothing changed. …")
    await ana.says("/name Dee")
    await ana.reads("Saved. Your buddies see you as Dee.")
    await bo.reads("Ana is called Dee from now on. …")
