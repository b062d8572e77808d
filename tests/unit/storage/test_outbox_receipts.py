"""What becomes of sent messages: receipts, erasing, the purge; on both databases."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.domain.outgoing import Action, Outgoing, Priority, Purpose, ToGroup, ToPerson, ToStranger
from storage.leases import Lease
from storage.receipts import EARLY_AT_MOST
from storage.records import Records
from storage.tables import early_receipts
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.letters import SECOND, alert, all_clear, claim, queue, reply


async def test_receipts_raise_direct_messages_once(store: Store, bo: ToPerson, cy: ToPerson) -> None:
    row_id, _ = await store.run(queue(alert(bo), alert(cy)))

    def sent_and_received(records: Records) -> None:
        records.outbox.record_sent(row_id, 7, START)
        records.outbox.note_receipt(bo.person_id, [7, 8], "delivered", START + SECOND)
        records.outbox.note_receipt(bo.person_id, [7], "read", START + 2 * SECOND)
        records.outbox.note_receipt(bo.person_id, [7], "read", START + 3 * SECOND)

    await store.run(sent_and_received)
    row = await store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert (row.delivered_at, row.read_at) == (START + SECOND, START + 2 * SECOND)


async def test_a_read_receipt_alone_means_delivered_too(store: Store, bo: ToPerson) -> None:
    (row_id,) = await store.run(queue(alert(bo)))
    await store.run(lambda records: records.outbox.record_sent(row_id, 7, START))
    await store.run(lambda records: records.outbox.note_receipt(bo.person_id, [7], "read", START + SECOND))
    row = await store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert row.delivered_at == START + SECOND


async def test_a_receipt_faster_than_the_note_of_sending_counts(store: Store, bo: ToPerson, cy: ToPerson) -> None:
    to_bo, to_cy = await store.run(queue(alert(bo), alert(cy)))
    await store.run(claim(urgent=True))
    await store.run(lambda records: records.outbox.note_receipt(bo.person_id, [7], "delivered", START))
    await store.run(lambda records: records.outbox.note_receipt(bo.person_id, [7], "delivered", START + SECOND))
    await store.run(lambda records: records.outbox.note_receipt(bo.person_id, [7], "read", START + 2 * SECOND))
    await store.run(lambda records: records.outbox.record_sent(to_cy, 7, START))
    await store.run(lambda records: records.outbox.record_sent(to_bo, 7, START))
    rows = [await store.run(lambda records, row=row: records.outbox.get(row)) for row in (to_bo, to_cy)]
    assert [(row.delivered_at, row.read_at) for row in rows if row] == [(START, START + 2 * SECOND), (None, None)]


async def test_receipts_that_belong_to_nothing_are_purged(store: Store, bo: ToPerson) -> None:
    line, _ = await store.run(queue(reply(ToGroup("group")), alert(bo)))
    await store.run(claim(urgent=True))
    await store.run(lambda records: records.outbox.record_sent(line, 7, START))
    await store.run(lambda records: records.outbox.note_receipt(bo.person_id, [7, 8], "delivered", START))
    assert await store.run(_kept) == [8]  # 7 went to a group: nobody asks
    await store.run(lambda records: records.outbox.purge(START + SECOND))
    assert await store.run(_kept) == []


def _kept(records: Records) -> list[int]:
    return list(records.scope.connection.execute(select(early_receipts.c.sent_ms)).scalars())


async def test_while_nothing_is_on_its_way_to_somebody_no_receipt_can_be_early(
    store: Store, bo: ToPerson, cy: ToPerson
) -> None:
    await store.run(queue(alert(cy)))
    await store.run(claim(urgent=True))
    await store.run(lambda records: records.outbox.note_receipt(bo.person_id, [7, 8], "delivered", START))
    assert await store.run(_kept) == []


async def test_of_made_up_receipts_few_are_kept(store: Store, bo: ToPerson) -> None:
    """A flood of them would hold up everybody."""
    await store.run(queue(alert(bo)))
    await store.run(claim(urgent=True))

    def made_up(records: Records) -> None:
        for first in range(0, 3000, 1000):
            records.outbox.note_receipt(bo.person_id, range(first, first + 1000), "read", START)

    await store.run(made_up)
    assert len(await store.run(_kept)) == EARLY_AT_MOST


async def test_erasing_bodies_spares_what_is_still_to_be_sent(store: Store, bo: ToPerson) -> None:
    failed, clear = await store.run(queue(alert(bo, check_in_id="c"), all_clear(bo, check_in_id="c")))
    await store.run(lambda records: records.outbox.record_failed(failed, "unregistered", START))
    await store.run(lambda records: records.outbox.erase_bodies("c"))
    rows = await store.run(lambda records: records.outbox.of_check_in("c"))
    assert [(row.id, row.text) for row in rows] == [(failed, None), (clear, "all clear")]


async def test_nothing_is_kept_about_a_stranger_once_the_answer_is_out(store: Store) -> None:
    (row_id,) = await store.run(queue(reply(ToStranger("an account"))))
    (row,) = await store.run(claim(urgent=False))
    assert row.to == ToStranger("an account")
    await store.run(lambda records: records.outbox.record_sent(row_id, 1, START))
    row_after = await store.run(lambda records: records.outbox.get(row_id))
    assert row_after is not None
    assert row_after.to == ToStranger("")


async def test_a_failed_answer_to_a_stranger_is_erased_too(store: Store) -> None:
    (row_id,) = await store.run(queue(reply(ToStranger("an account"))))
    await store.run(lambda records: records.outbox.record_failed(row_id, "unregistered", START))
    row = await store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert row.to == ToStranger("")


async def test_the_purge_spares_what_waits(store: Store, bo: ToPerson) -> None:
    sent, waiting = await store.run(queue(reply(bo), reply(bo)))
    await store.run(lambda records: records.outbox.record_sent(sent, 1, START))
    assert await store.run(lambda records: records.outbox.purge(START)) == 0
    assert await store.run(lambda records: records.outbox.purge(START + SECOND)) == 1
    assert await store.run(lambda records: records.outbox.get(sent)) is None
    assert await store.run(lambda records: records.outbox.get(waiting)) is not None


async def test_a_file_leaves_after_all_texts_about_the_alert_also_later_ones(store: Store) -> None:
    """It may take long, and must not stand in the way of the next alert or of the all-clear."""

    def queue(records: Records) -> list[str]:
        to = ToPerson(records.people.add("bo", START).id)

        def add(purpose: Purpose, priority: Priority, action: Action = Action.TEXT) -> str:
            return records.outbox.add(Outgoing(to, priority, purpose, action, text="x"), START)

        file = add(Purpose.ALERT_ATTACHMENT, Priority.ALERT, Action.FILE)
        texts = [
            add(Purpose.ALERT, Priority.ALERT),
            add(Purpose.ALERT_ADDITION, Priority.ALERT),
            add(Purpose.ALL_CLEAR, Priority.ALL_CLEAR),
        ]
        return [*texts, file]

    expected, claimed = await store.run(queue), []
    for _ in expected:
        lease = Lease("me", START + timedelta(minutes=1))
        (row,) = await store.run(lambda records, lease=lease: records.outbox.claim(START, 5, lease, urgent=True))  # type: ignore[misc]
        claimed.append(row.id)
        await store.run(lambda records, row=row: records.outbox.record_sent(row.id, 1, START))  # type: ignore[misc]
    assert claimed == expected


async def test_receipts_of_many_lines_leave_room_for_that_of_an_alert(store: Store, bo: ToPerson, cy: ToPerson) -> None:
    """Each phone's receipt comes before the note that the line has left."""

    def pair(records: Records) -> str:
        group = records.groups.add(START)
        made = records.pairings.add(cy.person_id, bo.person_id, "Ana", "Bo", START)
        records.pairings.save(replace(made, group_id=group.id))
        return group.id

    group_id = await store.run(pair)

    def lines(records: Records) -> None:
        for number in range(1000, 1000 + EARLY_AT_MOST):
            line = Outgoing(ToGroup(group_id), Priority.ALERT, Purpose.ALERT_LINE, text="x")
            row_id = records.outbox.add(line, START)
            claim(urgent=True)(records)
            records.outbox.note_receipt(bo.person_id, [number], "delivered", START, by_phone=True)
            records.outbox.record_sent(row_id, number, START)

    await store.run(lines)
    assert await store.run(_kept) == []
    (row_id,) = await store.run(queue(alert(bo)))
    await store.run(claim(urgent=True))
    await store.run(lambda records: records.outbox.note_receipt(bo.person_id, [7], "delivered", START, by_phone=True))
    await store.run(lambda records: records.outbox.record_sent(row_id, 7, START))
    row = await store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert row.confirmed_at == START
