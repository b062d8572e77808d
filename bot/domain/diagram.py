"""Drawing the course of a check-in from its table: the documentation cannot say anything else than the code does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

from bot.domain.calm import arm
from bot.domain.check_in import CheckIn, Stage, Step, Watch
from bot.domain.course import TRANSITIONS, decide
from bot.domain.decisions import NotPossible
from bot.domain.events import Close, Due, Event, Extend, GiveBack, Leave, NotSent, Reopen, Resolve, SayElse, Take
from bot.domain.known import Facts
from bot.domain.timing import Timing

_START = datetime(2027, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_FIRST, _SECOND = "first", "second"
_TIMING = Timing()
_FACTS = (
    Facts(),
    Facts(confirmed=frozenset((_FIRST, _SECOND))),
    Facts(new_phones=frozenset((_FIRST,))),
)
_A_MOMENT = timedelta(seconds=1)

WORDS: dict[Step | type[Event], str] = {
    Step.REMIND: "the reminder is due",
    Step.CHECK_CALL: "nobody has answered the start line",
    Step.ASK: "the deadline",
    Step.ALERT: "the end of grace",
    Step.REPEAT: "nobody has taken it",
    Step.CHECK_ALERT: "no phone has confirmed it",
    NotSent: "it cannot be sent",
    Step.FOLLOW_UP: "the question is due",
    Step.RESUME_UNANSWERED: "no answer",
    Step.RESUME_UNRESOLVED: "no word",
    Extend: "/extend",
    Close: "the codeword",
    Take: "on it",
    GiveBack: "the 👍 is taken away",
    SayElse: "another answer",
    Resolve: "/resolve",
    Reopen: "/reopen",
    Leave: "a buddy leaves",
}
"""What each arrow says. What is not here moves nothing (a 👍 on the start line, or a buddy without an account), and has
no arrow."""


def course_diagram() -> str:
    """A Mermaid state diagram: every way from stage to stage that the table has."""
    labels: dict[tuple[Stage, Stage], list[str]] = {}
    ways = set(_ways())
    for before, what in TRANSITIONS:
        for after in Stage:
            if what in WORDS and (before, what, after) in ways:
                labels.setdefault((before, after), []).append(WORDS[what])
    arrows = [f"    {before} --> {after}: {', '.join(words)}" for (before, after), words in labels.items()]
    lines = ["stateDiagram-v2", f"    [*] --> {Stage.ARMED}: /start", *arrows, f"    {Stage.CLOSED} --> [*]"]
    return "\n".join(lines) + "\n"


def _events() -> Iterator[Event]:
    yield from (Due(step) for step in Step)
    yield from (Extend(timedelta(minutes=5), with_word=True), Close())
    for buddy in (_FIRST, _SECOND):
        yield from (Take(buddy), GiveBack(buddy), SayElse(buddy), Resolve(buddy), Reopen(buddy), NotSent(buddy))
        yield Leave(buddy)


def _ways() -> Iterator[tuple[Stage, Step | type[Event], Stage]]:
    """Every way that can be gone, found by going it."""
    waiting, seen = [_armed()], set()
    while waiting:
        check_in = waiting.pop()
        if _signature(check_in) in seen or check_in.step_at is None:
            continue
        seen.add(_signature(check_in))
        for event, facts in product(_events(), _FACTS):
            try:
                after = decide(check_in, event, _moment(event, check_in.step_at), _TIMING, facts).check_in
            except NotPossible:
                continue
            yield check_in.stage, event.step if isinstance(event, Due) else type(event), after.stage
            waiting.append(after)


def _moment(event: Event, due_at: datetime) -> datetime:
    """People act a moment before the next step is due."""
    return due_at if isinstance(event, Due) else due_at - _A_MOMENT


def _armed() -> CheckIn:
    watches = (Watch(_FIRST, None, 0, on_call=True, asked_at=_START), Watch(_SECOND, None, 1, on_call=False))
    unarmed = CheckIn(
        id="",
        person_id="",
        stage=Stage.ARMED,
        started_at=_START,
        deadline=_START + _HOUR,
        reminded=False,
        grace=_TIMING.grace,
        extended_freely=timedelta(0),
        wrong_words=0,
        alerting_since=None,
        taken_by=None,
        holds=0,
        resolved_by=None,
        step=None,
        step_at=None,
        watches=watches,
    )
    return arm(unarmed, _START, _TIMING)


def _signature(check_in: CheckIn) -> tuple[object, ...]:
    """What decides about the ways that lead on; moments do not."""
    told = tuple(
        (watch.on_call, watch.phone_checked, watch.alerted_at is not None, watch.held_back)
        for watch in check_in.watches
    )
    looked_at = (check_in.reminded, check_in.nobody_answered, check_in.operator_checked)
    who = (check_in.taken_by, check_in.resolved_by, check_in.holds)
    return (check_in.stage, check_in.step, *who, told, looked_at)
