"""An alert fails by a fault of our own before Signal was asked for anything: nothing of it comes without it, and the
next buddy is alerted at once (SPEC: details never before an alert, step 5)."""

from collections.abc import Mapping

import pytest
from sqlalchemy import update

from bot.domain.outgoing import Fact
from bot.texts.rendering import Reader, render
from storage.records import Records
from storage.tables import people
from tests.stories.dialog import Scene, Someone, story
from tests.stories.test_alert_failed_for_a_moment import PHOTO, has_file

_FAULTS = 100
"""As many as there may be."""


def _let_no_alert_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, facts: Mapping[str, Fact], reader: Reader) -> str:
        if text.startswith(("alert.known", "alarm.first")):
            raise ValueError
        return render(text, facts, reader)

    monkeypatch.setattr("bot.in_words.render", broken)


@pytest.mark.parametrize("sign", ["/start 5m", "/sos"], ids=["timer", "alarm"])
@story()
async def test_neither_her_note_nor_her_photo_comes_without_it(
    ana: Someone, bo: Someone, scene: Scene, sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.says("/note Room 12, Hotel Ritz")
    await ana.sends(PHOTO)
    await scene.passes(seconds=2)
    with monkeypatch.context() as patched:
        _let_no_alert_be_made(patched)
        await ana.says(sign)
        await scene.passes(minutes=14 if sign == "/start 5m" else 4)
        scene.forgiven["delivery_failed"] = _FAULTS
        assert not any("Room 12" in text for text in bo.shows())
        assert not has_file(bo)
    await scene.passes(minutes=6)
    assert any("Room 12" in text for text in bo.shows())
    assert has_file(bo)


@story()
async def test_the_next_buddy_is_alerted_at_once_where_it_cannot_be_read_to_whom_it_goes(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await scene.until("18:09:50")
    bo_id = (await scene.person(bo)).id

    def damage(records: Records) -> None:
        records.scope.connection.execute(update(people).where(people.c.id == bo_id).values(account=bytes(60)))

    await scene.work(damage)
    await scene.until("18:10:05")
    assert any("no word since" in text for text in cy.shows())
