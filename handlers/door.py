"""Strangers: who may come in, and what the others are told (SPEC: "Who may use it"). Nothing is stored about them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.codes import read_code
from bot.domain.outgoing import Outgoing, Priority, Purpose, ToStranger
from bot.use_cases.pair import join, let_in
from bot.use_cases.voice import Voice
from handlers.limits import HourlyLimit
from handlers.message import Message
from handlers.parsing import Written, read_command
from storage.records import Records

GUESSES_AN_HOUR = 5
ANSWERS_TO_ALL = 100
"""So many answers an hour go to strangers altogether: a flood of accounts could use up what Signal lets us send."""
NEWCOMERS_AN_HOUR = 100
"""So many an hour are let in without a code where registration is open: each of them is kept."""
_POINTLESS_AFTER = timedelta(hours=1)
_ALL = "all strangers"
WRONG_CODE = "join.wrong_code"


class Registration(StrEnum):
    """Who may use the bot."""

    INVITE = "invite"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def lets_new_people_in(self) -> bool:
        """Whether a code is of use to somebody who does not use the bot yet."""
        return self is not Registration.CLOSED


class Tally(StrEnum):
    """What is counted by the hour: `SAID` and `LET_IN` for all strangers together, the others for an account."""

    SAID = "said"
    ANSWERED = "answered"
    WRONG_CODE = "wrong_code"
    LET_IN = "let_in"
    """Without a code."""


class Door:
    """Lets new accounts in by a code (or at once, if `open`) and answers the others once an hour.

    Wrong codes: 5 an hour for each account, then silence. Right ones are heard however many strangers write.
    """

    def __init__(self, registration: Registration) -> None:
        self._registration = registration
        self._answers = HourlyLimit(1)
        self._guesses = HourlyLimit(GUESSES_AN_HOUR)
        self._answers_to_all = HourlyLimit(ANSWERS_TO_ALL)
        self._newcomers = HourlyLimit(NEWCOMERS_AN_HOUR)

    def may_guess(self, account: str, now: datetime) -> bool:
        """Whether this account may try another code."""
        return self._guesses.allows(account, now)

    def count(self, account: str, tally: Collection[Tally], now: datetime) -> None:
        """Keep count of what a unit of work has done, once it is done (a unit may run twice)."""
        if Tally.SAID in tally:
            self._answers_to_all.count(_ALL, now)
        if Tally.ANSWERED in tally:
            self._answers.count(account, now)
        if Tally.WRONG_CODE in tally:
            self._guesses.count(account, now)
        if Tally.LET_IN in tally:
            self._newcomers.count(_ALL, now)

    def answer(self, records: Records, message: Message, now: datetime) -> Collection[Tally]:
        """Let the stranger in or not; returns what has to be counted afterwards.

        Of one who stays a stranger nothing is kept: the inbox row is forgotten.
        """
        if not records.inbox.finish(message.inbox_id, changed=False):
            return ()
        tally = self._let_in_or_answer(records, message, now)
        if records.people.by_account(message.account) is None:
            records.inbox.forget(message.inbox_id)
        else:
            records.inbox.mark_changed(message.account, message.sent_ms)
        return tally

    def _let_in_or_answer(self, records: Records, message: Message, now: datetime) -> Collection[Tally]:
        if message.group is not None or self._registration is Registration.CLOSED:
            return self._answer_neutrally(records, message, now)
        written = read_command(message.text, in_group=False, known={"join"})
        code = read_code(written.arguments) if isinstance(written, Written) else None
        if isinstance(written, Written) and (written.slash or code is not None):
            return self._try_code(records, message, code, now) if self.may_guess(message.account, now) else ()
        if self._registration is not Registration.OPEN:
            return self._answer_neutrally(records, message, now)
        if not self._newcomers.allows(_ALL, now):
            return self._answer_once_an_hour(records, message, "stranger.later", now)
        person = let_in(records, message.account, now)
        Voice(records, now).to_person(person.id, Purpose.REPLY, "join.welcome")
        return {Tally.LET_IN}

    def _try_code(self, records: Records, message: Message, code: str | None, now: datetime) -> Collection[Tally]:
        found = records.invites.open_by_code(code, now) if code is not None else None
        if found is None:
            return {Tally.WRONG_CODE, *self._say(records, message.account, WRONG_CODE, now)}
        pairing = join(records, message.account, None, found, now)
        person = records.people.by_account(message.account)
        assert person is not None
        if pairing is None:
            Voice(records, now).to_person(person.id, Purpose.REPLY, "join.welcome")
        else:
            Voice(records, now).to_person(person.id, Purpose.REPLY, "join.explain", {"name": pairing.person_label})
        return ()

    def _answer_neutrally(self, records: Records, message: Message, now: datetime) -> Collection[Tally]:
        return self._answer_once_an_hour(records, message, "stranger.answer", now)

    def _answer_once_an_hour(self, records: Records, message: Message, text: str, now: datetime) -> Collection[Tally]:
        if message.group is not None or not self._answers.allows(message.account, now):
            return ()
        return {Tally.ANSWERED, *said} if (said := self._say(records, message.account, text, now)) else ()

    def _say(self, records: Records, account: str, text: str, now: datetime) -> Collection[Tally]:
        """Unless too many are answered. It does not wait for long, for meanwhile the account stands in the outbox."""
        if not self._answers_to_all.allows(_ALL, now):
            return ()
        expires_at = now + _POINTLESS_AFTER
        outgoing = Outgoing(ToStranger(account), Priority.REST, Purpose.REPLY, text=text, expires_at=expires_at)
        records.outbox.add(outgoing, now)
        return {Tally.SAID}
