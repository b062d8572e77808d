"""The road of one message through the handlers: read, check the word, act in one unit of work."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.domain.folding import fold
from bot.domain.person import StoredWords
from bot.use_cases.refused import Refused
from bot.word_turns import Asker, MayEnd
from handlers.allowance import Allowance
from handlers.answers import Understood, answer, answer_no, counted_as, only_heed
from handlers.call import Checked, Surroundings, UserMistake, Verdict
from handlers.command import Command, OthersWord
from handlers.door import WRONG_CODE, Door, Tally
from handlers.for_others import words_of
from handlers.interpret import (
    Meaning,
    Mistaken,
    Ordered,
    interpret,
    is_for_another,
    others_in,
    overheard_in,
    word_in,
    words_in,
)
from handlers.limits import HourlyLimit
from handlers.message import Message, ReactionMessage
from handlers.open_alerts import everything_open
from handlers.reactions import answer_reaction, answers_what, takes_away
from handlers.situation import Situation, read_situation
from storage.records import Records
from storage.unit_of_work import Store

WRONG_WORDS_AN_HOUR = 5
YES_AN_HOUR = 5
"""To one line, or about one alert or alarm, and as often it may be given back: others are told of each, and what is
open goes on without any."""


class WordChecker(Protocol):
    """The slow work on words, off the event loop, in fair turns."""

    async def encode(self, folded: str, asker: Asker) -> str:
        """The encoding under which a new word is kept."""
        ...

    async def matches(self, encoded: Sequence[str | None], folded: str, asker: Asker) -> list[bool]:
        """For each, whether the word is the one behind it; takes as long for None as for any other."""
        ...


class Conversation:
    """Handles one message after the other of each person; different people side by side."""

    def __init__(
        self,
        store: Store,
        words: WordChecker,
        commands: Mapping[str, Command],
        surroundings: Surroundings,
        door: Door,
        clock: Clock,
    ) -> None:
        self._store = store
        self._words = words
        self._commands = commands
        self._surroundings = surroundings
        self._door = door
        self._clock = clock
        self._wrong_words = HourlyLimit(WRONG_WORDS_AN_HOUR)
        self._wrong_words_of_others = HourlyLimit(WRONG_WORDS_AN_HOUR)
        self._yes = HourlyLimit(YES_AN_HOUR)
        self._allowance = Allowance(commands)

    async def hear(self, message: Message) -> None:
        """Handle a message: afterwards its inbox row is finished, and what follows is in the outbox."""
        present = self._clock.now()
        situation = await self._store.run(lambda records: read_situation(records, message, present))
        now = message.moment(present)
        if situation.person is None:
            tally = await self._store.run(lambda records: self._door.answer(records, message, present))
            self._door.count(message.account, tally, present)
            return
        meaning = interpret(message, situation, self._commands)
        if self._guesses_too_often(message, meaning):
            await self._silently_finish(message, situation, meaning, now, present)
            return
        if others := others_in(meaning):
            checked = await self._check_for_others(message, situation, meaning, others)
        elif overheard := overheard_in(meaning):
            checked = await self._overhear(message, situation, meaning, overheard)
        else:
            checked = self._limited(message, situation, meaning, await self._check(situation, meaning))
        understood = Understood(message, situation, meaning, checked, now, present)
        try:
            await self._refuse_if_too_much(message, situation, meaning, present)
            await self._answer(understood)
        except (Refused, UserMistake) as refusal:
            no = refusal
            if no.text == WRONG_CODE:
                self._door.count(message.account, {Tally.WRONG_CODE}, present)
            say = self._allowance.is_said(message.account, no.text, present)
            await self._store.run(lambda records: answer_no(records, understood, self._surroundings, no, say=say))
            if say:
                self._allowance.count_said(message.account, no.text, present)
        except Exception:
            if checked.raises_alarm:  # whatever is wrong with the command, it goes out; the message is tried again
                await self._store.run(lambda records: only_heed(records, understood, self._surroundings))
            raise

    async def see(self, reaction: ReactionMessage) -> None:
        """Handle a reaction; afterwards its inbox row is finished."""
        now, timing = self._clock.now(), self._surroundings.timing
        about = await self._store.run(lambda records: answers_what(records, reaction))
        given, back = f"{about} given", f"{about} back"
        counts = about is None or (self._yes.allows(given, now) and self._yes.allows(back, now))
        one_more = await self._store.run(
            lambda records: answer_reaction(records, reaction, now, timing, yes_counts=counts)
        )
        if one_more and about is not None:
            self._yes.count(back if takes_away(reaction) else given, now)

    def _guesses_too_often(self, message: Message, meaning: Meaning) -> bool:
        if isinstance(meaning, Ordered):
            is_guess = meaning.command.name == "join"
        else:
            is_guess = isinstance(meaning, Mistaken) and meaning.mistake.text == WRONG_CODE
        return is_guess and not self._door.may_guess(message.account, self._clock.now())

    async def _refuse_if_too_much(
        self, message: Message, situation: Situation, meaning: Meaning, now: datetime
    ) -> None:
        """Never while a timer of hers runs, or he has been told of one that is open. Raises UserMistake."""
        if situation.running is None:
            if self._allowance.is_used_up(message.account, meaning, now) and not await self._has_open(situation):
                raise UserMistake("limit.too_much")
            self._allowance.count_sent(message.account, meaning, now)

    async def _answer(self, understood: Understood) -> None:
        """Raises `Refused` or `UserMistake`, also where it is carried out too often."""
        command, present = understood.command, understood.present
        counted: str | None = understood.message.account
        if command is not None and command.counted_by is not None:
            counted = await self._store.run(lambda records: counted_as(records, understood, self._surroundings))
        if command is not None and counted is not None:
            self._allowance.refuse_if_too_often(command, counted, present)
        await self._store.run(lambda records: answer(records, understood, self._surroundings))
        if command is not None and counted is not None:
            self._allowance.count_carried_out(command, counted, present)

    async def _has_open(self, situation: Situation) -> bool:
        buddy = situation.person
        assert buddy is not None
        return await self._store.run(lambda records: bool(everything_open(records, buddy.id)))

    async def _silently_finish(
        self, message: Message, situation: Situation, meaning: Meaning, now: datetime, present: datetime
    ) -> None:
        """Of what is not answered any more her duress word is heard all the same."""
        checked = await self._check(situation, meaning)
        understood = Understood(message, situation, meaning, checked, now, present)

        def finish(records: Records) -> None:
            if records.inbox.finish(message.inbox_id, changed=False):  # else another bot has heard it
                only_heed(records, understood, self._surroundings)

        await self._store.run(finish)

    async def _check(self, situation: Situation, meaning: Meaning, otherwise: MayEnd = MayEnd.NOTHING) -> Checked:
        """Every place in the message where a word may stand, whatever comes of it: what is found out must not show in
        how long it takes. `otherwise`: what it may end where no timer of the sender's own runs."""
        words = situation.words
        assert words is not None
        asker = _asker(situation, otherwise)
        expected = word_in(meaning)
        is_asked = isinstance(meaning, Ordered) and expected is not None
        looked_at = words_in(meaning) if is_asked or words.codeword is not None else ()
        verdicts = [await self._own_verdict(words, word, asker) for word in looked_at]
        verdict = verdicts[0] if verdicts and expected is not None else Verdict.NOT_ASKED
        new_words = meaning.command.new_words(meaning.order) if isinstance(meaning, Ordered) else ()
        encoded = [await self._words.encode(fold(word), asker) for word in new_words]
        return Checked(verdict, words.version, tuple(encoded), duress=Verdict.DURESS in verdicts)

    async def _own_verdict(self, words: StoredWords, word: str, asker: Asker) -> Verdict:
        """Who has no word, which her own phone shows anyhow, takes no turn from those who have one."""
        if words.codeword is None and words.duress_word is None:
            return Verdict.NO_WORD_SET
        return await self._verdict(words, word, asker)

    async def _verdict(self, words: StoredWords, word: str, asker: Asker) -> Verdict:
        """Both are compared in any case, so that right, wrong and duress take equally long."""
        is_codeword, is_duress_word = await self._words.matches((words.codeword, words.duress_word), fold(word), asker)
        if is_duress_word or (is_codeword and words.under_duress):
            return Verdict.DURESS
        if is_codeword:
            return Verdict.CODEWORD
        return Verdict.NO_WORD_SET if words.codeword is None else Verdict.NEITHER

    async def _check_for_others(
        self, message: Message, situation: Situation, meaning: Meaning, others: tuple[OthersWord, ...]
    ) -> Checked:
        """His own running check-in's word wins; else it is hers with whose name the line begins, or of several whose
        names it may begin with. After five wrong ones even the right one is wrong. His duress word alarms in any case.

        Her word is compared whether or not she has one, is his to close, or has a timer: how long it takes, also in a
        crowd, must tell him nothing of that.
        """
        own = await self._check(situation, meaning, otherwise=MayEnd.ANOTHERS)  # hers waits for it
        if situation.running is not None and own.is_hers:
            return own
        found = await self._others_verdicts(message, situation, others)
        now = self._clock.now()
        over_limit = not self._wrong_words_of_others.allows(message.account, now)
        if not over_limit and not any(one.is_hers for one in found):
            self._wrong_words_of_others.count(message.account, now)
        first, *besides = [replace(one, over_limit=over_limit) for one in found]
        return replace(first, own_duress=own.duress, besides=tuple(besides))

    async def _overhear(
        self, message: Message, situation: Situation, meaning: Meaning, overheard: tuple[OthersWord, ...]
    ) -> Checked:
        """Somebody else's word where it can end nothing: in a group, in an edit, in a line that is not quite right. Of
        hers the duress word alone acts, and it is no try; what begins with her name in a group is none of the writer's
        own word either, and then tells nothing of that, unless a timer of the writer's own runs."""
        own = await self._check(situation, meaning, MayEnd.ANOTHERS)
        if not is_for_another(meaning):
            own = self._limited(message, situation, meaning, own)
        elif situation.running is None:
            own = replace(own, verdict=Verdict.NOT_ASKED)
        found = await self._others_verdicts(message, situation, overheard)
        return replace(own, besides=tuple(replace(one, verdict=Verdict.NOT_ASKED) for one in found))

    async def _others_verdicts(
        self, message: Message, situation: Situation, others: tuple[OthersWord, ...]
    ) -> list[Checked]:
        buddy = situation.person
        assert buddy is not None
        stored = await self._store.run(lambda records: [words_of(records, buddy.id, one.name) for one in others])
        asker = Asker(message.account, MayEnd.ANOTHERS)
        verdicts = [await self._verdict(words, one.word, asker) for one, (_, words) in zip(others, stored, strict=True)]
        return [
            Checked(verdict, words.version, duress=verdict is Verdict.DURESS, whose=whose, name=one.name)
            for one, (whose, words), verdict in zip(others, stored, verdicts, strict=True)
        ]

    def _limited(self, message: Message, situation: Situation, meaning: Meaning, checked: Checked) -> Checked:
        """Five wrong words an hour; after that even the right one gets the same answer. The duress word is heard all
        the same. A message that is no command is no try, and neither is what counts as a wrong word of a check-in."""
        if checked.verdict is Verdict.NOT_ASKED or not isinstance(meaning, Ordered):
            return checked
        if situation.running is not None and meaning.command.counts_wrong_words:
            return checked
        now = self._clock.now()
        if not self._wrong_words.allows(message.account, now):
            return replace(checked, verdict=Verdict.NEITHER)
        if not checked.is_hers:
            self._wrong_words.count(message.account, now)
        return checked


def _asker(situation: Situation, otherwise: MayEnd) -> Asker:
    assert situation.person is not None
    may_end = otherwise if situation.running is None else MayEnd.OWN_TIMER
    return Asker(situation.person.account, may_end)
