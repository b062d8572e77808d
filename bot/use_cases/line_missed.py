"""A line in a group that did not reach whom it answers (SPEC: every command is answered)."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.outgoing import ANSWERS, Purpose
from bot.use_cases.voice import Voice
from storage.outbox import OutboxRow, OutboxState
from storage.records import Records


def answer_whom_it_missed(records: Records, line: OutboxRow, missed: Collection[str], now: datetime) -> None:
    """Say it once more in the direct chat, unless it was taken back meanwhile. `missed`: accounts; `now`: aware UTC."""
    answers, sent = line.facts.get(ANSWERS), records.outbox.get(line.id)
    if not isinstance(answers, str) or line.text is None or sent is None or sent.state is not OutboxState.SENT:
        return
    if records.people.is_known(answers) and records.people.by_id(answers).account in missed:
        facts = {name: fact for name, fact in line.facts.items() if name != ANSWERS}
        Voice(records, now, line.check_in_id).to_person(answers, Purpose.REPLY, line.text, facts)
