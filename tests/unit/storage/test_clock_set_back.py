"""Messages of an alert that count as queued earlier, on both databases."""

from datetime import timedelta

from bot.domain.outgoing import TO_BUDDY_ALONE, Outgoing, Priority, Purpose, ToPerson
from storage.records import Records
from storage.unit_of_work import Store
from tests.databases import START

HOUR = timedelta(hours=1)


async def test_only_what_an_alert_is_made_of_counts_as_queued_earlier(store: Store) -> None:
    person = await store.run(lambda records: records.people.add("bo's account", START))
    bo = ToPerson(person.id)

    def queue(records: Records) -> None:
        for purpose in (Purpose.ALERT, Purpose.ALERT_DETAILS, Purpose.FOLLOW_UP):
            records.outbox.add(Outgoing(bo, Priority.ALERT, purpose, text="alert", check_in_id="one"), START)
        records.outbox.add(Outgoing(bo, Priority.ALERT, Purpose.ALERT, text="alert", check_in_id="two"), START)

    await store.run(queue)
    await store.run(lambda records: records.outbox.queued_earlier("one", TO_BUDDY_ALONE, HOUR))
    rows = await store.run(lambda records: [records.outbox.of_check_in("one"), records.outbox.of_check_in("two")])
    assert [(row.purpose, row.created_at) for row in rows[0]] == [
        (Purpose.ALERT, START - HOUR),
        (Purpose.ALERT_DETAILS, START - HOUR),
        (Purpose.FOLLOW_UP, START),
    ]
    assert [row.created_at for row in rows[1]] == [START]
