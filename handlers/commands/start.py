"""`/start DURATION` arms a check-in; its details follow from the second line (SPEC: Commands, and step 1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.check_in import CheckIn, Watch
from bot.domain.details import Subject, SubjectKind
from bot.domain.folding import DetailsTooLong, clean_details, fold
from bot.domain.keywords import WITH
from bot.domain.local_time import (
    DoesNotExist,
    MorningOrEvening,
    PastOrTomorrow,
    Resolved,
    resolve_clock_time,
)
from bot.domain.outgoing import Fact
from bot.use_cases.alarm_additions import add_to_alarms
from bot.use_cases.facts_about import is_absent, is_away
from bot.use_cases.keep_note import take_waiting, waiting_ids
from bot.use_cases.scene import Scene
from bot.use_cases.start_check_in import StartCheckIn, start_check_in
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.durations import Ambiguous, ForDuration, NotUnderstood, When, parse_when
from handlers.leaving import files_of, too_many_files, trouble_with_files
from handlers.message import Trouble
from handlers.naming import split_name
from handlers.parsing import Written
from handlers.situation import Situation

DETAILS_LIMIT = 1500
"""Characters of details (SPEC: `/note`)."""

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class _Order:
    when: When | Ambiguous
    details: str | None
    on_call: str | None = None


def _read(written: Written, situation: Situation) -> _Order:
    try:
        when = parse_when(written.arguments, allow_seconds=True)
    except Ambiguous as doubt:
        return _Order(doubt, None)
    except NotUnderstood:
        raise UserMistake("start.needs_time") from None
    return _Order(when, _details(written.details), _named(when.rest, written, situation))


def _named(rest: str, written: Written, situation: Situation) -> str | None:
    """Who is to be on call, from what follows the time; without a slash a name that is not known is just text."""
    if not rest:
        return None
    with_word, _, name = rest.partition(" ")
    if fold(with_word) != WITH or (not written.slash and not name):
        raise UserMistake("start.needs_time")
    label, further = split_name(name, situation.buddy_labels)
    if label is None or further:
        example = situation.buddy_labels[0] if situation.buddy_labels else "Bo"
        raise UserMistake("start.unknown_buddy", {"example": example})
    return label


def _details(text: str | None) -> str | None:
    try:
        return clean_details(text, DETAILS_LIMIT) if text else None
    except DetailsTooLong:
        raise UserMistake("start.details_too_long") from None


def _ask_back(call: Call, text: str, readings: Sequence[str], otherwise: str = "start.needs_time") -> UserMistake:
    """Of the readings only those that would be a timer; `otherwise` is said if none would."""
    possible = [f"/start {reading}" for reading in readings if _would_start(call, reading)]
    facts: dict[str, Fact] = {"now": call.now, "longest": call.timing.max_duration}
    if not possible:
        return UserMistake(otherwise, facts)
    return UserMistake(text, {**facts, "suggestions": ", ".join(possible)})


def _would_start(call: Call, reading: str) -> bool:
    when = parse_when(reading)
    if isinstance(when, ForDuration):
        return call.timing.min_duration <= when.length <= call.timing.max_duration
    found = resolve_clock_time(when.hour, when.minute, call.zone, call.now, half_day_known=when.half_day_known)
    if not isinstance(found, Resolved):
        return False  # it would be asked back, too
    return call.timing.min_duration <= found.at - call.now <= call.timing.max_duration


def _carry_out(call: Call, order: _Order) -> bool:
    if isinstance(order.when, Ambiguous):
        raise _ask_back(call, "start.ambiguous", order.when.suggestions)
    deadline = _deadline(call, order.when)
    direct = call.message.group is None
    keep = order.details if direct else None
    check_in_id = call.records.new_id()
    wanted = StartCheckIn(deadline, keep, order.on_call, call.present)
    check_in = start_check_in(call.records, call.person, wanted, check_in_id, call.now, call.timing, call.answered_in)
    told_already = waiting_ids(call.records, call.person.id)
    _answer(call, check_in, kept=keep is not None, by_the_clock=not isinstance(order.when, ForDuration))
    left = Subject(SubjectKind.CHECK_IN, check_in_id)
    add_to_alarms(call.records, call.person.id, left, told_already, call.present, call.timing)
    if not direct and (order.details or call.message.attachments):
        call.answer_directly("start.not_kept")
    return True


def _answer(call: Call, check_in: CheckIn, *, kept: bool, by_the_clock: bool) -> None:
    """In a group the line there is the answer; elsewhere, and with alerts only, she is answered directly, and always
    what she should know about her buddy. Of a time of day she is told how far off it is: nothing else shows that her
    zone has been changed, and her alert with it."""
    more, facts = _take_what_else_she_left(call, check_in)
    watch = check_in.watches[0]
    more = [*(["start.from_now"] if by_the_clock else []), *more, *_warnings(call, check_in, watch)]
    if call.answered_in is None or not check_in.start_lines:
        more = ["start.saved", *(["start.kept"] if kept else []), *more]
    if more:
        scene = Scene(call.records, check_in, check_in, call.now, call.timing)
        length = check_in.deadline - call.present
        told: dict[str, Fact] = {"buddy": scene.names(watch)["buddy"], "until": check_in.deadline, "length": length}
        call.answer_directly("|".join(more), facts | told)


def _take_what_else_she_left(call: Call, check_in: CheckIn) -> tuple[list[str], dict[str, Fact]]:
    """Notes that waited for this start, and the files that came with it; returns what is to be said of them.

    A timer never fails for want of a file.
    """
    waited = take_waiting(call.records, call.person.id, check_in.id, call.now)
    texts = ["start.earlier_kept"] if waited else []
    files = files_of(call.message)
    if files is not None and call.message.group is None:
        subject = Subject(SubjectKind.CHECK_IN, check_in.id)
        trouble = trouble_with_files(call.message) or too_many_files(call.records, subject, files)
        texts.append(_NOT_KEPT[trouble] if trouble else "start.files_kept")
        if trouble is None:
            call.records.details.move(files, subject, call.now)
    return texts, {"waited": waited, "files": len(call.message.attachments)}


_NOT_KEPT = {
    Trouble.TOO_LARGE: "start.file_too_large",
    Trouble.TOO_MANY: "start.files_too_many",
    Trouble.UNREADABLE: "start.file_unreadable",
}


def _warnings(call: Call, check_in: CheckIn, watch: Watch) -> list[str]:
    """What she should know about the buddy on call, as far as it is known now."""
    away = ["start.away"] if is_away(call.records, watch.buddy_id, call.now) else []
    if not check_in.start_lines:
        return [*away, "start.alerts_only"]
    return [*away, *(["start.not_in_group"] if is_absent(call.records, watch) else [])]


def _deadline(call: Call, when: When) -> datetime:
    deadline = call.now + when.length if isinstance(when, ForDuration) else _clock_time(call, when)
    length = deadline - call.now
    if deadline <= call.present:  # unanswered so far, she has to take it for not received
        raise UserMistake("start.too_late", {"until": deadline})
    if length < call.timing.min_duration:
        raise UserMistake("start.too_short", {"shortest": call.timing.min_duration})
    if length > call.timing.max_duration:
        raise UserMistake("start.too_long", {"longest": call.timing.max_duration})
    return deadline


def _clock_time(call: Call, when: When) -> datetime:
    assert not isinstance(when, ForDuration)
    found = resolve_clock_time(when.hour, when.minute, call.zone, call.now, half_day_known=when.half_day_known)
    match found:
        case Resolved(at):
            return at
        case MorningOrEvening(sooner_at, later_at):
            readings = (_in_words(call, sooner_at), _in_words(call, later_at))
            raise _ask_back(call, "start.ambiguous", readings)
        case PastOrTomorrow(next_at):  # more than a day off, if the clocks go back before it
            raise _ask_back(call, "start.past", (_length(call, next_at),), otherwise="start.past_too_far")
        case DoesNotExist(nearest_valid):
            raise _ask_back(call, "start.no_such_time", (_in_words(call, nearest_valid),))


def _in_words(call: Call, at: datetime) -> str:
    """A reading that is not asked back again: a clock time with its half of the day if that is plain, or a length."""
    local = at.astimezone(call.zone)
    plain = resolve_clock_time(local.hour, local.minute, call.zone, call.now)
    half = "am" if local.hour < 12 else "pm"
    if plain == Resolved(at):
        return f"until {local.hour % 12 or 12}:{local.minute:02}{half}"
    return _length(call, at)


def _length(call: Call, at: datetime) -> str:
    hours, minutes = divmod(round((at - call.now) / _MINUTE), 60)
    return f"{hours}h {minutes}m" if minutes else f"{hours}h"


COMMAND = Command("start", "/start 2h", _read, _carry_out, in_group=True)
