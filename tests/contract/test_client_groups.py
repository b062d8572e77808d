"""The bot's own client in groups, over both worlds."""

import pytest

from bot.transport.calls import ToGroup
from bot.transport.errors import Refusal, SignalRefused
from bot.transport.incoming import (
    GroupChanged,
    Receipt,
    ReceiptKind,
)
from bot.transport.outcomes import FailureKind
from tests.contract.client_steps import THUMB, group_of, says_hello
from tests.contract.steps import bot_message

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_each_phone_confirms_a_group_line_by_its_own_time(client, inbox, ana, bo):
    group = await group_of(client, inbox, ana, bo)
    outcome = await client.send_to_group(group, "until 22:00", [ana.aci, bo.aci])
    for person in (ana, bo):
        receipt = await inbox.next(
            Receipt, lambda came, who=person: outcome.sent_ms in came.sent_ms and came.sender_aci == who.aci
        )
        assert (receipt.sender_device, receipt.kind) == (1, ReceiptKind.DELIVERY)


async def test_group_is_made_changed_and_described(world, client, inbox, ana, bo):
    group = await group_of(client, inbox, ana, bo)
    await client.change_group(group, name="Timer 2", expiration=3600, only_admins=True)
    facts = await client.group(group)
    assert (facts.name, facts.expiration, facts.only_admins, facts.is_member) == ("Timer 2", 3600, True, True)
    assert facts.members == {ana.aci, bo.aci, world.account_aci}
    assert facts.admins == {world.account_aci}
    await client.change_group(group, remove=[bo.aci])
    assert (await client.group(group)).members == {ana.aci, world.account_aci}


async def test_member_who_is_expected_and_not_in_the_group_is_missing(client, inbox, ana, bo, cy):
    group = await group_of(client, inbox, ana, bo)
    outcome = await client.send_to_group(group, "until 22:00", [ana.aci, bo.aci, cy.aci])
    assert outcome.reached == {ana.aci, bo.aci}
    assert {aci: failure.kind for aci, failure in outcome.failures.items()} == {cy.aci: FailureKind.MISSING}


async def test_group_made_with_somebody_who_never_wrote_is_perhaps_made(client, inbox, ana, cy):
    await says_hello(client, inbox, ana)
    with pytest.raises(SignalRefused) as caught:
        await client.create_group(f"with {cy.name}", [ana.aci, cy.aci])
    assert caught.value.perhaps_done
    [made] = [group for group in await client.groups() if group.name == f"with {cy.name}"]
    assert (made.pending, ana.aci in made.members) == ({cy.aci}, True)


async def test_member_who_leaves_is_noticed(client, inbox, ana, bo):
    group = await group_of(client, inbox, ana, bo)
    await bo.leave_group(group)
    await inbox.next(GroupChanged, lambda came: came.group_id == group)
    await client.repair_group(group)
    assert bo.aci not in (await client.group(group)).members


async def test_last_admin_must_be_alone_to_quit(client, inbox, ana):
    group = await group_of(client, inbox, ana)
    with pytest.raises(SignalRefused) as caught:
        await client.quit_group(group)
    assert caught.value.reason is Refusal.LAST_ADMIN
    await client.change_group(group, remove=[ana.aci])
    await client.quit_group(group)


async def test_a_group_line_reaches_the_others_when_one_member_is_not_registered_any_more(client, inbox, ana, bo):
    group = await group_of(client, inbox, ana, bo)
    await bo.unregister()
    outcome = await client.send_to_group(group, "until 22:00", [ana.aci, bo.aci])
    assert outcome.reached == {ana.aci}
    assert {aci: failure.kind for aci, failure in outcome.failures.items()} == {bo.aci: FailureKind.UNREGISTERED}
    await bot_message(ana, "until 22:00")


async def test_a_group_line_is_taken_back_on_every_phone(client, inbox, ana, bo):
    group = await group_of(client, inbox, ana, bo)
    people = frozenset({ana.aci, bo.aci})
    outcome = await client.send_to_group(group, "take back", people)
    assert (await client.delete_for_everyone(ToGroup(group, people), outcome.sent_ms)).complete
    for person in (ana, bo):
        deleted = await person.expect(lambda happening: happening.kind == "delete")
        assert (deleted.data["target_timestamp"], deleted.group_id) == (outcome.sent_ms, group)


async def test_bots_reaction_in_a_group_reaches_everybody(client, inbox, ana, bo):
    group = await group_of(client, inbox, ana, bo)
    sent = (await client.send_to_group(group, "hello", [ana.aci, bo.aci])).sent_ms
    own = (await client.own_identity()).aci
    outcome = await client.react(ToGroup(group, frozenset({ana.aci, bo.aci})), own, sent, THUMB)
    assert outcome.reached == {ana.aci, bo.aci}


async def test_whom_a_member_has_added_is_taken_out_and_the_title_set(world, client, inbox, ana, bo, cy):
    """As the bot mends a group; what signal-cli remembers without being told to ask is enough to see that it must."""
    group = await group_of(client, inbox, ana, bo)
    await ana.change_group(group, add=[cy.name], title="Night shift")
    await inbox.next(GroupChanged, lambda came: came.group_id == group)
    [remembered] = [facts for facts in await client.groups() if facts.id == group]
    assert (remembered.name, remembered.only_admins) == ("Night shift", False)
    assert cy.aci in remembered.members | remembered.pending
    await client.repair_group(group)
    await client.change_group(group, name="Ana + Bo", expiration=3600, only_admins=True, remove=[cy.aci])
    [remembered] = [facts for facts in await client.groups() if facts.id == group]
    assert (remembered.name, remembered.expiration, remembered.only_admins) == ("Ana + Bo", 3600, True)
    assert (remembered.members, remembered.pending) == ({ana.aci, bo.aci, world.account_aci}, frozenset())
    assert (await client.send_to_group(group, "until 22:00", [ana.aci, bo.aci])).reached == {ana.aci, bo.aci}


async def test_whoever_is_only_invited_is_taken_out_likewise(world, client, inbox, ana, cy):
    await says_hello(client, inbox, ana)
    with pytest.raises(SignalRefused):
        await client.create_group(f"with {cy.name} too", [ana.aci, cy.aci])
    [made] = [group for group in await client.groups() if group.name == f"with {cy.name} too"]
    await client.change_group(made.id, remove=[cy.aci])
    facts = await client.group(made.id)
    assert (facts.members, facts.pending) == ({ana.aci, world.account_aci}, frozenset())
