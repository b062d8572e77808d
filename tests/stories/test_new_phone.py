"""A buddy's new phone (SPEC: "A new phone"): both are told once, and she confirms it."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

TOLD = (
    "Signal shows a new phone for Bo, or a new installation. Until you confirm it, I still write to Bo when your timer "
    "ends; but if you have other buddies, what you leave goes to them first.\n"
    "Speak with Bo, not by text. If it is right: /confirm Bo WORD"
)
HE_IS_TOLD = "Signal shows me a new phone of yours, and I tell Ana. Please call: …"
IN_STATUS = "The phone of Bo is new and not confirmed. Speak with Bo, then: /confirm Bo WORD"
NOTICED = 185.0
"""Seconds within which the regular look has noticed it."""


async def has_new_phone(scene: Scene, *people: Someone) -> None:
    """They reinstall and write something; all that is noticed and told, and forgotten by the phones."""
    await scene.passes(minutes=4)
    for someone in people:
        await someone.phone.reinstall()
        await someone.says("/help")
    await scene.passes(seconds=NOTICED)
    for someone in scene.people.values():
        someone.forgets()


@story()
async def test_both_are_told_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes(minutes=5)
    await bo.phone.reinstall()
    await bo.says("/status")
    await bo.reads_each("No timer runs. …", HE_IS_TOLD, within=6)
    await ana.reads(TOLD, within=NOTICED)
    await scene.restarts()
    await scene.passes(minutes=30)
    await ana.sees_nothing()
    await bo.sees_nothing()


@story()
async def test_a_phone_that_only_the_bot_writes_to_is_noticed_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes(minutes=5)
    await bo.phone.reinstall()
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await ana.reads(TOLD, within=NOTICED)
    await bo.reads(HE_IS_TOLD)


@story()
async def test_the_first_sight_of_a_phone_is_nothing_new(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await scene.passes(minutes=5)
    await scene.let_in(dee)
    await scene.passes(minutes=10)
    for one in (ana, bo, dee):
        await one.sees_nothing()


@story()
async def test_a_phone_that_changed_while_the_bot_was_down_is_noticed_at_the_start(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.passes(minutes=5)
    await scene.dies()
    await bo.phone.reinstall()
    await bo.says("/status")
    await scene.night.start_bot()
    await ana.reads(TOLD, within=60)


@story()
async def test_a_look_that_fails_changes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes(minutes=5)
    before = await scene.rows()
    scene.night.stand_in.faults.refuse("listIdentities", times=3)
    await scene.passes(minutes=10)
    assert await scene.rows() == before
    await ana.sees_nothing()
    await bo.phone.reinstall()
    await bo.says("/status")
    await ana.reads(TOLD, within=NOTICED)


@story()
async def test_status_shows_it_until_she_confirms(ana: Someone, bo: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    for _ in range(2):
        await ana.says("/status")
        await ana.reads("No timer runs. …")
        await ana.reads(IN_STATUS)
        await scene.restarts()
        await scene.passes(seconds=30)
    await ana.says(f"/confirm Bo {WORD}")
    await ana.reads("Done. The new phone of Bo is confirmed. What you leave goes there as before.")
    await bo.sees_nothing()
    await ana.says("/status")
    await ana.reads("No timer runs. …")
    await ana.reads_nothing()
    await ana.says(f"/confirm Bo {WORD}")
    await ana.reads("Nothing changed. Nobody waits for your answer. …")


@story()
async def test_after_the_deadline_status_shows_time_and_state_only(ana: Someone, bo: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    await ana.says("/status")
    await ana.reads("Your timer runs until …")
    await ana.reads(IN_STATUS)
    await scene.passes(minutes=6)
    ana.forgets()
    await ana.says("/status")
    await ana.reads("Your timer ended at …")
    await ana.reads_nothing()


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("/confirm Bo", "Nothing changed. Please add your word: /confirm Bo WORD"),
        ("/confirm Bo green lantern", "Nothing changed. Not quite. Like this: /confirm Bo WORD"),
        (f"/confirm Bob {WORD}", "Nothing changed. Nobody of that name … Like this: /confirm Bo WORD"),
        (f"/confirm me {WORD}", "Nothing changed. Your phone needs no confirming. To see what is open: /status"),
        (f"/reject Bo {WORD}", "Nothing changed. Nobody waits for your answer. …"),
    ],
)
@story()
async def test_without_the_right_word_it_stays_unconfirmed(
    ana: Someone, bo: Someone, scene: Scene, message: str, answer: str
) -> None:
    await has_new_phone(scene, bo)
    await ana.says(message)
    await ana.reads(answer)
    await ana.says("/status")
    await ana.reads("No timer runs. …")
    await ana.reads(IN_STATUS)


@story()
async def test_while_a_timer_runs_that_waits(ana: Someone, bo: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says(f"/confirm Bo {WORD}")
    await ana.reads("Nothing changed. That has to wait until your timer is closed.")


@story()
async def test_each_person_he_looks_after_confirms_for_herself(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.pair(cy, bo, word="green lantern")
    await scene.passes(minutes=5)
    await bo.phone.reinstall()
    await bo.says("/status")
    await bo.reads("No timer runs. …")
    await bo.reads("Signal shows me a new phone of yours, and I tell Ana, Cy. …", within=6)
    await bo.reads_nothing()
    for one in (ana, cy):
        await one.reads("Signal shows a new phone for Bo, …", within=NOTICED)
    await ana.says(f"/confirm Bo {WORD}")
    await ana.reads("Done. …")
    await cy.says("/status")
    await cy.reads("No timer runs. …")
    await cy.reads("The phone of Bo is new and not confirmed. …")
    await cy.says("/confirm Bo green lantern")
    await cy.reads("Done. The new phone of Bo is confirmed. …")


@story()
async def test_two_who_are_each_others_buddies_are_told_once_each(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.pair(bo, ana, word="green lantern")
    await scene.passes(minutes=5)
    await bo.phone.reinstall()
    await bo.says("/status")
    await bo.reads("No timer runs. …")
    await bo.reads("Signal shows a new phone for you, …: /confirm me WORD\nSignal shows me a new phone of yours, …", 6)
    await ana.reads(TOLD, within=NOTICED)
    await ana.reads_nothing(during=400)


@story()
async def test_a_second_new_phone_has_to_be_confirmed_anew(ana: Someone, bo: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    await ana.says(f"/confirm Bo {WORD}")
    await ana.reads("Done. …")
    for _ in range(2):
        await bo.phone.reinstall()
        await bo.says("/status")
        await ana.reads(TOLD, within=NOTICED)
    await ana.says("/status")
    await ana.reads("No timer runs. …")
    await ana.reads(IN_STATUS)
    await ana.reads_nothing()


@story()
async def test_a_new_phone_of_somebody_won_afterwards_is_none(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads("Done. …")
    await scene.passes(seconds=2)
    bo.forgets()
    await scene.pair(ana, bo)
    await ana.says("/status")
    await ana.reads("No timer runs. …")
    await ana.reads_nothing()


@story()
async def test_whom_she_left_quietly_is_told_and_she_is_not(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says(f"/unpair Bo {WORD} quietly")
    await ana.reads("Done. …")
    await scene.passes(minutes=5)
    await bo.phone.reinstall()
    await bo.says("/status")
    await bo.reads_each("No timer runs. …", HE_IS_TOLD, within=6)
    await ana.reads_nothing(during=400)


@story()
async def test_a_person_with_no_word_confirms_without(ana: Someone, bo: Someone, scene: Scene) -> None:
    person = await scene.person(ana)
    await scene.work(lambda records: records.people.set_words(person.id, None, None))
    await has_new_phone(scene, bo)
    await ana.says("/status")
    await ana.reads("No timer runs. …")
    await ana.reads("The phone of Bo is new and not confirmed. Speak with Bo, then: /confirm Bo")
    await ana.says("/confirm Bo")
    await ana.reads("Done. The new phone of Bo is confirmed. …")


@story()
async def test_nothing_about_who_is_logged(ana: Someone, bo: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo, ana)
    for canary in (bo.phone.aci, ana.phone.aci, "Bo", "Ana"):
        assert canary not in scene.logged.getvalue()
