"""Making and ending the group of a pairing, so that a crash in between never makes two (DESIGN, section Signal)."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile
from typing import TypedDict

from bot.domain.person_settings import DEFAULT_LIFETIME, LONGEST_LIFETIME
from bot.parcels import Parcel
from bot.transport.accounts import GroupFacts
from bot.transport.calls import SignalCalls
from bot.transport.errors import Refusal, SignalRefused
from bot.wanted_groups import WantedGroup
from storage.unit_of_work import Store

SETTING_TRIES = 4
_THERE_BEFORE = "there_before"
"""The fact that says which groups signal-cli knew when the making was begun, by Signal's ids: none of them was made by
a try that was cut off, whoever is in it."""


class Changes(TypedDict, total=False):
    """What `change_group` is asked for."""

    name: str
    expiration: int
    only_admins: bool
    remove: list[str]


class GroupMaking:
    """Talks to Signal about groups; remembers each step at once."""

    def __init__(self, signal: SignalCalls, store: Store) -> None:
        self._signal = signal
        self._store = store

    async def make(self, parcel: Parcel) -> str:
        """Make the group, or find the one that an earlier try has made, and set it up. Returns Signal's id of it.

        Raises SignalError.
        """
        signal_id = parcel.signal_group or await self._find_or_create(parcel)
        last_try = parcel.row.attempts >= SETTING_TRIES
        wanted = WantedGroup(parcel.members, parcel.titles, parcel.lifetime or DEFAULT_LIFETIME)
        try:
            await self._change(signal_id, to_change(await self._signal.group(signal_id), wanted))
        except SignalRefused as refused:
            # With somebody who is only invited signal-cli refuses what it has done: look instead of believing. And a
            # group that cannot be set up is still a group: what is to be said there must not wait for that. Whoever
            # looks at it next has it mended.
            if not refused.perhaps_done or (not last_try and to_change(await self._signal.group(signal_id), wanted)):
                raise
        return signal_id

    async def mend(self, parcel: Parcel, signal_id: str) -> None:
        """Change what is amiss in a group, as far as it may be touched now. Raises SignalError."""
        wanted = WantedGroup(parcel.members, parcel.titles, parcel.lifetime)
        try:
            await self._change(signal_id, amiss(await self._signal.group(signal_id), wanted))
        except SignalRefused as refused:
            if not refused.perhaps_done or amiss(await self._signal.group(signal_id), wanted):
                raise

    async def set_lifetime(self, parcel: Parcel, signal_id: str) -> None:
        """Let messages of a group disappear after the time in the parcel. Raises SignalError."""
        seconds = round((parcel.lifetime or DEFAULT_LIFETIME).total_seconds())
        try:
            if (await self._signal.group(signal_id)).expiration != seconds:
                await self._signal.change_group(signal_id, expiration=seconds)
        except SignalRefused as refused:
            if not refused.perhaps_done or (await self._signal.group(signal_id)).expiration != seconds:
                raise

    async def _change(self, signal_id: str, changes: Changes) -> None:
        if changes:
            await self._signal.change_group(signal_id, **changes)

    async def end(self, signal_id: str) -> None:
        """Take everybody out and leave. Raises SignalError; ending twice is allowed."""
        try:
            facts = await self._signal.group(signal_id)
            if facts.is_member:
                others = facts.members - facts.admins
                if others:
                    await self._signal.change_group(signal_id, remove=sorted(others))
                await self._signal.quit_group(signal_id)
        except SignalRefused as refused:
            if refused.reason not in (Refusal.GROUP_NOT_FOUND, Refusal.NOT_A_MEMBER):
                raise

    async def _find_or_create(self, parcel: Parcel) -> str:
        groups = await self._signal.groups()
        ids = [group.id for group in groups]
        known, there_before = await self._store.run(
            lambda records: (
                records.groups.known_among(ids),
                records.outbox.keep_fact(parcel.row.id, _THERE_BEFORE, " ".join(ids)),
            )
        )
        not_it = known.union(ids if there_before is None else there_before.split())
        left_over = _of_members((group for group in groups if group.id not in not_it), parcel.members)
        signal_id = left_over or await self._signal.create_group(parcel.titles[0], parcel.members)
        group_id = getattr(parcel.row.to, "group_id", "")
        await self._store.run(lambda records: records.groups.set_signal_id(group_id, signal_id))
        return signal_id


def to_change(group: GroupFacts, wanted: WantedGroup) -> Changes:
    """What is not as it should be. Whoever does not belong there is taken out whatever runs, for he reads along. It
    needs no look at a link to the group: only an admin can make one."""
    changes = Changes()
    if wanted.titles and group.name.strip() not in wanted.titles:
        changes["name"] = max(wanted.titles, key=lambda title: _in_common(title, group.name.strip()))
    if wanted.lifetime is not None and group.expiration != (seconds := round(wanted.lifetime.total_seconds())):
        changes["expiration"] = seconds
    if not group.only_admins:
        changes["only_admins"] = True
    if strangers := (group.members | group.pending) - group.admins - set(wanted.members):
        changes["remove"] = sorted(strangers)
    return changes


def _in_common(one: str, other: str) -> int:
    """How much of two titles is the same, from either end: so whoever has no new name keeps the place and the form."""
    return sum(
        sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*both, strict=False)))
        for both in ((one, other), (one[::-1], other[::-1]))
    )


def amiss(group: GroupFacts, wanted: WantedGroup) -> Changes:
    """What is mended without anybody's asking. How long messages stay only where it was never set, or by somebody else:
    what people set has rows of its own, and if it followed by itself, the end of a pairing would show by it, also of
    one that was left quietly."""
    was_set = group.only_admins and 0 < group.expiration <= LONGEST_LIFETIME.total_seconds()
    return to_change(group, replace(wanted, lifetime=None) if was_set else wanted)


def _of_members(groups: Iterable[GroupFacts], members: tuple[str, ...]) -> str | None:
    """A group of these people that the bot alone administers. One with a link was not made by the bot."""
    for group in groups:
        ours = group.is_member and len(group.admins) == 1 and not group.has_link
        if ours and group.members | group.pending == frozenset(members) | group.admins:
            return group.id
    return None
