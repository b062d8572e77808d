"""People, on both databases."""

import pytest

from bot.domain.person import StoredWords
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
