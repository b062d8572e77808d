"""`/name Ana` (SPEC: Commands)."""

import pytest

from tests.stories.dialog import Scene, Someone, story

REFUSED = "Nothing changed. A name has 1 to 30 characters, with a letter or digit: /name Ana"


@story()
async def test_the_new_name_is_what_others_see_from_then_on(ana: Someone, bo: Someone) -> None:
    await ana.says("/name Dee Lee")
    await ana.reads("Saved. Your buddies see you as Dee Lee.")
    await ana.says("/start 2h")
    await bo.reads_in_group("Dee Lee's timer runs until 20:00. …")


@story()
async def test_a_buddy_who_renames_himself_is_shown_under_the_new_name(ana: Someone, bo: Someone) -> None:
    await bo.says("/name Robert")
    await bo.reads("Saved. …")
    await ana.reads("Bo is called Robert …")
    await ana.says("/buddies")
    await ana.reads("Your buddies, in the order in which I turn to them: Robert")


@story()
async def test_two_buddies_of_one_name_are_told_apart(ana: Someone, bo: Someone, cy: Someone) -> None:
    await cy.says("/name Bo")
    await cy.reads("Saved. …")
    await ana.reads("Cy is called Bo 2 …")
    await ana.says("/buddies")
    listed = str((await ana.reads("Your buddies, …")).body)
    first, second = listed.rpartition(": ")[2].split(", ")
    assert first == "Bo"
    assert second.startswith("Bo")
    assert first != second


@pytest.mark.parametrize("message", ["/name", "/name " + "x" * 31, "/name ...", "/name \u202e\u200b"])
@story()
async def test_what_is_no_name_changes_nothing(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    before = await scene.rows()
    await ana.says(message)
    await ana.reads(REFUSED)
    assert await scene.rows() == before


@pytest.mark.parametrize(
    ("written", "shown"),
    [("Ana\u202e Lee", "Ana Lee"), ("  Ana   Lee ", "Ana Lee"), ("Zoë 🦒", "Zoë 🦒"), ("A\x07na", "Ana")],
)
@story()
async def test_control_and_direction_characters_are_not_kept(
    ana: Someone, bo: Someone, written: str, shown: str
) -> None:
    await ana.says(f"/name {written}")
    await ana.reads(f"Saved. Your buddies see you as {shown}.")


@story(paired=False)
async def test_a_newcomer_is_led_on(ana: Someone, scene: Scene) -> None:
    await ana.says(f"/join {await scene.night.operator_code()}")
    await ana.reads("Welcome. …First, what should your buddies call you? /name Ana")
    await ana.says("/name Ana")
    await ana.reads(
        "Saved. Your buddies see you as Ana.\n"
        "Times here are in Europe/London, where it is 18:00 now. If it is later or earlier for you: /tz Asia/Tokyo\n"
        "Next, choose the word that ends your timers. Nobody else needs it: /words WORD"
    )


@story(paired=False, zone="UTC")
async def test_a_newcomer_with_a_zone_of_her_own_is_not_told_of_another(ana: Someone, scene: Scene) -> None:
    """Found: nobody was told in which zone the bot counts, and "until 22:00" may be hours later than she means."""
    await ana.says(f"/join {await scene.night.operator_code()}")
    await ana.reads("Welcome. …")
    await ana.says("/tz Berlin")
    await ana.reads("Saved. …")
    await ana.says("/name Ana")
    await ana.reads("Saved. Your buddies see you as Ana.\nNext, choose the word …")


@pytest.mark.parametrize("name", ["{until} {x}", "a|b", "%s %(x)s", "alert.known|x", "<b>Ana</b>"])
@story()
async def test_a_name_is_shown_as_it_is_whatever_it_looks_like(
    ana: Someone, bo: Someone, scene: Scene, name: str
) -> None:
    await ana.says(f"/name {name}")
    await ana.reads(f"Saved. Your buddies see you as {name}.")
    await bo.reads(f"Ana is called {name} from now on. In commands: {name}")
    await ana.says(f"/start 5m\n{name}")
    await bo.reads_in_group(f"{name}'s timer runs until 18:05. …")
    await scene.until("18:10:01")
    await bo.reads(f"Timer of {name}: no word since 18:05. …")
    await bo.reads(f"Timer of {name}, 2 of 2. {name} left this for you:\n{name}\n…")
