"""Check-ins for tests."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.check_in import CheckIn, Stage, Step, Watch
from tests.databases import START

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def armed(check_in_id: str, person_id: str, *buddy_ids: str, **changes: Any) -> CheckIn:
    """A check-in armed at START for two hours; the first buddy is on call."""
    check_in = CheckIn(
        id=check_in_id,
        person_id=person_id,
        stage=Stage.ARMED,
        started_at=START,
        deadline=START + 2 * HOUR,
        reminded=False,
        grace=5 * MINUTE,
        extended_freely=timedelta(),
        wrong_words=0,
        alerting_since=None,
        taken_by=None,
        holds=0,
        resolved_by=None,
        step=Step.REMIND,
        step_at=START + 110 * MINUTE,
        watches=tuple(
            Watch(buddy_id=buddy_id, group_id=None, position=place, on_call=place == 1)
            for place, buddy_id in enumerate(buddy_ids, start=1)
        ),
    )
    return replace(check_in, **changes)


def closed(check_in: CheckIn, **changes: Any) -> CheckIn:
    """The same one closed an hour after its start."""
    return replace(check_in, stage=Stage.CLOSED, closed_at=START + HOUR, step=None, step_at=None, **changes)
