"""People's phones: the identity key that was seen last, and new ones that are not confirmed yet."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, false, insert, or_, select, update

from bot.domain.new_phone import NewPhone
from bot.domain.outgoing import Purpose
from storage.column_types import Duration, Instant
from storage.scope import Scope
from storage.tables import alarms, new_phones, outbox, pairings, phones

_KEY = "identity_key"
_NEW, _SEEMS_CONFIRMED, _WORD_GIVEN = "new ", "seem", "word"  # of one length, so that the sealed cell does not tell

_KEY_OF = select(phones.c.key_lookup).where(phones.c.person_id == bindparam("person_id"))
_INSERT_KEY = insert(phones)
_SET_KEY = update(phones).where(phones.c.person_id == bindparam("key")).values(key_lookup=bindparam("new_key"))
_NEW_TO = select(new_phones).where(new_phones.c.to_id == bindparam("to_id")).order_by(new_phones.c.id)
_NEW_OF = select(new_phones).where(new_phones.c.owner_id == bindparam("owner")).order_by(new_phones.c.id)
_UNTOLD = select(new_phones).where(new_phones.c.told.is_(false())).order_by(new_phones.c.id)
_INSERT = insert(new_phones)
_TOLD = update(new_phones).where(new_phones.c.id == bindparam("key")).values(told=True)
_STANDS = update(new_phones).where(new_phones.c.id == bindparam("key")).values(standing=bindparam("cell"))
_SEEMS = update(new_phones).where(new_phones.c.id == bindparam("key")).values(standing=bindparam("cell"), told=True)
_NEW_EARLIER = (
    update(new_phones)
    .where(new_phones.c.to_id == bindparam("to_one"))
    .values(since=new_phones.c.since - bindparam("by", type_=Duration))
)
_DELETE = delete(new_phones).where(
    new_phones.c.owner_id == bindparam("owner"), new_phones.c.to_id == bindparam("to_one")
)
_in_their_groups = outbox.c.to_group_id.in_(
    select(pairings.c.group_id).where(
        pairings.c.group_id.is_not(None),
        or_(pairings.c.person_id == bindparam("owner"), pairings.c.buddy_id == bindparam("owner")),
    )
)
_WRITTEN_TO = (
    select(outbox.c.id)
    .where(
        outbox.c.settled_at >= bindparam("since", type_=Instant),
        outbox.c.first_attempt_at.is_not(None),
        outbox.c.purpose != Purpose.NEW_PHONE,
        or_(outbox.c.to_person_id == bindparam("owner"), _in_their_groups),
        ~exists().where(alarms.c.id == outbox.c.check_in_id),
    )
    .limit(1)
)


class Noticed(StrEnum):
    """What a look at somebody's identity key brings."""

    FIRST = "first"
    SAME = "same"
    NEW = "new"


class Phones:
    """Rows of `phones` and `new_phones`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def notice(self, person_id: str, fingerprint: str) -> Noticed:
        """Keep this person's identity key. The first one that is seen is no new phone."""
        lookup = self._scope.sealer.lookup(_KEY, fingerprint)
        known = self._scope.connection.execute(_KEY_OF, {"person_id": person_id}).scalar_one_or_none()
        if known is None:
            self._scope.connection.execute(_INSERT_KEY, {"person_id": person_id, "key_lookup": lookup})
            return Noticed.FIRST
        if known == lookup:
            return Noticed.SAME
        self._scope.connection.execute(_SET_KEY, {"key": person_id, "new_key": lookup})
        return Noticed.NEW

    def begin(self, owner_id: str, to_id: str, since: datetime, *, told: bool) -> None:
        """The phone of `owner_id` is new to `to_id` from `since` (aware UTC); an earlier one does not matter now."""
        self.forget(owner_id, to_id)
        row_id = self._scope.ids.new()
        standing = self._scope.seal(new_phones.c.standing, row_id, _NEW)
        values = {"id": row_id, "owner_id": owner_id, "to_id": to_id, "since": since, "told": told}
        self._scope.connection.execute(_INSERT, values | {"standing": standing})

    def all_new_to(self, person_id: str) -> list[NewPhone]:
        """Every new phone that she has not confirmed, her own among them; those that only seem confirmed too."""
        return [self._new_phone(row) for row in self._scope.connection.execute(_NEW_TO, {"to_id": person_id})]

    def new_to(self, person_id: str) -> dict[str, datetime]:
        """The buddies whose phone is new to her, and does not even seem confirmed, and since when (aware UTC)."""
        found = self.all_new_to(person_id)
        return {one.owner_id: one.since for one in found if one.owner_id != person_id and not one.seems_confirmed}

    def own(self, person_id: str) -> NewPhone | None:
        """Her own new phone, if it is to be confirmed."""
        found = self.all_new_to(person_id)
        return next((one for one in found if one.owner_id == person_id and one.is_shown), None)

    def untold(self) -> list[NewPhone]:
        """Those of which she to whom they are new does not know yet."""
        return [self._new_phone(row) for row in self._scope.connection.execute(_UNTOLD)]

    def new_earlier(self, to_id: str, by: timedelta) -> None:
        """The clock was set back: the phones that are new to this person count as new from so much earlier."""
        self._scope.connection.execute(_NEW_EARLIER, {"to_one": to_id, "by": by})

    def set_told(self, new_phone_id: str) -> None:
        """She knows."""
        self._scope.connection.execute(_TOLD, {"key": new_phone_id})

    def let_seem_confirmed(self, new_phone_id: str) -> None:
        """She gave her duress word for it. After the codeword it would be gone, so she is not told of it either."""
        cell = self._scope.seal(new_phones.c.standing, new_phone_id, _SEEMS_CONFIRMED)
        self._scope.connection.execute(_SEEMS, {"key": new_phone_id, "cell": cell})

    def note_word_given(self, owner_id: str) -> None:
        """The owner has given a word from before for it; to others it stays new until they confirm it."""
        for row in self._scope.connection.execute(_NEW_OF, {"owner": owner_id}).all():
            if not self._new_phone(row).seems_confirmed:
                cell = self._scope.seal(new_phones.c.standing, row.id, _WORD_GIVEN)
                self._scope.connection.execute(_STANDS, {"key": row.id, "cell": cell})

    def forget(self, owner_id: str, to_id: str) -> None:
        """It is confirmed, or does not matter any more."""
        self._scope.connection.execute(_DELETE, {"owner": owner_id, "to_one": to_id})

    def was_written_to(self, owner_id: str, since: datetime) -> bool:
        """Whether since then anything has gone to that phone besides an alarm's messages, and that it is new."""
        found = self._scope.connection.execute(_WRITTEN_TO, {"owner": owner_id, "since": since})
        return found.first() is not None

    def _new_phone(self, row: Row[*tuple[Any, ...]]) -> NewPhone:
        """What cannot be read counts as new."""
        standing = self._scope.open_if_whole(new_phones.c.standing, row.id, row.standing)
        return NewPhone(
            row.id,
            row.owner_id,
            row.to_id,
            row.since,
            row.told,
            seems_confirmed=standing == _SEEMS_CONFIRMED,
            word_given=standing == _WORD_GIVEN,
        )
