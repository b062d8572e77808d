"""Who has an identity, and what a new phone changes."""

import pytest

from tests.contract.steps import bot_message, make_group, says_hello, send, send_patiently, success, types

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_each_person_met_has_an_identity(rpc, ana):
    await says_hello(rpc, ana)
    (identity,) = await rpc.call("listIdentities", number=ana.aci)
    assert identity["uuid"] == ana.aci
    assert identity["number"] is None
    assert identity["trustLevel"] == "TRUSTED_UNVERIFIED"
    assert set(identity) == {
        "number",
        "uuid",
        "fingerprint",
        "safetyNumber",
        "scannableSafetyNumber",
        "trustLevel",
        "addedTimestamp",
    }
    everyone = await rpc.call("listIdentities")
    assert ana.aci in {entry["uuid"] for entry in everyone}


async def test_a_new_phone_is_written_to_and_shows_as_a_new_fingerprint(rpc, ana):
    await says_hello(rpc, ana)
    await send(rpc, ana, "to the old phone")
    await bot_message(ana, "to the old phone")
    (before,) = await rpc.call("listIdentities", number=ana.aci)
    await ana.reinstall()
    sent = await send_patiently(rpc, recipient=[ana.aci], message="to the new phone")
    assert types(sent["results"]) == success(ana)
    await bot_message(ana, "to the new phone")
    (after,) = await rpc.call("listIdentities", number=ana.aci)
    assert after["fingerprint"] != before["fingerprint"]
    assert after["addedTimestamp"] > before["addedTimestamp"]
    assert after["trustLevel"] == "TRUSTED_UNVERIFIED"


async def test_a_new_phone_is_heard_without_a_break(rpc, ana):
    await says_hello(rpc, ana)
    (before,) = await rpc.call("listIdentities", number=ana.aci)
    await ana.reinstall()
    await ana.send("it is me")
    envelope = await rpc.next_text("it is me")
    assert envelope["sourceUuid"] == ana.aci
    (after,) = await rpc.call("listIdentities", number=ana.aci)
    assert after["fingerprint"] != before["fingerprint"]


async def test_a_new_phone_gets_group_messages(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    await rpc.call("send", groupId=group, message="before")
    await bot_message(bo, "before")
    await bo.reinstall()
    sent = await send_patiently(rpc, groupId=group, message="after")
    assert types(sent["results"]) == success(ana, bo)
    await bot_message(ana, "after")
    await bot_message(bo, "after")


async def test_each_further_new_phone_shows_as_one_more_key(rpc, ana):
    """Keys are told of by nothing but this call: who wants to notice has to ask, and compare."""
    await says_hello(rpc, ana)
    seen = []
    for text in ("first", "second", "third"):
        (identity,) = await rpc.call("listIdentities", number=ana.aci)
        (again,) = await rpc.call("listIdentities", number=ana.aci)
        assert (again["fingerprint"], again["addedTimestamp"]) == (identity["fingerprint"], identity["addedTimestamp"])
        seen.append((identity["fingerprint"], identity["addedTimestamp"]))
        await ana.reinstall()
        await ana.send(text)
        await rpc.next_text(text)
    everyone = await rpc.call("listIdentities")
    assert [entry["uuid"] for entry in everyone].count(ana.aci) == 1
    assert len({fingerprint for fingerprint, _ in seen}) == 3
    assert [at for _, at in seen] == sorted(at for _, at in seen)


async def test_somebody_elses_new_phone_changes_no_other_key(rpc, ana, bo):
    for one in (ana, bo):
        await says_hello(rpc, one)
    (before,) = await rpc.call("listIdentities", number=bo.aci)
    await ana.reinstall()
    await ana.send("from the new phone")
    await rpc.next_text("from the new phone")
    (after,) = await rpc.call("listIdentities", number=bo.aci)
    assert after == before
