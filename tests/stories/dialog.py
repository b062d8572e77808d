"""Stories: people write, time passes, phones show what the bot says. The whole bot runs, on virtual time.

    @story()
    async def test_she_is_told_until_when(ana: Someone, bo: Someone) -> None:
        await ana.says("/start 2h")
        await ana.reads("Saved. Your timer runs until 20:00. …")
        await bo.reads_in_group("Ana's timer runs until 20:00. …")

`ana`, `bo`, `cy` and `dee` are parameters by name; whoever is named has a phone. Bo is Ana's buddy, and so is Cy
after him; Dee is a stranger. Ana's codeword is `WORD`. Unless told otherwise it is Friday, 18:00 in London.
In an expected text "…" stands for anything.
"""

import asyncio
import inspect
import io
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.practice.evening import evening
from bot.practice.virtual_time import VirtualClock, run_virtual
from tests.stories.scene import WORD, Scene
from tests.stories.someone import Someone

__all__ = ["SIX", "WORD", "Scene", "Someone", "story"]

NAMES = ("ana", "bo", "cy", "dee")
SIX = datetime(2027, 3, 5, 18, 0, tzinfo=UTC)
"""When a story begins unless it says otherwise: a Friday evening."""

Story = Callable[..., Awaitable[None]]


def story(
    *, paired: bool = True, at: datetime = SIX, zone: str = "Europe/London", **settings: Any
) -> Callable[[Story], Callable[..., None]]:
    """A test told as a story; `at`: when it begins. `paired=False`: nobody is known to the bot yet.

    `settings` are the bot's. Other parameters than the people and `scene` are pytest's; one named `database_url` is a
    setting too. Unless a story says otherwise nobody minds that the start line is not answered with a 👍.
    """
    settings.setdefault("seen_within", "1d")

    def tell(told: Story) -> Callable[..., None]:
        signature = inspect.signature(told)
        names = [name for name in signature.parameters if name in NAMES]
        others = [one for name, one in signature.parameters.items() if name not in {*NAMES, "scene"}]

        def test(**given: Any) -> None:
            async def play(clock: VirtualClock) -> None:
                logged = io.StringIO()
                chosen = {**settings, **{name: given[name] for name in given if name == "database_url"}}
                async with evening(clock, log_to=logged, timezone=zone, **chosen) as night:
                    scene = Scene(clock, night, logged, ZoneInfo(zone))
                    cast = await _set(scene, names, paired=paired, at=at)
                    if "scene" in signature.parameters:
                        cast["scene"] = scene
                    await told(**cast, **given)
                    _assert_nothing_failed(scene)

            run_virtual(play, start=at - timedelta(minutes=1))

        test.__name__, test.__doc__, test.__module__ = told.__name__, told.__doc__, told.__module__
        test.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return test

    return tell


async def _set(scene: Scene, names: list[str], *, paired: bool, at: datetime) -> dict[str, Any]:
    people = {name: await scene.arrive(name.capitalize()) for name in names}
    if paired:
        await _pair_all(scene, people)
    await asyncio.sleep((at - scene.clock.now()).total_seconds())
    for someone in people.values():
        someone.forgets()
    scene.transcript.clear()
    return dict(people)


async def _pair_all(scene: Scene, people: dict[str, Someone]) -> None:
    ana = people.get("ana")
    if ana is None:
        return
    for name in ("bo", "cy"):
        if name in people:
            await scene.pair(ana, people[name])
            people[name].usual_group = await scene.group_of(ana, people[name])
            ana.usual_group = ana.usual_group or people[name].usual_group
    if "bo" not in people and "cy" not in people:
        await scene.let_in(ana)
        await ana.says(f"/words {WORD}")


_FAILURES = (
    "message_failed",
    "delivery_failed",
    "deadline_failed",
    "lane_failed",
    "lines_not_stored",
    "line_given_up",
    "delivery_not_recorded",
    "group_not_repaired",
)


def _assert_nothing_failed(scene: Scene) -> None:
    """No story may leave an error in the bot's log that it caught at the edge of a loop."""
    counts = Counter(scene.night.log.counts) - scene.forgiven
    failed = {name: counts[name] for name in _FAILURES if counts[name]}
    if failed:
        raise scene.fails(f"the bot caught errors: {failed}\n{scene.logged.getvalue()}")
