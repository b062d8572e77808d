"""How often an account is answered where nobody's safety hangs on it: one member must not wear others out, nor use up
what Signal lets the bot send to everybody."""

from collections.abc import Mapping
from datetime import datetime

from handlers.call import UserMistake
from handlers.command import Command
from handlers.interpret import Meaning, Mistaken, Ordered, PerhapsWord
from handlers.limits import HourlyLimit

CAN_WAIT_AN_HOUR = 120
NOT_UNDERSTOOD_AN_HOUR = 60
"""So many messages of an account that are not understood are answered: a phone that answers by itself would else talk
with the bot for ever."""


class Allowance:
    """Counts, in memory, what each account sends. Moments are aware UTC."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        self._can_wait = HourlyLimit(CAN_WAIT_AN_HOUR)
        self._carried_out = {
            name: HourlyLimit(command.most_an_hour)
            for name, command in commands.items()
            if command.most_an_hour is not None
        }
        not_understood = HourlyLimit(NOT_UNDERSTOOD_AN_HOUR)
        self._said = {
            "limit.too_much": HourlyLimit(1),
            "unknown.message": not_understood,
            "unknown.attachment": not_understood,
        }

    def is_used_up(self, account: str, meaning: Meaning, now: datetime) -> bool:
        """Whether this is one too many of those that can wait."""
        return _can_wait(meaning) and not self._can_wait.allows(account, now)

    def count_sent(self, account: str, meaning: Meaning, now: datetime) -> None:
        """It came and is answered, whatever the answer is."""
        if _can_wait(meaning):
            self._can_wait.count(account, now)

    def refuse_if_too_often(self, command: Command, counted_as: str, now: datetime) -> None:
        """For what others are told of each time. `counted_as`: by whom, and what it is about. Raises UserMistake."""
        limit = self._carried_out.get(command.name)
        if limit is not None and not limit.allows(counted_as, now):
            raise UserMistake(command.too_often, {"command": f"/{command.name}"})

    def count_carried_out(self, command: Command, counted_as: str, now: datetime) -> None:
        """It was done."""
        limit = self._carried_out.get(command.name)
        if limit is not None:
            limit.count(counted_as, now)

    def is_said(self, account: str, text: str, now: datetime) -> bool:
        """Whether this refusal is still said; does not count it."""
        limit = self._said.get(text)
        return limit is None or limit.allows(account, now)

    def count_said(self, account: str, text: str, now: datetime) -> None:
        """It was said."""
        limit = self._said.get(text)
        if limit is not None:
            limit.count(account, now)


def _can_wait(meaning: Meaning) -> bool:
    """Whether nobody's safety hangs on an answer. What may be a word is judged by what it is if it is none."""
    match meaning:
        case Ordered(command):
            return command.can_wait
        case Mistaken(command=command):
            return command is None or command.can_wait
        case PerhapsWord(otherwise=Mistaken(command=command)):
            return command is None or command.can_wait
        case _:
            return False
