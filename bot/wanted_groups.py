"""How the group of a pairing should be, as the records say it (SPEC: "Ways in", Privacy)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from bot.domain.check_in import CheckIn
from bot.domain.outgoing import Purpose, ToGroup
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.person_settings import lifetime_in_chat
from bot.domain.watching import knows_of_it
from bot.texts.rendering import Reader, render
from storage.outbox import OutboxState
from storage.records import Records

_READER = Reader(ZoneInfo("UTC"), "en", datetime(1970, 1, 1, tzinfo=UTC))
"""One title for both, whichever language each reads; no moment stands in it."""
_NUMBER_OF_LABEL = re.compile(r" \d+$")
"""By which he tells two of one name apart (`names.unique_label`), unless it is a part of her name."""


@dataclass(frozen=True, repr=False)
class WantedGroup:
    """`members`: the accounts in it, besides the bot. `titles`: each is right, the one most like it is set where it
    shows another; none where that must not be touched now. `lifetime`: after which its messages disappear; None
    likewise."""

    members: tuple[str, ...]
    titles: tuple[str, ...]
    lifetime: timedelta | None


def wanted_group(records: Records, group_id: str) -> WantedGroup | None:
    """None where no pairing has it any more. While a timer runs of which a line stands there, neither its title nor how
    long messages stay is touched; of other timers nobody must learn that they run, not even by waiting.

    Of a pairing that was left quietly the same is wanted as of one that stands, but that she goes on to be called there
    as she was: he hears nothing of a new name, and a title that shows one would tell.
    """
    pairings = records.pairings.with_group(group_id)
    if not pairings:
        return None
    first = oldest_of(pairings)
    people = [records.people.by_id(person_id) for person_id in (first.person_id, first.buddy_id)]
    accounts = tuple(person.account for person in people)
    if line_stands(records, people_with_timers(records, pairings), group_id):
        return WantedGroup(accounts, titles=(), lifetime=None)
    names = [_names_in_title(person, pairings) for person in people]
    titles = tuple(title for one, other in product(*names) for title in titles_of(one, other))
    return WantedGroup(accounts, titles, lifetime_in_group(records, pairings))


def _names_in_title(person: Person, pairings: list[Pairing]) -> tuple[str, ...]:
    """The name as it is; of somebody who has left the other quietly, and is nothing else to him, as he knows it: with
    the number that may be a part of it and without. Empty where there is no name."""
    name = () if person.name is None else (person.name,)
    left = next((one for one in pairings if one.person_id == person.id), None)
    is_known_anew = any(one.state is not PairingState.QUIET for one in pairings)
    if left is None or is_known_anew or name == () or name == (left.person_label,):
        return name
    return tuple(dict.fromkeys((_NUMBER_OF_LABEL.sub("", left.person_label), left.person_label)))


def titles_of(person: str, buddy: str) -> tuple[str, str]:
    """Of these two; those who share a group are named in either order."""
    orders = ((person, buddy), (buddy, person))
    one, other = (render("group.title", {"name": first, "buddy": second}, _READER) for first, second in orders)
    return one, other


def oldest_of(pairings: list[Pairing]) -> Pairing:
    """The one for which the group was made, most likely: a new title names the two in the order of the first one."""
    return min(pairings, key=lambda pairing: (pairing.active_at or pairing.created_at, pairing.id))


def lifetime_in_group(records: Records, pairings: list[Pairing]) -> timedelta:
    """As its people have set it; also one who has left the other quietly, for he would see it by a longer time."""
    return lifetime_in_chat(records.people.by_id(pairing.person_id).settings for pairing in pairings)


def people_with_timers(records: Records, pairings: list[Pairing]) -> list[Person]:
    """Those whose timers show up in a group; not one who has left the other quietly, unless nobody else is there."""
    standing = [pairing for pairing in pairings if pairing.state is not PairingState.QUIET]
    return [records.people.by_id(pairing.person_id) for pairing in standing or pairings]


def line_stands(records: Records, people: list[Person], group_id: str) -> bool:
    """Whether a line about an open check-in of one of them stands in the group."""
    own = (records.check_ins.open_of(person.id) for person in people)
    return any(_has_line_in(records, check_in, group_id) for check_in in own if check_in is not None)


def _has_line_in(records: Records, check_in: CheckIn, group_id: str) -> bool:
    """Of a buddy who knows of it, or because she wrote there."""
    if group_id in {watch.group_id for watch in check_in.watches if knows_of_it(watch)}:
        return True
    lines = records.outbox.of_check_in(check_in.id, Purpose.START_LINE)
    return any(line.to == ToGroup(group_id) and line.state is not OutboxState.WITHDRAWN for line in lines)
