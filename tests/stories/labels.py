"""What people call each other from before names were told apart as they are now."""

from dataclasses import replace

from storage.records import Records
from tests.stories.dialog import Scene, Someone


async def called_before(scene: Scene, called: Someone, by: Someone, label: str) -> None:
    """`by` calls him or her so."""

    def keep(records: Records) -> None:
        one, other = (records.people.by_account(who.phone.aci) for who in (called, by))
        assert one is not None
        assert other is not None
        if (as_person := records.pairings.between(one.id, other.id)) is not None:
            records.pairings.save(replace(as_person, person_label=label))
        if (as_buddy := records.pairings.between(other.id, one.id)) is not None:
            records.pairings.save(replace(as_buddy, buddy_label=label))

    await scene.work(keep)
