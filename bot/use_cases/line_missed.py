"""A line in a group that did not reach whom it answers (SPEC: every command is answered)."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.outgoing import ANSWERS, AS_IT_STOOD, Purpose, ToGroup
from bot.use_cases.voice import Voice, how_timer_stands
from storage.outbox import OutboxRow
from storage.records import Records


def answer_whom_it_missed(records: Records, line: OutboxRow, missed: Collection[str], now: datetime) -> None:
    """Say it once more in the direct chat, if it still holds; a line about what has changed takes its place. It keeps
    the fact `AS_IT_STOOD`. `missed`: accounts; `now`: aware UTC."""
    answers = line.facts.get(ANSWERS)
    if not isinstance(answers, str) or line.text is None or not isinstance(line.to, ToGroup):
        return
    if not records.people.is_known(answers) or records.people.by_id(answers).account not in missed:
        return
    if _still_holds(records, line, answers):
        facts = {name: fact for name, fact in line.facts.items() if name != ANSWERS}
        Voice(records, now, line.to.group_id).to_person(answers, Purpose.REPLY, line.text, facts)


def _still_holds(records: Records, line: OutboxRow, person_id: str) -> bool:
    """It may have waited, and she may have gone on meanwhile: an old answer after a newer one would mislead her. That
    nothing changed holds until something has, whatever else was said to her or others."""
    running = records.check_ins.open_of(person_id)
    if line.purpose is Purpose.END_LINE:
        return running is None
    if line.purpose in (Purpose.START_LINE, Purpose.TIME_LINE):
        return running is not None and running.id == line.check_in_id and running.deadline == line.facts.get("until")
    return how_timer_stands(records, person_id) == line.facts.get(AS_IT_STOOD)
