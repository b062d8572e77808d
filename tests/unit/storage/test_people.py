"""People, on both databases."""

from datetime import timedelta

import pytest

from bot.domain.person import StoredWords
from bot.domain.person_settings import PersonSettings
from bot.errors import StorageConflict
from storage.unit_of_work import Store
from tests.databases import START

ANA = "11111111-1111-4111-8111-111111111111"


async def test_a_person_is_found_by_her_account(store: Store) -> None:
    added = await store.run(lambda records: records.people.add(ANA, START))
    found = await store.run(lambda records: records.people.by_account(ANA))
    assert found == added
    assert await store.run(lambda records: records.people.by_account("somebody else")) is None


async def test_settings_of_a_person_are_kept(store: Store) -> None:
    ana = await store.run(lambda records: records.people.add(ANA, START))

    def change(records: object) -> None:
        records.people.set_name(ana.id, "Ana 🌙")
        records.people.set_zone(ana.id, "Europe/London")
        records.people.set_language(ana.id, "de")

    await store.run(change)
    found = await store.run(lambda records: records.people.by_id(ana.id))
    assert (found.name, found.zone, found.language) == ("Ana 🌙", "Europe/London", "de")


async def test_what_she_has_set_for_her_timers_is_kept(store: Store) -> None:
    ana = await store.run(lambda records: records.people.add(ANA, START))
    assert ana.settings == PersonSettings()
    chosen = PersonSettings(reminder=timedelta(minutes=15), grace=timedelta(0), alerts_only=True)
    await store.run(lambda records: records.people.set_settings(ana.id, chosen))
    assert (await store.run(lambda records: records.people.by_id(ana.id))).settings == chosen


async def test_somebody_is_away_until_the_moment_named(store: Store) -> None:
    bo = await store.run(lambda records: records.people.add(ANA, START))
    assert not bo.is_away(START)
    until = START + timedelta(hours=8)
    await store.run(lambda records: records.people.set_away(bo.id, until))
    found = await store.run(lambda records: records.people.by_id(bo.id))
    assert found.is_away(until - timedelta(seconds=1))
    assert not found.is_away(until)
    await store.run(lambda records: records.people.set_away(bo.id, None))
    assert not (await store.run(lambda records: records.people.by_id(bo.id))).is_away(START)


async def test_words_are_kept_and_counted(store: Store) -> None:
    ana = await store.run(lambda records: records.people.add(ANA, START))
    assert not ana.has_codeword
    await store.run(lambda records: records.people.set_words(ana.id, "encoded code", None))
    await store.run(lambda records: records.people.set_words(ana.id, "encoded code", "encoded duress"))
    assert await store.run(lambda records: records.people.words(ana.id)) == StoredWords(
        codeword="encoded code", duress_word="encoded duress", version=2
    )
    assert (await store.run(lambda records: records.people.by_id(ana.id))).has_codeword


async def test_an_account_is_added_once(store: Store) -> None:
    await store.run(lambda records: records.people.add(ANA, START))
    with pytest.raises(StorageConflict):
        await store.run(lambda records: records.people.add(ANA, START))
    assert await store.run(lambda records: records.people.count()) == 1


async def test_a_person_who_is_gone_is_an_error_not_a_stranger(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.run(lambda records: records.people.by_id("nobody"))
    with pytest.raises(LookupError):
        await store.run(lambda records: records.people.set_name("nobody", "Bo"))


async def test_removing_a_person_leaves_nobody(store: Store) -> None:
    ana = await store.run(lambda records: records.people.add(ANA, START))
    await store.run(lambda records: records.people.remove(ana.id))
    assert await store.run(lambda records: records.people.count()) == 0
