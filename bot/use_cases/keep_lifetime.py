"""Messages go on disappearing in a direct chat, whoever turned that off there (SPEC: Privacy)."""

from datetime import datetime

from bot.domain.outgoing import ToPerson
from bot.domain.person_settings import lifetime_in_chat
from bot.errors import SealBroken
from bot.use_cases.voice import Voice
from storage.records import Records


def keep_lifetime(records: Records, account: str, seconds: int, now: datetime) -> None:
    """Somebody with the phone of this account set after how many seconds messages disappear there (0: never). A shorter
    time than she has chosen stays; anything else is set back, as soon as no timer runs of which the chat tells."""
    try:
        person = records.people.by_account(account)
    except SealBroken:  # one damaged row must not hold up what came with it from others
        return
    if person is None or 0 < seconds <= lifetime_in_chat([person.settings]).total_seconds():
        return
    Voice(records, now).set_lifetime(ToPerson(person.id), unless_waiting=True)
