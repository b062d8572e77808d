"""Ending a check-in with a word, and what a wrong word does (SPEC: "Wrong words"). Used by several commands."""

from dataclasses import dataclass, field, replace

from bot.domain.alarm import Cause, Sign
from bot.domain.check_in import CheckIn
from bot.domain.events import Close
from bot.domain.folding import split_lines
from bot.use_cases.check_in_course import move_on
from bot.use_cases.raise_alarm import raise_alarm
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import OthersWord
from handlers.for_others import end_for_another
from handlers.naming import every_name, rests, that_begin_with
from handlers.parsing import Written
from handlers.situation import Situation

WRONG_WORDS_ALARM = 3
"""So many in one check-in raise an alarm, and so many more another sign."""
_NAME_WITHIN = 3
"""Words: "/safe it is Ana WORD"."""


@dataclass(frozen=True)
class Ending:
    """What stands after `/safe` or `/cancel`: a word of the writer's own, or somebody's name and that one's word.

    `perhaps_words`: what may be the writer's own word although the line begins with a name. `overheard`: the same as
    `others`, where it ends nothing: in a group, or not at the beginning. `directly`: in a group, whose name stands at
    the beginning.
    """

    word: str = field(repr=False)
    others: tuple[OthersWord, ...] = ()
    perhaps_words: tuple[str, ...] = field(default=(), repr=False)
    overheard: tuple[OthersWord, ...] = ()
    directly: str | None = field(default=None, repr=False)


def read_ending(written: Written, situation: Situation, otherwise: UserMistake) -> Ending:
    """In a group only the writer's own word ends anything. Raises `otherwise` where nothing was written."""
    if not written.arguments:
        raise otherwise
    found = every_name(written.arguments, situation.person_labels)
    others = [OthersWord(name, word) for name, word in found if word]
    if others and not situation.in_group:
        return _of_others(written.arguments, others, situation.person_labels)
    if found and not others and not situation.in_group and situation.running is None:
        name, _ = found[0]
        raise UserMistake("for_others.needs_word", {"name": name, "example": f"/{written.name} {name}"})
    below = split_lines(written.details)[0] if written.details else ""
    overheard = perhaps_of_others(f"{written.arguments} {below}", situation.person_labels)
    return Ending(written.arguments, overheard=overheard, directly=others[0].name if others else None)


def perhaps_of_others(line: str, labels: tuple[str, ...]) -> tuple[OthersWord, ...]:
    """What may be somebody else's word in a line that ends nothing of theirs: their name may come second or third."""
    words = line.split()
    for start in range(min(len(words), _NAME_WITHIN)):
        rest = " ".join(words[start:])
        others = [OthersWord(name, word) for name, word in every_name(rest, labels) if word]
        if others:
            return _of_others(rest, others, labels).others
    return ()


def _of_others(line: str, others: list[OthersWord], labels: tuple[str, ...]) -> Ending:
    """Somebody may call himself as her word begins. So each name with which the line may begin is tried, and as much is
    compared as if it began with all of those that begin alike: how long it takes must not tell which word it is."""
    alike = that_begin_with(others[-1].name, labels)
    nobodys = [OthersWord("", line)] * (len(alike) - len(others))
    longest = max(len(label.split()) for label in alike)
    words = line.split()
    shortest = min(" ".join(words[longest:]) or words[-1], others[0].word, key=len)
    return Ending(line, (*others, *nobodys), rests(line, shortest))


def end(call: Call, ending: Ending) -> bool:
    """End the writer's own check-in, or that of the one whose word it was. Raises `Refused`."""
    if ending.directly is not None and not call.checked.is_hers:
        raise Refused("for_others.directly", {"name": ending.directly})
    if not ending.others or (call.checked.is_hers and call.about_person is None):
        return end_with_word(call)
    return end_for_another(call, ending.others[0].name)


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
    if call.message.is_from_before(check_in.started_at, call.present):
        raise Refused("unknown.older")
    return check_in
