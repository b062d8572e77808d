"""A buddy of whom Signal finds no account when the start line is sent: she is told at once (SPEC: step 1)."""

from tests.stories.dialog import Scene, Someone, story

REAL = "5m"
NO_ACCOUNT = (
    "Signal finds no account of Bo just now, so Bo does not get your timer. "
    "While that is so, I cannot write to Bo at all. Your timer runs until 20:00."
)


@story(seen_within=REAL)
async def test_she_is_told_at_once_and_not_that_his_phone_may_be_off(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.phone.unregister()
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await ana.reads(NO_ACCOUNT)
    await ana.reads_nothing(during=290)
    await ana.reads("Nobody has answered yet. …", within=20)
    await ana.reads_nothing(during=1800)


@story()
async def test_so_it_is_for_a_start_in_the_group(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.phone.unregister()
    await ana.says_in_group("/start 2h")
    await ana.reads_in_group("Ana's timer runs until 20:00. …")
    await ana.reads(NO_ACCOUNT)
    await ana.reads_nothing(during=120)


@story(seen_within=REAL)
async def test_so_it_is_for_the_next_one_who_is_asked(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await cy.phone.unregister()
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await scene.until("18:05:02")
    await ana.reads("Nobody has answered yet. I ask Cy too. …")
    await ana.reads("Signal finds no account of Cy just now, …")


@story()
async def test_once_he_has_an_account_again_he_is_alerted_as_ever(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.phone.unregister()
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    await ana.reads("Signal finds no account of Bo just now, …")
    await bo.phone.register()
    await scene.until("18:10:02")
    await bo.reads("Timer of Ana: no word since 18:05. …")


@story()
async def test_of_one_who_is_not_on_call_she_is_told_nothing(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """His group has a line only because she wrote there."""
    await cy.phone.unregister()
    await ana.says_in_group("/start 2h", cy.usual_group)
    await ana.reads_in_group("Ana's timer runs until 20:00.", cy.usual_group)
    await ana.reads_nothing(during=120)
