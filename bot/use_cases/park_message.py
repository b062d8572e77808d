"""A message that cannot be handled is set aside, and whoever wrote it is told what that means for them."""

from datetime import datetime

from bot.domain.check_in import Stage
from bot.domain.outgoing import Fact, Purpose
from bot.errors import SealBroken
from bot.use_cases.voice import Voice
from storage.records import Records


def park_message(records: Records, inbox_id: str, account: str, now: datetime) -> None:
    """Set it aside for good. The text is about the timer, whatever the message was: that is what must be known. Of a
    stranger nothing is kept."""
    records.inbox.park(inbox_id)
    try:
        person = records.people.by_account(account)
    except SealBroken:  # nobody can be told
        return
    if person is None:
        records.inbox.forget(inbox_id)
        return
    text, facts = "unknown.parked", dict[str, Fact]()
    running = records.check_ins.open_of(person.id)
    if running is not None:
        text = "unknown.parked_running" if running.stage is Stage.ARMED else "unknown.parked_late"
        facts["until"] = running.deadline
    Voice(records, now).to_person(person.id, Purpose.REPLY, text, facts)
