"""One moment of a check-in, as the effects of a decision see it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.check_in import CheckIn, Stage, Step, Watch
from bot.domain.escalation import next_round_at
from bot.domain.outgoing import Fact
from bot.domain.pairing import Pairing
from bot.domain.timing import Timing
from bot.domain.watching import watch_of
from bot.errors import SealBroken
from bot.use_cases.voice import Voice
from storage.records import Records


@dataclass(frozen=True)
class Scene:
    """A check-in before and after a decision, at one moment (aware UTC). `answered_in`: the group (its id) whose
    line is the answer to her command, if she wrote there."""

    records: Records
    before: CheckIn
    after: CheckIn
    now: datetime
    timing: Timing
    answered_in: str | None = None

    @property
    def voice(self) -> Voice:
        """Speaks for this check-in."""
        return Voice(self.records, self.now, self.after.id)

    @property
    def next_at(self) -> datetime | None:
        """When the bot does something next that people notice (aware UTC): looks at how far an alert got are none."""
        if self.after.stage is Stage.OVERDUE:
            return next_round_at(self.after, self.timing)
        if self.after.stage is Stage.TAKEN and self.after.step is Step.CHECK_ALERT:
            return self.after.follow_up_at
        return self.after.step_at

    def answered(self, group_id: str) -> str | None:
        """Whose message a line in this group answers: hers, if she wrote there."""
        return self.after.person_id if group_id == self.answered_in else None

    def names(self, watch: Watch) -> dict[str, Fact]:
        """How person and buddy call each other."""
        pairing = self.records.pairings.between(self.after.person_id, watch.buddy_id)
        if pairing is None:
            raise LookupError("a buddy of an open check-in has no pairing; pairings are frozen while it runs")
        return {"name": pairing.person_label, "buddy": pairing.buddy_label}

    def names_in_group(self, watch: Watch) -> dict[str, Fact]:
        """How the two are called in their group."""
        pairing = self.records.pairings.between(self.after.person_id, watch.buddy_id)
        return self.names(watch) if pairing is None else names_in_group(self.records, pairing)

    def buddy_name(self, buddy_id: str | None) -> str:
        """What she calls this buddy."""
        return str(self.names(watch_of(self.after, buddy_id or ""))["buddy"])


def names_in_group(records: Records, pairing: Pairing) -> dict[str, Fact]:
    """How person and buddy call themselves. What they call each other may be "Ana 2": in the group that would show her
    that her buddy knows another Ana here, and him that she has another buddy of his name."""
    return {
        "name": _own_name(records, pairing.person_id, pairing.person_label),
        "buddy": _own_name(records, pairing.buddy_id, pairing.buddy_label),
    }


def _own_name(records: Records, person_id: str, label: str) -> str:
    """A damaged row must not stop a line."""
    try:
        return records.people.by_id(person_id).name or label
    except (SealBroken, LookupError):
        return label
