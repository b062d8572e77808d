"""Pairings that end at awkward moments, and their groups (SPEC: `/unpair`, "Ways in"; DESIGN, section Signal)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

DONE = "Done. You and {} are no longer paired. Your group goes too."
FROZEN = "Nothing changed. That has to wait until Ana's timer is closed."


async def _groups(scene: Scene) -> list[dict[str, Any]]:
    """All groups at Signal in which anybody still is."""
    every = [await scene.night.stand_in.group(group) for group in scene.night.stand_in._server.groups._groups]
    return [group for group in every if group["members"] or group["pending"]]


async def _waiting(scene: Scene) -> int:
    """How many messages are still to be sent, or tried again."""
    return await scene.work(lambda records: records.outbox.count_waiting())


async def _nothing_left(scene: Scene) -> None:
    """Neither a pairing nor a group, at Signal or here, and nothing that is tried for ever."""
    await scene.passes(minutes=5)
    rows = await scene.rows()
    assert (rows["pairings"], rows["groups"], await _groups(scene)) == ([], [], [])
    assert await _waiting(scene) == 0


async def _about_to_be_paired(scene: Scene, ana: Someone, bo: Someone, *, share_profile: bool = True) -> None:
    """All but her last yes."""
    await scene.let_in(ana)
    await ana.says(f"/words {WORD}")
    await ana.reads("Saved. …")
    code = await ana.invites()
    for text in (f"/join {code}", "/name Bo", "/accept"):
        await bo.phone.send(text, share_profile=share_profile)
        await bo.reads("…")
    await scene.passes(seconds=1)
    ana.forgets()
    bo.forgets()


# --- somebody who is only invited


async def _with_an_invitation(scene: Scene, ana: Someone, bo: Someone) -> str:
    """Bo's phone did not share its profile, so Signal only invites him. Returns the group."""
    await _about_to_be_paired(scene, ana, bo, share_profile=False)
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=20)
    (group,) = await _groups(scene)
    assert [member["name"] for member in group["pending"]] == ["Bo"]
    return str(group["group_id"])


@story(paired=False)
async def test_the_start_line_reaches_those_who_are_in(ana: Someone, bo: Someone, scene: Scene) -> None:
    """signal-cli refuses changes of such a group although it has made them; the line must not wait for that."""
    group = await _with_an_invitation(scene, ana, bo)
    await ana.reads("Done. Bo is your buddy. …")
    await ana.reads_in_group("Hello Ana and Bo. …", group)
    await ana.says("/start 30m\nRoom 12")
    await ana.reads("Saved. Your timer runs until 18:30. …")
    await ana.reads_in_group("Ana's timer runs until 18:30. …", group)
    await scene.passes(seconds=1)
    assert await _waiting(scene) == 0
    assert not any(text.startswith("Ana's timer") for text in bo.unread())


@story(paired=False)
async def test_it_is_set_up_all_the_same_and_made_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _with_an_invitation(scene, ana, bo)
    await scene.passes(minutes=10)
    (group,) = await _groups(scene)
    assert group["expiration"] == 4 * 3600
    assert group["access"]["attributes"] == group["access"]["members"] == "administrator"


