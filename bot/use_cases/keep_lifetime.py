"""Messages go on disappearing in a direct chat, whoever turned that off there (SPEC: Privacy)."""

from datetime import datetime, timedelta

from bot.domain.outgoing import ToPerson
from bot.domain.person_settings import lifetime_in_chat
from bot.errors import SealBroken
from bot.use_cases.voice import Voice
from storage.outbox import OutboxState
from storage.records import Records

_OFTEN, _LATELY = 5, timedelta(minutes=10)
_PAUSE = timedelta(minutes=1)
"""Where it was set so often lately: a phone that answers each change with its own would have the bot write to it as
fast as the line carries, until Signal takes no more messages, whoever they are for."""


def keep_lifetime(records: Records, account: str, seconds: int, now: datetime) -> None:
    """Somebody with the phone of this account set after how many seconds messages disappear there (0: never). A shorter
    time than she has chosen stays; anything else is set back, as soon as no timer runs of which the chat tells."""
    try:
        person = records.people.by_account(account)
    except SealBroken:  # one damaged row must not hold up what came with it from others
        return
    if person is None or 0 < seconds <= lifetime_in_chat([person.settings]).total_seconds():
        return
    states = records.outbox.lifetime_states(person.id, now - _LATELY)
    if OutboxState.WAITING not in states:  # what it is then is read when that leaves
        not_before = now + _PAUSE if len(states) >= _OFTEN else None
        Voice(records, now).set_lifetime(ToPerson(person.id), not_before)
