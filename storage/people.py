"""The people: accounts, how they want to be addressed, and their hashed words."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, func, insert, or_, select, update

from bot.domain.person import Person, StoredWords
from bot.domain.person_settings import PersonSettings
from storage.scope import Scope
from storage.tables import WAITING, check_ins, deadlines, details, outbox, people

_ACCOUNT = "account"
_WORDS_CELL_LENGTH = 512  # the same length with one word and with two

_COLUMNS = (
    people.c.id,
    people.c.account,
    people.c.name,
    people.c.zone,
    people.c.language,
    people.c.settings,
    people.c.away_until,
    people.c.words,
)
_BY_LOOKUP = select(*_COLUMNS).where(people.c.account_lookup == bindparam("lookup"))
_BY_ID = select(*_COLUMNS).where(people.c.id == bindparam("id"))
_INSERT = insert(people)
_UPDATE = update(people).where(people.c.id == bindparam("key"))
_WORDS = select(people.c.words, people.c.words_version).where(people.c.id == bindparam("id"))
_IS_KNOWN = select(people.c.id).where(people.c.id == bindparam("id"))
_PLAN = select(people.c.plan).where(people.c.id == bindparam("id"))
_COUNT = select(func.count()).select_from(people)
_DELETE = delete(people).where(people.c.id == bindparam("id"))
_THEIR_CHECK_INS = select(check_ins.c.id).where(check_ins.c.person_id == bindparam("id"))
_DELETE_DEADLINES = delete(deadlines).where(
    deadlines.c.subject_kind == "check_in",
    deadlines.c.subject_id.in_(_THEIR_CHECK_INS),
)
_unsent = outbox.alias("unsent")
_is_still_told = exists().where(
    _unsent.c.check_in_id == outbox.c.check_in_id,
    (_unsent.c.state == WAITING) | _unsent.c.lease_until.is_not(None),
    _unsent.c.to_person_id.is_(None) | (_unsent.c.to_person_id != bindparam("id")),
)
_DELETE_OUTBOX = delete(outbox).where(outbox.c.check_in_id.in_(_THEIR_CHECK_INS), ~_is_still_told)
_DELETE_DETAILS = delete(details).where(
    or_(
        (details.c.subject_kind == "check_in") & details.c.subject_id.in_(_THEIR_CHECK_INS),
        (details.c.subject_kind == "waiting") & (details.c.subject_id == bindparam("id")),
    )
)


class People:
    """Rows of `people`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def by_account(self, account: str) -> Person | None:
        """The person with this account id of Signal."""
        lookup = self._scope.sealer.lookup(_ACCOUNT, account)
        row = self._scope.connection.execute(_BY_LOOKUP, {"lookup": lookup}).one_or_none()
        return None if row is None else self._person(row)

    def by_id(self, person_id: str) -> Person:
        """The person with this id. Raises LookupError when there is none."""
        row = self._scope.connection.execute(_BY_ID, {"id": person_id}).one_or_none()
        if row is None:
            raise LookupError("there is no person with this id")
        return self._person(row)

    def is_known(self, person_id: str) -> bool:
        """Whether there is a person with this id."""
        return self._scope.connection.execute(_IS_KNOWN, {"id": person_id}).one_or_none() is not None

    def add(self, account: str, now: datetime) -> Person:
        """A new person, so far without a name. Raises StorageConflict when the account is known already."""
        person_id = self._scope.ids.new()
        self._scope.connection.execute(
            _INSERT,
            {
                "id": person_id,
                "account_lookup": self._scope.sealer.lookup(_ACCOUNT, account),
                "account": self._scope.seal(people.c.account, person_id, account),
                "words_version": 0,
                "created_at": now,
            },
        )
        return Person(id=person_id, account=account, name=None, zone=None, language=None, has_codeword=False)

    def set_name(self, person_id: str, name: str | None) -> None:
        """The name by which others see this person."""
        self._change(person_id, {"name": self._scope.seal(people.c.name, person_id, name)})

    def set_zone(self, person_id: str, zone: str | None) -> None:
        """An IANA time zone."""
        self._change(person_id, {"zone": self._scope.seal(people.c.zone, person_id, zone)})

    def set_language(self, person_id: str, language: str | None) -> None:
        """The language in which the bot writes to this person."""
        self._change(person_id, {"language": self._scope.seal(people.c.language, person_id, language)})

    def set_settings(self, person_id: str, settings: PersonSettings) -> None:
        """What she has set for her own timers."""
        self._change(person_id, {"settings": self._scope.seal(people.c.settings, person_id, _written(settings))})

    def set_away(self, person_id: str, until: datetime | None) -> None:
        """Not available as a buddy until that moment (aware UTC); None: available."""
        cell = self._scope.seal(people.c.away_until, person_id, None if until is None else until.isoformat())
        self._change(person_id, {"away_until": cell})

    def plan(self, person_id: str) -> str | None:
        """Her standing instructions to a buddy, revealed only in an alert. Raises SealBroken."""
        cell = self._scope.connection.execute(_PLAN, {"id": person_id}).scalar_one_or_none()
        return self._scope.open(people.c.plan, person_id, cell)

    def set_plan(self, person_id: str, plan: str | None) -> None:
        """Replaces them; None erases them."""
        self._change(person_id, {"plan": self._scope.seal(people.c.plan, person_id, plan)})

    def words(self, person_id: str) -> StoredWords:
        """The encoded words; none match where they cannot be read. Raises LookupError when there is no such person."""
        row = self._scope.connection.execute(_WORDS, {"id": person_id}).one_or_none()
        if row is None:
            raise LookupError("there is no person with this id")
        cell = self._scope.open_if_whole(people.c.words, person_id, row.words)
        codeword, duress_word, *flags = (None, None) if cell is None else json.loads(cell)
        return StoredWords(codeword, duress_word, row.words_version, under_duress=flags == [True])

    def set_words(
        self, person_id: str, codeword: str | None, duress_word: str | None, *, under_duress: bool = False
    ) -> None:
        """Replaces both encodings (never plain words) and raises the version.

        `under_duress`: they were set with the duress word, and count as it.
        """
        cell = None
        if codeword is not None or duress_word is not None:
            plain = json.dumps([codeword, duress_word, under_duress]).ljust(_WORDS_CELL_LENGTH)
            cell = self._scope.seal(people.c.words, person_id, plain)
        self._change(person_id, {"words": cell, "words_version": people.c.words_version + 1})

    def count(self) -> int:
        """How many people there are."""
        return self._scope.connection.execute(_COUNT).scalar_one()

    def remove(self, person_id: str) -> None:
        """Erases the person with all that is hers (what an alarm holds is not), and messages to her or about that.

        Where somebody is still to be told that a check-in of hers is closed, what is sent about it stays until it is
        purged: the all-clear must leave, and what is to be deleted for everyone must be known.
        """
        for statement in (_DELETE_DEADLINES, _DELETE_OUTBOX, _DELETE_DETAILS, _DELETE):
            self._scope.connection.execute(statement, {"id": person_id})
        self._scope.deadlines_touched = self._scope.erased = True

    def _change(self, person_id: str, values: dict[str, Any]) -> None:
        if self._scope.connection.execute(_UPDATE.values(values), {"key": person_id}).rowcount == 0:
            raise LookupError("there is no person with this id")

    def _person(self, row: Row[*tuple[Any, ...]]) -> Person:
        """Only without the account can nothing be said to somebody; what else cannot be read stops no alert. Words
        that cannot be read are words all the same."""
        open_cell, open_if_whole = self._scope.open_filled, self._scope.open_if_whole
        words = open_if_whole(people.c.words, row.id, row.words)
        has_codeword = row.words is not None if words is None else json.loads(words)[0] is not None
        return Person(
            id=row.id,
            account=open_cell(people.c.account, row.id, row.account),
            name=open_if_whole(people.c.name, row.id, row.name),
            zone=open_if_whole(people.c.zone, row.id, row.zone),
            language=open_if_whole(people.c.language, row.id, row.language),
            has_codeword=has_codeword,
            settings=_settings(open_if_whole(people.c.settings, row.id, row.settings)),
            away_until=_moment(open_if_whole(people.c.away_until, row.id, row.away_until)),
        )


def _written(settings: PersonSettings) -> str:
    values = asdict(settings)
    return json.dumps({name: v.total_seconds() if isinstance(v, timedelta) else v for name, v in values.items()})


def _settings(cell: str | None) -> PersonSettings:
    if cell is None:
        return PersonSettings()
    values = json.loads(cell)
    lengths = {
        name: timedelta(seconds=values[name]) for name in ("reminder", "grace", "lifetime") if values[name] is not None
    }
    return PersonSettings(alerts_only=values["alerts_only"], **lengths)


def _moment(cell: str | None) -> datetime | None:
    return None if cell is None else datetime.fromisoformat(cell).astimezone(UTC)
