"""What leaves, in which order, and what never waits for what (DESIGN, invariants 1, 7 and 8)."""

import asyncio
from collections.abc import Callable

import pytest

from bot.domain.details import Content, Subject, SubjectKind
from bot.domain.outgoing import Action, Outgoing, Priority, Purpose, ToGroup, ToStranger
from storage.records import Records
from tests.unit.bot.post import Post, alert, details, notice, reply


async def test_a_message_leaves_at_once_after_its_commit(post: Post) -> None:
    bo = await post.person("bo")
    async with post.at_work():
        await asyncio.sleep(3)
        await post.queue(reply(bo))
        await asyncio.sleep(0.02)
    assert post.signal.sent == [("bo", 3.01)]
    assert await post.waiting() == 0


async def test_while_nothing_waits_the_outbox_is_looked_at_once_in_five_seconds(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while it is not settled, for then only alerts have to be looked for often."""
    units: list[object] = []
    run = post.store.run_inline

    def counted(work: Callable[[Records], object]) -> object:
        units.append(work)
        return run(work)

    monkeypatch.setattr(post.store, "run_inline", counted)
    async with post.at_work():
        await asyncio.sleep(61)
        assert len(units) == 13
        post.settling.ceases()
        await asyncio.sleep(20)
        assert len(units) == 17


async def test_messages_to_one_person_keep_their_order(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.takes["bo"] = 2
    async with post.at_work():
        await post.queue(reply(bo), reply(bo), reply(bo))
        await asyncio.sleep(7)
    assert [round(at) for at in post.signal.sent_to("bo")] == [2, 4, 6]


async def test_one_slow_recipient_never_delays_another(post: Post) -> None:
    bo, cy = await post.person("bo"), await post.person("cy")
    post.signal.takes["bo"] = 60
    async with post.at_work():
        await post.queue(*[reply(bo)] * 20, reply(cy))
        await asyncio.sleep(1)
        await post.queue(reply(cy))
        await asyncio.sleep(1)
    assert len(post.signal.sent_to("cy")) == 2


async def test_an_alert_does_not_wait_for_a_reply_that_hangs_on_its_way_to_the_same_person(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.takes["bo"] = 60
    async with post.at_work():
        await post.queue(reply(bo))
        await asyncio.sleep(1)
        await post.queue(alert(bo))
        await asyncio.sleep(0.1)
    assert [round(at) for _, at in post.signal.tries] == [0, 1]


async def test_an_alert_overtakes_a_thousand_waiting_notices_to_others(post: Post) -> None:
    others = [await post.person(f"person {number}") for number in range(1000)]
    bo = await post.person("bo")
    for number in range(1000):
        post.signal.takes[f"person {number}"] = 1
    async with post.at_work():
        await post.queue(*[notice(other) for other in others])
        await asyncio.sleep(0.5)
        await post.queue(alert(bo))
        await asyncio.sleep(0.5)
        assert len(post.signal.sent_to("bo")) == 1
        assert await post.waiting() > 900


async def test_an_alert_overtakes_even_while_many_alerts_to_others_hang(post: Post) -> None:
    others = [await post.person(f"person {number}") for number in range(20)]
    bo = await post.person("bo")
    for number in range(20):
        post.signal.takes[f"person {number}"] = 60
    async with post.at_work():
        await post.queue(*[alert(other) for other in others])
        await asyncio.sleep(1)
        await post.queue(alert(bo))
        await asyncio.sleep(0.5)
    assert len(post.signal.sent_to("bo")) == 1


async def test_however_many_alerts_to_others_hang_a_fresh_one_leaves_within_seconds(post: Post) -> None:
    """Found: a hundred that took a minute each made it wait for four minutes."""
    others = [await post.person(f"person {number}") for number in range(150)]
    bo = await post.person("bo")
    for number in range(150):
        post.signal.takes[f"person {number}"] = 60
    async with post.at_work():
        await post.queue(*[alert(other) for other in others])
        await asyncio.sleep(1)
        await post.queue(alert(bo))
        await asyncio.sleep(14)
    assert len(post.signal.sent_to("bo")) == 1


async def test_what_matters_least_leaves_too_while_members_write_without_pause(post: Post) -> None:
    """Found: with more replies than leave at once, nobody was told any more that Bo has left."""
    members = [await post.person(f"member {number}") for number in range(60)]
    bo = await post.person("bo")
    for number in range(60):
        post.signal.takes[f"member {number}"] = 3
    async with post.at_work():
        await post.queue(notice(bo))
        for _ in range(30):
            await post.queue(*[reply(member) for member in members])
            await asyncio.sleep(2)
    assert len(post.signal.sent_to("bo")) == 1
    assert post.signal.sent_to("bo")[0] < 45


async def test_the_details_of_an_alert_never_leave_before_it(post: Post) -> None:
    """They wait with it while it is not settled: what she left is nobody's before the alert is."""
    bo = await post.person("bo")
    post.settling.ceases()
    post.settling.flows()
    async with post.at_work():
        await post.queue(alert(bo), details(bo))
        await asyncio.sleep(4.9)
        assert post.signal.tries == []
        await asyncio.sleep(1)
    assert len(post.signal.sent_to("bo")) == 2


async def test_alerts_wait_until_it_is_settled_and_replies_do_not(post: Post) -> None:
    bo, ana = await post.person("bo"), await post.person("ana")
    post.settling.ceases()
    post.settling.flows()
    async with post.at_work():
        await post.queue(alert(bo), reply(ana))
        await asyncio.sleep(4.9)
        assert [to for to, _ in post.signal.sent] == ["ana"]
        await asyncio.sleep(0.4)
    assert [to for to, _ in post.signal.sent] == ["ana", "bo"]


async def test_an_alert_withdrawn_while_it_waits_to_be_settled_never_leaves(post: Post) -> None:
    bo = await post.person("bo")
    post.settling.ceases()
    post.settling.flows()
    async with post.at_work():
        await post.queue(alert(bo))
        await asyncio.sleep(3)
        await post.store.run(lambda records: records.outbox.withdraw("c", [Purpose.ALERT]))
        await asyncio.sleep(60)
    assert post.signal.tries == []


async def test_a_receive_line_that_flaps_every_few_seconds_lets_alerts_leave(post: Post) -> None:
    bo = await post.person("bo")
    post.settling.ceases()
    async with post.at_work():
        await post.queue(alert(bo))
        for _ in range(20):
            post.settling.flows()
            await asyncio.sleep(2.9)
            post.settling.ceases()
            await asyncio.sleep(0.1)
    assert post.signal.sent_to("bo")[0] < 20


async def test_groups_and_strangers_have_lanes_of_their_own(post: Post) -> None:
    group = await post.store.run(lambda records: records.groups.add(post.clock.now()))
    stranger = ToStranger("someone")
    async with post.at_work():
        await post.queue(reply(ToGroup(group.id)), reply(stranger))
        await asyncio.sleep(1)
    assert [to for to, _ in post.signal.sent] == ["someone"]


async def test_no_alert_waits_for_a_file_that_is_on_its_way_to_the_same_person(post: Post) -> None:
    """Found: one file may take two minutes, and an alert about somebody else waited behind it."""
    bo = await post.person("bo")
    now = post.clock.now()
    kept = Subject(SubjectKind.CHECK_IN, "c")

    photo = Content("a.jpg", "image/jpeg", b"photo")
    entry_id = await post.store.run(lambda records: records.details.add_file(kept, now, photo))
    facts = {"entry": entry_id, "name": "Ana"}
    file = Outgoing(bo, Priority.ALERT, Purpose.ALERT_ATTACHMENT, Action.FILE, "alert.police", facts, "c")
    post.signal.file_takes = 100.0
    async with post.at_work():
        await asyncio.sleep(6)
        await post.queue(file)
        await asyncio.sleep(2)
        await post.queue(alert(bo))
        await asyncio.sleep(2)
        assert len(post.signal.sent_to("bo")) == 1
        assert await post.waiting() == 1
        await post.queue(file)
        await asyncio.sleep(50)
        assert post.signal.files == 1, "one file after the other"
        await asyncio.sleep(200)
    assert await post.waiting() == 0
