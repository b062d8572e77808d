"""How long a pairing holds: it lapses unless both renew it (SPEC: `/renew`), and not before both were warned twice.

A controlling partner may force somebody into a pairing; one that lapses of itself ends that without a word from her.

Each warning promises so many days, whenever it goes out: if the bot was away when it was due, the end moves, never the
promise. What has to be kept is therefore one moment, and how many warnings went out.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.timing import Timing


class TermStep(StrEnum):
    """What falls due."""

    WARN = "warn"
    WARN_AGAIN = "warn_again"
    LAPSE = "lapse"


_STEPS = (TermStep.WARN, TermStep.WARN_AGAIN, TermStep.LAPSE)
"""By the number of warnings that went out."""


@dataclass(frozen=True)
class Term:
    """Until when a pairing holds (`ends_at`, aware UTC); `warnings` went out; who of the two has renewed it since it
    began. When both have, a new term begins."""

    pairing_id: str
    ends_at: datetime
    warnings: int = 0
    person_renewed: bool = False
    buddy_renewed: bool = False

    def renewed_by(self, *, person: bool) -> bool:
        """Whether she has (`person`), or he."""
        return self.person_renewed if person else self.buddy_renewed


def new_term(pairing_id: str, now: datetime, timing: Timing) -> Term:
    """One that begins now."""
    return Term(pairing_id, now + timing.pairing_lasts)


def next_step(term: Term, timing: Timing) -> tuple[TermStep, datetime]:
    """What happens next if nobody does anything, and when."""
    step = _STEPS[min(term.warnings, len(_STEPS) - 1)]
    if step is TermStep.LAPSE:
        return step, term.ends_at
    return step, term.ends_at - _ahead(step, timing)


def warned(term: Term, step: TermStep, now: datetime, timing: Timing) -> Term:
    """The warning of that step goes out now. With LAPSE: the last one once more, because it had not left."""
    warnings = min(_STEPS.index(step) + 1, len(_STEPS) - 1)
    return replace(term, warnings=warnings, ends_at=max(term.ends_at, now + _ahead(step, timing)))


def renewed(term: Term, now: datetime, timing: Timing, *, by_person: bool) -> Term:
    """She (`by_person`) or he renews it. If the other has already, a new term begins, with nobody's yes."""
    if term.renewed_by(person=not by_person):
        return new_term(term.pairing_id, now, timing)
    return replace(term, person_renewed=True) if by_person else replace(term, buddy_renewed=True)


def as_if_renewed(term: Term, now: datetime, timing: Timing) -> Term:
    """What somebody sees of it who is to notice nothing (SPEC: `/unpair … quietly`): when it ends, another begins."""
    if term.ends_at > now:
        return term
    passed = (now - term.ends_at) // timing.pairing_lasts + 1
    return Term(term.pairing_id, term.ends_at + passed * timing.pairing_lasts)


def is_near_its_end(term: Term, now: datetime, timing: Timing) -> bool:
    """Whether it is time to say so."""
    return term.ends_at - now <= timing.lapse_warning


def _ahead(step: TermStep, timing: Timing) -> timedelta:
    return timing.lapse_warning if step is TermStep.WARN else timing.last_warning
