"""What a buddy gets is whole and true, whatever went wrong on the way (SPEC: steps 4 to 6)."""

from bot.domain.check_in import Stage
from tests.stories.dialog import WORD, Scene, Someone, story

LONG = "字" * 1400 + " END"


@story()
async def test_who_takes_it_while_the_parts_leave_still_gets_them_all(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says(f"/start 5m\n{LONG}")
    scene.night.stand_in.faults.delay("send", 2.0)
    await scene.until("18:10:05")
    await bo.says("/ack")
    await scene.passes(minutes=1)
    texts = bo.unread()
    assert any(text.endswith("life is in danger before your eyes.") and "END" in text for text in texts)


@story()
async def test_status_does_not_speak_of_an_alert_from_before_an_extension(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await scene.until("18:10:03")
    await ana.says(f"/extend 30m {WORD}")
    await scene.until("18:45:01")
    await scene.night.stand_in.rate_limit("Bo", 429, retry_after=600)
    await scene.until("18:45:30")
    bo.forgets()
    await scene.night.stand_in.clear_faults()
    await bo.says("/status")
    await scene.passes(seconds=1)
    assert not any("My message: read" in text for text in bo.unread())


@story()
async def test_a_thumb_in_some_other_group_takes_nothing(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await scene.overdue()
    elsewhere = (await dee.phone.create_group("Elsewhere", [bo.phone.name, "bot"]))["group_id"]
    sent = await dee.phone.send("who is coming?", group=elsewhere)
    await scene.passes(seconds=1)
    message = next(event for event in bo.phone.history if event.kind == "text" and event.timestamp == sent)
    await bo.phone.react("👍", message)
    await scene.passes(seconds=1)
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.stage is Stage.OVERDUE


@story()
async def test_after_a_resolve_no_older_question_follows(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("on it")
    await bo.reads("You have it. …")
    await scene.night.stand_in.rate_limit("Bo", 429, retry_after=120)
    await scene.until("18:41:00")
    await bo.says("/resolve Ana")
    await scene.night.stand_in.clear_faults()
    await scene.passes(minutes=6)
    assert not any("how does it stand" in text for text in bo.unread())
