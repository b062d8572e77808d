"""The alerts that are open for a buddy. Used by the buddy's commands."""

from dataclasses import dataclass

from bot.domain.check_in import CheckIn, Stage, Watch
from bot.domain.names import same_name
from bot.domain.watching import alerted
from bot.use_cases.refused import Refused
from handlers.call import Call
from handlers.command import Command
from handlers.situation import Situation
from storage.records import Records

_ALERTED = (Stage.OVERDUE, Stage.TAKEN, Stage.PAUSED)


@dataclass(frozen=True)
class OpenAlert:
    """A check-in for which this buddy has been alerted; `name` is what he calls the person."""

    check_in: CheckIn
    watch: Watch
    name: str


def open_alerts(records: Records, buddy_id: str) -> list[OpenAlert]:
    """Oldest first."""
    found = []
    for check_in in records.check_ins.open_watched_by(buddy_id):
        watch = next((watch for watch in alerted(check_in) if watch.buddy_id == buddy_id), None)
        pairing = records.pairings.between(check_in.person_id, buddy_id)
        if watch is not None and pairing is not None and check_in.stage in _ALERTED:
            found.append(OpenAlert(check_in, watch, pairing.person_label))
    return found


def alerts_meant(call: Call) -> list[OpenAlert]:
    """The open ones that the message can mean: it is not older than what they are about."""
    found = open_alerts(call.records, call.person.id)
    return [alert for alert in found if not call.message.is_from_before(alert.check_in.started_at)]


def the_open_alert(call: Call, name: str, command: str, nothing_open: str = "taken.nothing_open") -> OpenAlert:
    """The one that is meant. Raises `Refused`: none open, none of that name, or several and no name given."""
    every = found = alerts_meant(call)
    if not found:
        raise Refused(nothing_open)
    if name:
        found = [alert for alert in found if same_name(alert.name, name)]
        if not found:
            raise Refused("open.unknown_name", {"example": f"/{command} {every[0].name}"})
    if len(found) > 1:
        raise Refused("taken.which", {"examples": ", ".join(f"/{command} {alert.name}" for alert in found)})
    return found[0]


def example_for(command: Command, situation: Situation) -> str:
    """How a command with a name is written, with the name of somebody whose buddy the writer is."""
    return f"/{command.name} {situation.person_labels[0]}" if situation.person_labels else command.example
