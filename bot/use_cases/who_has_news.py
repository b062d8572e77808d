"""Whose phone has what she left: only from that does it follow whether it is held back from a new one."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.outgoing import Purpose, ToPerson
from storage.records import Records

_BRINGS_IT = (Purpose.ALERT, Purpose.ALERT_DETAILS, Purpose.ALERT_ADDITION)


def who_has_news(
    records: Records, subject_ids: Iterable[str], news_at: datetime, new_since: Mapping[str, datetime]
) -> frozenset[str]:
    """The buddies whose phone has confirmed a message of these check-ins or alarms that was queued since `news_at`
    (aware UTC). Where a phone is new: only if that was before. `new_since`: from when each new phone is."""
    rows = (row for one in subject_ids for row in records.outbox.of_check_in(one, *_BRINGS_IT, since=news_at))
    return frozenset(
        row.to.person_id
        for row in rows
        if isinstance(row.to, ToPerson)
        and row.confirmed_at is not None
        and not (row.to.person_id in new_since and row.confirmed_at >= new_since[row.to.person_id])
    )