@story(paired=False)
async def test_who_accepts_later_reads_what_follows(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await _with_an_invitation(scene, ana, bo)
    await ana.says("/start 30m")
    await scene.passes(seconds=1)
    await bo.phone.accept_invitation(group)
    await scene.passes(seconds=5)
    bo.forgets()
    await ana.says("/extend 10m")
    await bo.reads_in_group("Ana's timer now runs until 18:40. …", group)


@story(paired=False)
async def test_who_is_only_invited_is_alerted_directly(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await _with_an_invitation(scene, ana, bo)
    await ana.says("/start 5m\nRoom 12")
    await scene.until("18:10:30")
    bo.forgets()
    ana.forgets()
    await scene.until("18:15:30")
    await bo.reads("Timer of Ana: still no word since 18:05. …")
    await ana.reads_in_group("Timer of Ana: no word since 18:05. …", group)
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, …")
    await ana.reads_in_group("Ana's timer is closed. Thank you.", group)
    await scene.passes(minutes=2)
    assert await _waiting(scene) == 0


# --- parting while the group is being made


@story(paired=False)
async def test_parting_while_the_group_is_being_made_leaves_none_over(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _about_to_be_paired(scene, ana, bo)
    scene.night.stand_in.faults.delay("updateGroup", 8.0, times=1)
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=3)
    bo.forgets()
    await bo.says("/unpair Ana")
    await bo.reads(DONE.format("Ana"))
    await _nothing_left(scene)


@pytest.mark.parametrize("times", [1, 3, 20])
@story(paired=False)
async def test_parting_before_the_group_could_be_made_leaves_none_over(
    ana: Someone, bo: Someone, scene: Scene, times: int
) -> None:
    await _about_to_be_paired(scene, ana, bo)
    refusal = "x (IOException)"
    scene.night.stand_in.faults.refuse("updateGroup", code=-32603, message=refusal, times=times)
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=1)
    bo.forgets()
    await bo.says("/unpair Ana")
    await bo.reads(DONE.format("Ana"))
    await _nothing_left(scene)


@pytest.mark.parametrize("times", [1, 2, 3, 4])
@story(paired=False)
async def test_parting_after_it_was_made_and_not_yet_set_up_leaves_none_over(
    ana: Someone, bo: Someone, scene: Scene, times: int
) -> None:
    """signal-cli fails after having done it: the group is there, whatever the answer said."""
    await _about_to_be_paired(scene, ana, bo)
    scene.night.stand_in.faults.refuse(
        "updateGroup", code=-32603, message="x (IOException)", times=times, after_effect=True
    )
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("/unpair Ana")
    await bo.reads(DONE.format("Ana"))
    await _nothing_left(scene)


@story(paired=False)
async def test_a_bot_that_is_killed_while_it_makes_the_group_makes_no_second(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _about_to_be_paired(scene, ana, bo)
    scene.night.stand_in.faults.delay("updateGroup", 8.0, times=1)
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=3)
    await scene.restarts(down=timedelta(seconds=10))
    await scene.passes(minutes=5)
    (group,) = await _groups(scene)
    bo.forgets()
    await bo.says("/unpair Ana")
    await bo.reads(DONE.format("Ana"))
    await _nothing_left(scene)
    assert (await scene.night.stand_in.group(group["group_id"]))["members"] == []


# --- leaving with an open alert


@story()
async def test_the_alert_messages_of_a_leaving_buddy_are_deleted_before_his_group_ends(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    group = await scene.group_of(ana, bo)
    await scene.overdue()
    told = [event for event in bo.phone.history if (event.body or "").startswith("Timer of Ana")]
    assert {event.group_id for event in told} == {None, group}
    await bo.says("/unpair Ana")
    await bo.reads("Noted. You leave as soon as Ana's timer is closed, …")
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, …")
    for someone in (ana, bo):
        await someone.reads_in_group("Ana's timer is closed. Thank you.", group)
    await scene.passes(seconds=20)
    assert bo.deleted() >= {event.timestamp for event in told}
    assert ana.deleted() >= {event.timestamp for event in told if event.group_id is not None}
    assert (await scene.night.stand_in.group(group))["members"] == []
    await _nothing_left(scene)


# --- a buddy who was told nothing learns nothing


SAYS = ["/name Cyrus", "/unpair Ana", "/status", "/buddies", "/help", "/again", "/ack", "/resolve Ana", "/name Cyrus"]


async def _answers(scene: Scene, cy: Someone, messages: list[str]) -> list[list[str]]:
    found = []
    for message in messages:
        await cy.says(message)
        await scene.passes(seconds=3)
        found.append(cy.unread())
        cy.forgets()
    return found


@pytest.mark.parametrize("messages", [SAYS, ["/unpair Ana", "/name Cyrus"], ["/unpair Ana"] * 2, list(reversed(SAYS))])
def test_what_he_reads_is_the_same_with_and_without_a_timer(messages: list[str]) -> None:
    """Byte for byte: only the buddy on call knows of it."""
    read: dict[str | None, list[list[str]]] = {}

    def evening(start: str | None) -> None:
        @story()
        async def told(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
            if start is not None:
                await ana.says(start)
                await ana.reads("Saved. …")
            await scene.until("18:03:00")
            read[start] = await _answers(scene, cy, messages)

        told()

    for start in (None, "/start 2h\nRoom 12", "/start 5m"):
        evening(start)
    assert read["/start 2h\nRoom 12"] == read["/start 5m"] == read[None]
    assert all(read[None])


@story()
async def test_he_leaves_at_once_and_is_alerted_no_more(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    group = await scene.group_of(ana, cy)
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    await cy.says("/name Cyrus")
    await cy.reads("Saved. Your buddies see you as Cyrus.…")
    await ana.reads("Cy is called Cyrus …")
    await cy.says("/unpair Ana")
    await cy.reads(DONE.format("Ana"))
    await ana.reads("You and Cyrus are no longer paired.")
    await scene.until("18:30:00")
    await cy.sees_nothing(during=0)
    assert (await scene.night.stand_in.group(group))["members"] == []
    assert any(text.startswith("Timer of Ana: still no word") for text in bo.unread())


@story()
async def test_who_was_told_by_an_alert_may_do_neither_before_the_close(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await scene.until("18:12:30")
    cy.forgets()
    await cy.says("/name Cyrus")
    await cy.reads(FROZEN)
    await cy.says("/unpair Ana")
    await cy.reads("Noted. You leave as soon as Ana's timer is closed, at … at the latest. Ana is told.")


@story()
async def test_who_is_on_call_may_do_neither_before_the_close(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await bo.says("/name Bob")
    await bo.reads(FROZEN)
    await bo.says("/unpair Ana")
    await bo.reads("Noted. You leave as soon as Ana's timer is closed, at … at the latest. Ana is told.")


@story()
async def test_quietly_written_where_he_reads_it_changes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found: she was told that he is not told, and his phone showed her message."""
    await ana.says_in_group(f"/unpair Bo {WORD} quietly")
    await ana.reads("Nothing changed. Others can read your message there. …")
    await ana.says("/start 30m")
    await ana.reads("Saved. …Bo is on call. …")
