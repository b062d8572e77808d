"""What is done with a meaning, inside one unit of work. Everything a message brings about is committed here, once."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.decisions import NotPossible
from bot.domain.events import SayElse
from bot.domain.outgoing import Fact
from bot.use_cases.refused import Refused
from bot.use_cases.reset import stop_reset
from handlers.call import Call, Checked, Surroundings, UserMistake, Verdict
from handlers.command import Command
from handlers.ending import end_with_word, wrong_word
from handlers.heeding import heed_words
from handlers.interpret import EDIT_REFUSED, Chatter, Meaning, Mistaken, Ordered, PerhapsWord, PhraseInGroup, WrongWord
from handlers.message import Message
from handlers.new_phone import refuse_from_new_phone
from handlers.open_alerts import everything_open, happen_to, open_and_meant
from handlers.situation import Situation
from storage.records import Records


@dataclass(frozen=True)
class Understood:
    """A message with its meaning, ready to be acted upon. `now` is the moment it counts from, `present` the one at
    which it is handled (aware UTC)."""

    message: Message
    situation: Situation
    meaning: Meaning
    checked: Checked
    now: datetime
    present: datetime

    @property
    def command(self) -> Command | None:
        """The command, if it is one."""
        return self.meaning.command if isinstance(self.meaning, Ordered) else None


def answer(records: Records, understood: Understood, surroundings: Surroundings) -> None:
    """Act and answer, and finish the inbox row, or do nothing if that was done already.

    Raises `Refused` or `UserMistake`: nothing has changed then, and `answer_no` is to follow.
    """
    message = understood.message
    if not records.inbox.finish(message.inbox_id, changed=False):
        return
    call = _call(records, understood, surroundings)
    heed_words(call)
    changed = _act(call, understood)
    _note_use_of_word(call)
    if changed:
        records.inbox.mark_changed(message.account, message.sent_ms)
        if message.edits_ms is not None:
            records.inbox.mark_changed(message.account, message.edits_ms)


def counted_as(records: Records, understood: Understood, surroundings: Surroundings) -> str | None:
    """Whose command it is, and what it is about, for the limit that it has; None where it does not count, or is
    refused anyhow. Nothing is changed."""
    meaning = understood.meaning
    assert isinstance(meaning, Ordered)
    assert meaning.command.counted_by is not None
    try:
        about = meaning.command.counted_by(_call(records, understood, surroundings), meaning.order)
    except (Refused, UserMistake):
        return None
    return None if about is None else f"{understood.message.account} {about}"


def answer_no(
    records: Records,
    understood: Understood,
    surroundings: Surroundings,
    no: Refused | UserMistake,
    *,
    say: bool = True,
) -> None:
    """Answer that nothing changed, if that is to be said, and finish the inbox row. Words are heeded in any case."""
    if not records.inbox.finish(understood.message.inbox_id, changed=False):
        return
    if no.text == EDIT_REFUSED:  # an edit of this edit is refused as well
        records.inbox.mark_changed(understood.message.account, understood.message.sent_ms)
    call = _call(records, understood, surroundings)
    heed_words(call)
    if say:
        _say_no(call, no.text, no.facts)
    _note_use_of_word(call)


def only_heed(records: Records, understood: Understood, surroundings: Surroundings) -> None:
    """Raise the alarm that the message asks for, where all else that it brings about has failed."""
    heed_words(_call(records, understood, surroundings))


def _note_use_of_word(call: Call) -> None:
    """Who uses her word has not forgotten it (SPEC: `/reset`)."""
    if call.checked.is_hers and call.about_person is None:
        stop_reset(call.records, call.person.id, call.now)


def _say_no(call: Call, text: str, facts: Mapping[str, Fact]) -> None:
    """Refusals that ask her to set something up, or need privacy, go to the direct chat wherever she wrote."""
    if text in _ONLY_DIRECTLY:
        call.answer_directly(text, facts)
    else:
        call.answer(text, facts)


_ONLY_DIRECTLY = frozenset(
    {
        "for_others.directly",
        "phone.first",
        "phone.first_start",
        "start.buddy_not_confirmed",
        "start.buddy_not_ready",
        "start.no_buddy",
        "start.no_word",
    }
)


def _call(records: Records, understood: Understood, surroundings: Surroundings) -> Call:
    person = understood.situation.person
    assert person is not None
    meaning = understood.meaning
    in_group = (
        (isinstance(meaning, Ordered) and meaning.command.in_group)
        or (isinstance(meaning, Mistaken) and meaning.in_group)
        or isinstance(meaning, PerhapsWord)
    )
    return Call(
        records=records,
        person=records.people.by_id(person.id),
        message=understood.message,
        now=understood.now,
        present=understood.present,
        group=understood.situation.group,
        checked=_still_valid(records, person.id, understood.checked),
        surroundings=surroundings,
        answers_in_group=in_group and understood.situation.own_group,
        in_alarm=next((alarm.id for alarm in records.alarms.open_watched_by(person.id)), None),
    )


def _still_valid(records: Records, person_id: str, checked: Checked) -> Checked:
    """A verdict on a word that was changed since is no verdict."""
    besides = tuple(_still_valid(records, person_id, one) for one in checked.besides)
    checked = replace(checked, besides=besides)
    if (
        checked.verdict is Verdict.NOT_ASKED
        or records.people.words(checked.whose or person_id).version == checked.words_version
    ):
        return checked
    return replace(checked, verdict=Verdict.NEITHER)


def _act(call: Call, understood: Understood) -> bool:
    meaning = understood.meaning
    if isinstance(meaning, PerhapsWord):
        runs = understood.situation.running is not None
        if runs and call.checked.is_hers and call.records.check_ins.open_of(call.person.id) is not None:
            return end_with_word(call)
        meaning = meaning.otherwise
    match meaning:
        case Ordered(command, order):
            refuse_from_new_phone(call, command, order)
            return command.carry_out(call, order)
        case Mistaken(mistake):
            raise mistake
        case Chatter():
            return False
        case PhraseInGroup():
            if everything_open(call.records, call.person.id):
                raise UserMistake("taken.here_please")
            return False
        case WrongWord():
            return _not_the_word(call)
        case _:
            return _talk(call)


def _not_the_word(call: Call) -> bool:
    check_in = call.records.check_ins.open_of(call.person.id)
    if check_in is None:
        raise UserMistake("unknown.message")
    if _answers_how_it_stands(call):
        return True
    return wrong_word(call, check_in)


def _talk(call: Call) -> bool:
    if _answers_how_it_stands(call):
        return True
    raise UserMistake("unknown.message")


def _answers_how_it_stands(call: Call) -> bool:
    """Any other text of a buddy who was asked how it stands lets the escalation go on (SPEC: step 6)."""
    answered = False
    for one in open_and_meant(call):
        with suppress(NotPossible):
            happen_to(call, one, SayElse(call.person.id))
            answered = True
    return answered
