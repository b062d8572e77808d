"""A phone whose safety number has changed, and what that means for an alert (SPEC: "A new phone")."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.check_in import CheckIn, Watch
from bot.domain.known import Known
from bot.domain.timing import Timing


@dataclass(frozen=True)
class SeenKey:
    """An account's identity key as signal-cli has it. `since`: when it came there (aware UTC), not later than now."""

    account: str
    fingerprint: str
    since: datetime


@dataclass(frozen=True)
class NewPhone:
    """A new phone of `owner_id` that `to_id` has not confirmed; both are the same where it is her own.

    `since`: when the key came to signal-cli (aware UTC). `told`: whether she knows of it. `seems_confirmed`: she gave
    her duress word for it: all but an alarm takes it for confirmed. `word_given`: its owner gave the word that he had
    before it.
    """

    id: str
    owner_id: str
    to_id: str
    since: datetime
    told: bool
    seems_confirmed: bool
    word_given: bool

    @property
    def is_shown(self) -> bool:
        """Whether her phone may show it as not confirmed."""
        return self.told and not self.seems_confirmed

    @property
    def may_be_anybodys(self) -> bool:
        """Whether, for all that a phone may show, nothing says that it is its owner's."""
        return not self.seems_confirmed and not self.word_given


def is_held_back(check_in: CheckIn, watch: Watch, now: datetime, known: Known) -> bool:
    """Whether this buddy is alerted without what she left: his phone is new to her, and somebody else may have it.

    Never where he is the only buddy. Nobody else has it when no other phone, that is not new itself, has confirmed an
    alert within the time that phones are given: then they follow, for without them nobody could act.
    """
    if watch.buddy_id not in known.facts.new_phones or len(check_in.watches) == 1:
        return False
    others = {other.buddy_id for other in check_in.watches} - {watch.buddy_id}
    if others & known.facts.have_news:
        return True
    return now < held_back_until(check_in, watch, now, known.timing)


def held_back_until(check_in: CheckIn, watch: Watch, now: datetime, timing: Timing) -> datetime:
    """When it has to be looked at whether somebody else has it (aware UTC)."""
    told_at = watch.alerted_at or now
    return max(told_at, check_in.news_at or told_at) + timing.delivered_within
