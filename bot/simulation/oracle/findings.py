"""What the oracle has found in a night."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be. `kind` is missed alert, false alert, late alert, and the like."""

    kind: str
    at: float
    about: str
    detail: str = ""


@dataclass
class Verdict:
    """One night, judged."""

    findings: list[Finding] = field(default_factory=list)
    alerts_due: int = 0
    alerts_delivered: int = 0
    alerts_sent: int = 0
    alarms_due: int = 0
    alarms_delivered: int = 0
    details_due: int = 0
    """What somebody who was alerted had to be told of what she had left."""
    details_delivered: int = 0
    duplicates: int = 0
    needless_duplicates: int = 0
    """Of these, the ones where nothing had gone wrong that leaves it open whether the first had been sent."""
    lost_in_the_gap: int = 0
    """Messages that a dying bot had read, and nobody else will see again."""
    worst_lateness: float = 0.0

    def complain(self, kind: str, at: float, about: str, detail: str = "") -> None:
        """Something that must not be."""
        self.findings.append(Finding(kind, round(at, 3), about, detail))
