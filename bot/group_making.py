"""Making and ending the group of a pairing, so that a crash in between never makes two (DESIGN, section Signal)."""

from collections.abc import Iterable

from bot.domain.person_settings import DEFAULT_LIFETIME
from bot.parcels import Parcel
from bot.texts.rendering import render
from bot.transport.accounts import GroupFacts
from bot.transport.calls import SignalCalls
from bot.transport.errors import Refusal, SignalRefused
from storage.unit_of_work import Store

SETTING_TRIES = 4


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
        seconds = _seconds(parcel)
        try:
            await self._set_up(await self._signal.group(signal_id), seconds)
        except SignalRefused as refused:
            # With somebody who is only invited signal-cli refuses what it has done: look instead of believing. And a
            # group that cannot be set up is still a group: what is to be said there must not wait for that.
            if not refused.perhaps_done or (not last_try and _to_change(await self._signal.group(signal_id), seconds)):
                raise
        return signal_id

    async def set_lifetime(self, parcel: Parcel, signal_id: str) -> None:
        """Let messages of a group disappear after the time in the parcel. Raises SignalError."""
        seconds = _seconds(parcel)
        try:
            if (await self._signal.group(signal_id)).expiration != seconds:
                await self._signal.change_group(signal_id, expiration=seconds)
        except SignalRefused as refused:
            if not refused.perhaps_done or (await self._signal.group(signal_id)).expiration != seconds:
                raise

    async def _set_up(self, group: GroupFacts, seconds: int) -> None:
        changes = _to_change(group, seconds)
        if changes:
            await self._signal.change_group(
                group.id, expiration=changes.get("expiration"), only_admins=bool(changes.get("only_admins")) or None
            )

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
        known = await self._store.run(lambda records: records.groups.all_signal_ids())
        left_over = _of_members(await self._signal.groups(), parcel.members, known)
        name = render("group.title", {"name": parcel.titles[0], "buddy": parcel.titles[1]}, parcel.reader)
        signal_id = left_over or await self._signal.create_group(name, parcel.members)
        group_id = getattr(parcel.row.to, "group_id", "")
        await self._store.run(lambda records: records.groups.set_signal_id(group_id, signal_id))
        return signal_id


def _seconds(parcel: Parcel) -> int:
    return round((parcel.lifetime or DEFAULT_LIFETIME).total_seconds())


def _to_change(group: GroupFacts, seconds: int) -> dict[str, int]:
    """What is not yet as it should be; messages disappear after so many seconds."""
    changes = {} if group.expiration == seconds else {"expiration": seconds}
    return changes if group.only_admins else {**changes, "only_admins": True}


def _of_members(groups: Iterable[GroupFacts], members: tuple[str, ...], known: set[str]) -> str | None:
    """A group of these people, made by the bot and not remembered: an earlier try that was cut off. One with a link was
    not made by the bot, even if somebody has left it as its only admin."""
    for group in groups:
        ours = group.is_member and group.id not in known and len(group.admins) == 1 and not group.has_link
        if ours and group.members | group.pending == frozenset(members) | group.admins:
            return group.id
    return None
