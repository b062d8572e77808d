"""A message as one sealed cell: its text's name and facts, moments exact; of a stranger the account too."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.outgoing import Fact, Said

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOMENT = "at"
_LENGTH = "for"


@dataclass(frozen=True)
class Body:
    """What is erased once a message is out. `stranger`: the account, where the recipient is none of the people."""

    text: str | None
    facts: Mapping[str, Fact]
    stranger: str | None


ERASED = Body(text=None, facts={}, stranger=None)


def encode_body(body: Body) -> str:
    """Raises ValueError for a moment without a time zone and TypeError for anything that is no `Fact`."""
    return json.dumps([body.text, _all_encoded(body.facts), body.stranger], separators=(",", ":"))


def decode_body(cell: str) -> Body:
    """What `encode_body` was given."""
    text, facts, stranger = json.loads(cell)
    return Body(text=text, facts=_all_decoded(facts), stranger=stranger)


def _all_encoded(facts: Mapping[str, Fact]) -> dict[str, Any]:
    return {name: _encoded(fact) for name, fact in facts.items()}


def _all_decoded(facts: Mapping[str, Any]) -> dict[str, Fact]:
    return {name: _decoded(fact) for name, fact in facts.items()}


def _encoded(fact: Fact) -> Any:
    if isinstance(fact, datetime):
        if fact.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be a fact")
        return {_MOMENT: (fact - _EPOCH) // _MICROSECOND}
    if isinstance(fact, timedelta):
        return {_LENGTH: fact // _MICROSECOND}
    if isinstance(fact, tuple):
        return [[line.text, _all_encoded(line.facts)] for line in fact]
    if fact is None or isinstance(fact, str | int):
        return fact
    raise TypeError("this kind of value cannot be a fact")


def _decoded(fact: Any) -> Fact:
    if isinstance(fact, dict):
        ((kind, microseconds),) = fact.items()
        length = timedelta(microseconds=microseconds)
        return _EPOCH + length if kind == _MOMENT else length
    if isinstance(fact, list):
        return tuple(Said(text, _all_decoded(facts)) for text, facts in fact)
    if fact is None or isinstance(fact, str | int):
        return fact
    raise TypeError("this cell does not hold facts")
