"""What buddies were told of a check-in is deleted on their phones, once it is over for them (SPEC: step 7)."""

from collections.abc import Collection

from bot.domain.alarm import own_watches
from bot.domain.check_in import CheckIn
from bot.domain.outgoing import TO_BUDDY_ALONE, Action, Purpose, Recipient, ToPerson
from bot.use_cases.voice import Voice
from storage.outbox import OutboxRow
from storage.records import Records

ALERTS = (*sorted(TO_BUDDY_ALONE), Purpose.ALERT_LINE)


def take_back_alerts(
    records: Records, voice: Voice, check_in: CheckIn, only: Collection[Recipient] | None = None
) -> None:
    """Delete alerts and their lines, everywhere or only there; what the buddies of an open alarm were told stays."""
    in_alarm = told_of_alarm(records, check_in)
    for row in perhaps_seen(records, check_in.id, *ALERTS):
        to_alarmed = isinstance(row.to, ToPerson) and row.to.person_id in in_alarm
        if row.action in (Action.TEXT, Action.FILE) and (only is None or row.to in only) and not to_alarmed:
            voice.take_back(row.id, row.to)


def told_of_alarm(records: Records, check_in: CheckIn) -> set[str]:
    """For the buddies of an open alarm this is no all-clear: they keep what they were told (SPEC: "Silent alarm")."""
    return {watch.buddy_id for alarm in records.alarms.open_about(check_in.person_id) for watch in own_watches(alarm)}


def perhaps_seen(records: Records, check_in_id: str, *purposes: Purpose) -> list[OutboxRow]:
    """Rows that may have reached somebody, whatever the record says."""
    return [row for row in records.outbox.of_check_in(check_in_id, *purposes) if row.may_have_left]
