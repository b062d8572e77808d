"""A command being carried out within one unit of work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.outgoing import Fact, Purpose
from bot.domain.pairing import Group
from bot.domain.person import Person
from bot.domain.timing import Timing
from bot.use_cases.voice import Voice
from handlers.message import Message
from storage.records import Records


class UserMistake(Exception):  # noqa: N818 (an answer, not a fault)
    """What was written cannot be understood. `text` and `facts` are the answer; nothing has changed."""

    def __init__(self, text: str, facts: Mapping[str, Fact] | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.facts = dict(facts or {})


class Verdict(StrEnum):
    """What a word turned out to be. Words are checked before the unit of work (DESIGN, invariant 13)."""

    NOT_ASKED = "not_asked"  # there was nothing to check
    NO_WORD_SET = "no_word_set"
    CODEWORD = "codeword"
    DURESS = "duress"
    NEITHER = "neither"


@dataclass(frozen=True)
class Surroundings:
    """What commands need besides the stored state. `code` makes invite codes; `account` is the bot's own number."""

    timing: Timing
    default_zone: str
    account: str
    code: Callable[[], str]
    lets_new_people_in: bool = True


@dataclass(frozen=True)
class Checked:
    """The outcome of the slow work on words: the verdict, and the encodings of new words if such are to be kept.

    `duress`: a duress word stands in the message, whatever the verdict allows; `own_duress`: one of the writer's, in a
    message that is about somebody else's word. `whose`: the person whose words these are, where another wrote the
    message (`/safe ANA WORD` from a buddy's phone), and `name`: what he calls her. `besides`: the same for others whose
    name the line may begin with. `over_limit`: too many wrong ones came before, so that even the right one counts as
    wrong.
    """

    verdict: Verdict = Verdict.NOT_ASKED
    words_version: int = 0
    encoded: tuple[str, ...] = ()
    duress: bool = False
    own_duress: bool = False
    whose: str | None = None
    name: str = field(default="", repr=False)
    over_limit: bool = False
    besides: "tuple[Checked, ...]" = ()

    @property
    def raises_alarm(self) -> bool:
        """Whether somebody's duress word stands in the message."""
        return self.duress or self.own_duress or any(one.duress for one in self.besides)

    @property
    def is_codeword(self) -> bool:
        """Whether it is the word that she gives freely."""
        return self.verdict is Verdict.CODEWORD and not self.duress and not self.over_limit

    @property
    def is_hers(self) -> bool:
        """Whether the word is one of hers. For all that her phone can show, the duress word is the codeword."""
        return self.verdict in (Verdict.CODEWORD, Verdict.DURESS) and not self.over_limit


@dataclass(frozen=True)
class Call:
    """One message of one person, inside a unit of work.

    `now`: the moment the command counts from; `present`: the one at which it is handled (both aware UTC).
    `group`: the pairing's group it was written in, None for the direct chat. `answers_in_group`: whether the answer
    goes where the command was written. `in_alarm`: the id of an open alarm of which the writer was told as a buddy:
    what is answered belongs to it, for without it he might have had no reason to write.
    """

    records: Records
    person: Person
    message: Message
    now: datetime
    present: datetime
    group: Group | None
    checked: Checked
    surroundings: Surroundings
    answers_in_group: bool = False
    in_alarm: str | None = None

    @property
    def timing(self) -> Timing:
        """How long things take."""
        return self.surroundings.timing

    @property
    def voice(self) -> Voice:
        """Speaks in this unit of work."""
        return Voice(self.records, self.now)

    @property
    def zone(self) -> ZoneInfo:
        """Her time zone."""
        return ZoneInfo(self.person.zone or self.surroundings.default_zone)

    @property
    def about_person(self) -> str | None:
        """Whose word it is that was checked, if not the writer's own: the id of somebody whose buddy the writer is."""
        return self.checked.whose

    @property
    def answered_in(self) -> str | None:
        """The group whose line is the answer, if the answer belongs into a group."""
        return self.group.id if self.group is not None and self.answers_in_group else None

    def answer(self, text: str, facts: Mapping[str, Fact] | None = None, *, changed: bool = False) -> None:
        """Answer where an answer belongs: in the group for her timer's commands, else in the direct chat. `changed`:
        it says how her timer stands from now on."""
        if self.answered_in is not None:
            me, about = self.person.id, self.person.id if changed else None
            self.voice.to_group(self.answered_in, Purpose.REPLY, text, facts, answers=me, about=about)
        else:
            self.answer_directly(text, facts)

    def answer_directly(self, text: str, facts: Mapping[str, Fact] | None = None) -> None:
        """Answer in the direct chat, wherever the command was written."""
        Voice(self.records, self.now, self.in_alarm).to_person(self.person.id, Purpose.REPLY, text, facts)
