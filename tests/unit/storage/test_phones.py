"""People's phones, on both databases."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.domain.outgoing import Outgoing, Priority, Purpose, ToPerson
from storage.phones import Noticed
from storage.records import Records
from storage.tables import new_phones, phones
from storage.unit_of_work import Store

NOW = datetime(2027, 3, 5, 20, 0, tzinfo=UTC)


def _two(records: Records) -> tuple[str, str]:
    return tuple(records.people.add(account, NOW).id for account in ("bo", "ana"))  # type: ignore[return-value]


async def test_the_first_key_is_nothing_new_and_another_one_is(store: Store) -> None:
    def unit(records: Records) -> list[Noticed]:
        bo, _ = _two(records)
        return [records.phones.notice(bo, key) for key in ("05 01", "05 01", "05 02", "05 02", "05 01")]

    first, same, new = Noticed.FIRST, Noticed.SAME, Noticed.NEW
    assert await store.run(unit) == [first, same, new, same, new]


async def test_no_key_stands_in_the_table(store: Store) -> None:
    def unit(records: Records) -> str:
        records.phones.notice(_two(records)[0], "05 aa bb")
        return repr(records.scope.connection.execute(select(phones)).all())

    assert "05 aa bb" not in await store.run(unit)


async def test_a_new_phone_stays_until_it_is_confirmed(store: Store) -> None:
    def unit(records: Records) -> None:
        bo, ana = _two(records)
        records.phones.begin(bo, ana, NOW, told=False)
        records.phones.begin(bo, ana, NOW + timedelta(hours=1), told=False)  # one more takes its place
        (one,) = records.phones.untold()
        assert (one.owner_id, one.to_id, one.since) == (bo, ana, NOW + timedelta(hours=1))
        assert set(records.phones.new_to(ana)) == {bo}
        assert records.phones.new_to(bo) == {}
        records.phones.set_told(one.id)
        assert records.phones.untold() == []
        records.phones.forget(bo, ana)
        assert records.phones.all_new_to(ana) == []

    await store.run(unit)


async def test_one_that_seems_confirmed_looks_alike_in_the_table(store: Store) -> None:
    def unit(records: Records) -> None:
        bo, ana = _two(records)
        records.phones.begin(bo, ana, NOW, told=True)
        cells = [records.scope.connection.execute(select(new_phones.c.standing)).scalar_one()]
        (one,) = records.phones.all_new_to(ana)
        records.phones.let_seem_confirmed(one.id)
        cells.append(records.scope.connection.execute(select(new_phones.c.standing)).scalar_one())
        assert len(cells[0]) == len(cells[1])
        (after,) = records.phones.all_new_to(ana)
        assert (after.seems_confirmed, after.is_shown) == (True, False)
        assert records.phones.new_to(ana) == {}

    await store.run(unit)


async def test_a_cell_that_cannot_be_read_counts_as_new(store: Store) -> None:
    def unit(records: Records) -> None:
        bo, ana = _two(records)
        records.phones.begin(bo, ana, NOW, told=True)
        records.scope.connection.execute(new_phones.update().values(standing=b"damaged"))
        assert set(records.phones.new_to(ana)) == {bo}

    await store.run(unit)


async def test_all_of_it_goes_with_the_person(store: Store) -> None:
    def unit(records: Records) -> None:
        bo, ana = _two(records)
        records.phones.notice(bo, "05 01")
        records.phones.begin(bo, ana, NOW, told=True)
        records.people.remove(bo)
        for table in (phones, new_phones):
            assert records.scope.connection.execute(select(table)).all() == []

    await store.run(unit)


async def test_what_was_written_to_a_phone_besides_alarms(store: Store) -> None:
    def unit(records: Records) -> None:
        bo, ana = _two(records)
        assert not records.phones.was_written_to(bo, NOW)
        records.outbox.add(Outgoing(ToPerson(bo), Priority.REST, Purpose.NOTICE, text="away.told"), NOW)
        assert not records.phones.was_written_to(bo, NOW)  # it has not left
        assert not records.phones.was_written_to(ana, NOW)

    await store.run(unit)
