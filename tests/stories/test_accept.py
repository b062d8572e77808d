"""`/accept` (SPEC: Commands)."""

from tests.stories.dialog import WORD, Scene, Someone, story


@story()
async def test_the_person_is_asked_to_confirm_and_nothing_is_active_yet(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.says("/name Dee")
    await scene.passes(seconds=1)
    dee.forgets()
    await dee.says("/accept")
    await dee.reads("Thank you. I have asked Ana to confirm that it is you. I tell you when it is done.")
    await ana.reads(
        "Somebody who uses the name Dee used your code and wants to be your buddy. "
        "Please ask Dee by voice if that is right.\nYes: /confirm Dee WORD   No: /reject Dee"
    )
    await ana.says("/start 10m")
    await ana.reads("Saved. …Bo is on call. …")
    await scene.passes(minutes=30)
    await dee.sees_nothing()


@story()
async def test_a_name_comes_first(ana: Someone, bo: Someone, dee: Someone) -> None:
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.reads("Ana asks you …")
    await dee.says("/accept")
    await dee.reads("Nothing changed. First tell me what Ana should call you: /name Bo")
    await ana.reads_nothing()


@story()
async def test_with_nothing_open_it_says_so(ana: Someone, bo: Someone) -> None:
    await bo.says("/accept")
    await bo.reads("Nothing changed. No invitation waits for your answer. To use one: /join CODE")


@story()
async def test_more_words_change_nothing(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.reads("Ana asks you …")
    before = await scene.rows()
    await dee.says("/accept Ana please")
    await dee.reads("Nothing changed. Like this: /accept")
    assert await scene.rows() == before


@story(paired=False)
async def test_a_person_without_a_word_is_asked_without_one(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.let_in(ana)
    code = await ana.invites()
    await bo.says(f"/join {code}")
    await bo.says("/name Bo")
    await bo.says("/accept")
    await ana.reads("Somebody who uses the name Bo …Yes: /confirm Bo   No: /reject Bo")
    await ana.says("/confirm Bo")
    await ana.reads("Done. Bo is your buddy. …\nNext, choose the word that ends your timers: /words WORD")
    await ana.says(f"/words {WORD}")
    await ana.reads("Saved. …delete your message with the word.")
