"""Moving a check-in on: decide, keep, and say what follows, within one unit of work."""

from datetime import datetime

from bot.domain.check_in import CheckIn
from bot.domain.course import decide
from bot.domain.decisions import Decision
from bot.domain.events import Event
from bot.domain.timing import Timing
from bot.use_cases.facts_about import facts_about
from bot.use_cases.happenings import carry_out
from bot.use_cases.scene import Scene
from storage.records import Records


def move_on(
    records: Records, check_in: CheckIn, event: Event, now: datetime, timing: Timing, answered_in: str | None = None
) -> Decision:
    """Let `event` happen to `check_in`. Raises `NotPossible`, having changed nothing."""
    decision = decide(check_in, event, now, timing, facts_about(records, check_in, now))
    records.check_ins.save(decision.check_in)
    carry_out(Scene(records, check_in, decision.check_in, now, timing, answered_in), decision.happenings)
    return decision
