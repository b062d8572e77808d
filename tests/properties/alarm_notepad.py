"""What a person would write down about a silent alarm, and what must have happened by now according to the SPEC.

The notepad knows nothing of stages and steps. It holds who was alerted when, who has it since when, who was asked, who
says that it is over.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass
class Line:
    """What is noted about one buddy. `round`: when the round began in which he was alerted; the rhythm counts from it,
    for a further sign that he does not hear begins no new one for him until his next alert."""

    alerted: datetime
    round: datetime
    anew: bool = False
    """Alerted when a round began: within a minute it is looked whether his phone has it."""
    phone_has_it: bool = False
    has_it_since: datetime | None = None
    asked: datetime | None = None
    held: bool = False


@dataclass
class Notepad:
    """What the SPEC says about one alarm. `round`: when all were alerted last, who were to hear the sign.
    `operator_from`: then, or since one of them has left."""

    lines: dict[str, Line]
    round: datetime
    operator_from: datetime
    operator_knows: bool = False
    over_says: str | None = None
    paused: datetime | None = None
    pause_known_to: set[str] = field(default_factory=set)
    closed: bool = False

    def alert_all(self, buddies: tuple[str, ...], now: datetime) -> None:
        for buddy in buddies:
            line = self.lines.setdefault(buddy, Line(now, now))
            line.alerted, line.round, line.anew = now, now, True
        for line in self.lines.values():
            line.phone_has_it = False
        self.round, self.operator_from, self.operator_knows = now, now, False

    def go_on(self, now: datetime) -> None:
        """After a pause: everybody is alerted, and who has it has to be said anew."""
        for buddy in self.lines:
            self.lines[buddy] = Line(now, now)
        self.over_says = self.paused = None
        self.alert_all(tuple(self.lines), now)

    def latest_next_alert(self, line: Line) -> datetime:
        """By when somebody who does not have it must be alerted again."""
        lasting = line.alerted - line.round
        longest = 5 * MINUTE if lasting < HOUR else 15 * MINUTE if lasting < 13 * HOUR else HOUR
        return line.alerted + longest

    def must_be_looked_at_by(self) -> datetime:
        if self.paused is not None:
            return self.paused + 10 * MINUTE
        moments = []
        for line in self.lines.values():
            if line.has_it_since is None:
                moments.append(self.latest_next_alert(line))
                if line.anew and not line.phone_has_it:
                    moments.append(line.alerted + MINUTE)
            elif line.asked is not None:
                moments.append(line.asked + 10 * MINUTE)
            else:
                moments.append(line.has_it_since + 30 * MINUTE)
        return min(moments)
