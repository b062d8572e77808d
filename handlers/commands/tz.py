"""`/tz Europe/London`: my time zone (SPEC: Commands)."""

from bot.domain.zones import ZoneRefused, zone_from
from bot.use_cases.frozen import refuse_while_running
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> str:
    try:
        return zone_from(written.arguments).key
    except ZoneRefused as refusal:
        nearest = refusal.suggestions[0] if refusal.suggestions else "Europe/London"
        raise UserMistake("tz.refused", {"zone": nearest}) from None


def _carry_out(call: Call, zone: str) -> bool:
    refuse_while_running(call.records, call.person)
    call.records.people.set_zone(call.person.id, zone)
    call.answer("tz.saved", {"zone": zone})
    return True


COMMAND = Command("tz", "/tz Europe/London", _read, _carry_out, can_wait=True)
