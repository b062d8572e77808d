"""Ending a check-in with a word, and what a wrong word does (SPEC: "Wrong words"). Used by several commands."""

from dataclasses import replace

from bot.domain.alarm import Cause, Sign
from bot.domain.check_in import CheckIn
from bot.domain.events import Close
from bot.use_cases.check_in_course import move_on
from bot.use_cases.raise_alarm import raise_alarm
from bot.use_cases.refused import Refused
from handlers.call import Call

WRONG_WORDS_ALARM = 3
"""So many in one check-in raise an alarm, and so many more another sign."""


def end_with_word(call: Call) -> bool:
    """Close her running check-in if the word was right. Raises `Refused` when none runs."""
    check_in = running_check_in(call, "safe.none")
    if not call.checked.is_hers:
        return wrong_word(call, check_in)
    move_on(call.records, check_in, Close(), call.now, call.timing, call.answered_in)
    if call.answered_in is None:
        call.answer("safe.closed")
    return True


def wrong_word(call: Call, check_in: CheckIn) -> bool:
    """Answer a wrong word, and count it. To her nothing has changed."""
    counted = replace(check_in, wrong_words=check_in.wrong_words + 1)
    call.records.check_ins.save(counted)
    if counted.wrong_words % WRONG_WORDS_ALARM == 0:
        sign = Sign(Cause.WRONG_WORDS, call.now)
        raise_alarm(call.records, call.person.id, sign, call.present, call.timing)
    call.answer("safe.not_quite", {"until": check_in.deadline})
    return False


def running_check_in(call: Call, otherwise: str) -> CheckIn:
    """Her running check-in. Raises `Refused`: with the text `otherwise` if there is none, or if it began later."""
    check_in = call.records.check_ins.open_of(call.person.id)
    if check_in is None:
        raise Refused(otherwise)
    if call.message.is_from_before(check_in.started_at):
        raise Refused("unknown.older")
    return check_in
