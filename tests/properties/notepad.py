"""What a person with a notepad would write down about one check-in: an oracle that knows nothing of stages and steps.

It remembers when she wanted to be back, who was told and when, who said what. From that it says what must be due
next, and what may be done now. Written from the SPEC; shares no code with the rules.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.unit.domain.courses import START

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass
class Notepad:
    """What the SPEC says about one check-in, written down by hand."""

    buddies: tuple[str, ...]
    deadline: datetime
    free_minutes_left: timedelta = HOUR
    due_at: datetime = START
    question_out: bool = False
    told: list[str] = field(default_factory=list)
    first_alert: datetime | None = None
    taken_by: str | None = None
    asked: bool = False
    held: bool = False
    paused: bool = False
    paused_by: str | None = None
    closed: bool = False
    reminded: bool = False
    on_call: dict[str, datetime | None] = field(default_factory=dict)
    """Who is counted on, and when he was asked for a 👍: never, if he took another's place after the deadline."""
    phones_looked_at: set[str] = field(default_factory=set)
    seen_by: set[str] = field(default_factory=set)
    nobody_left_to_ask: bool = False
    last_round: datetime = START
    fresh: str | None = None
    """Who was told for the first time in the last round."""
    operator_done: bool = False

    @property
    def alerting(self) -> bool:
        """An alert is out, and nobody has it."""
        return self.first_alert is not None and self.taken_by is None and not self.paused

    @property
    def asked_for_yes(self) -> dict[str, datetime]:
        """Who was asked for a 👍, and when."""
        return {who: at for who, at in self.on_call.items() if at is not None}

    def leave(self, buddy: str, now: datetime, away: set[str]) -> tuple[str | None, list[str]]:
        """A buddy is none any more. Returns who is on call in his place, as far as she is told, and whom an alert goes
        to: what rested with him goes on."""
        rested_with_him = buddy == (self.paused_by if self.paused else self.taken_by)
        self.buddies = tuple(one for one in self.buddies if one != buddy)
        self.told = [one for one in self.told if one != buddy]
        self.on_call.pop(buddy, None)
        self.seen_by, self.phones_looked_at = self.seen_by - {buddy}, self.phones_looked_at - {buddy}
        self.fresh = None if self.fresh == buddy else self.fresh
        self.taken_by = None if self.taken_by == buddy else self.taken_by
        self.operator_done = self.operator_done or not self.buddies
        called = None
        if self.buddies and not self.on_call:
            called = next((one for one in self.buddies if one not in away), self.buddies[0])
            self.buddies = (called, *(one for one in self.buddies if one != called))
            self.on_call[called] = None if self.question_out else now
        if not self.question_out:
            self.wait()
            return called, []
        if self.first_alert is not None and (rested_with_him or (self.buddies and not self.told)):
            return None, self.alert(now, away)
        if self.alerting:
            look = self.last_round + MINUTE
            looks = [look] if len(self.told) < len(self.buddies) and look > now else []
            self.due_at = min([*looks, *self.operator_look(), self.next_alert()])
        return None, []

    def arm(self, now: datetime) -> None:
        """A new deadline: everything begins anew."""
        self.reminded = self.deadline - now < 20 * MINUTE
        self.question_out, self.told, self.first_alert = False, [], None
        self.operator_done, self.fresh = False, None
        self.taken_by, self.asked, self.held, self.paused = None, False, False, False
        self.wait()

    def wait(self) -> None:
        """Before the deadline: the reminder, a look at the start lines, or the deadline itself."""
        looks = [
            at + MINUTE for who, at in self.asked_for_yes.items() if who not in self.phones_looked_at | self.seen_by
        ]
        if self.asked_for_yes and not self.seen_by and not self.nobody_left_to_ask:
            looks.append(max(self.asked_for_yes.values()) + 5 * MINUTE)
        reminder = [] if self.reminded else [self.deadline - 10 * MINUTE]
        self.due_at = min([self.deadline, *reminder, *looks])

    def alert(self, now: datetime, away: set[str], besides: str | None = None) -> list[str]:
        """Whom an alert at `now` goes to: the earlier ones again and the next one too, who is away as the last."""
        self.first_alert = self.first_alert or now
        untold = [buddy for buddy in self.buddies if buddy not in self.told]
        fresh = [*(buddy for buddy in untold if buddy not in away), *untold][:1]
        whom = [buddy for buddy in self.buddies if buddy in (*self.told, *fresh)]
        others = [buddy for buddy in whom if buddy != besides]
        whom = others or whom
        self.told += [buddy for buddy in fresh if buddy in whom]
        self.taken_by, self.asked, self.held, self.paused = None, False, False, False
        self.last_round, self.fresh = now, fresh[0] if fresh and fresh[0] in whom else None
        looks = [now + MINUTE] if len(self.told) < len(self.buddies) else []
        self.due_at = min([*looks, *self.operator_look(), self.next_alert()])
        return whom

    def operator_look(self) -> list[datetime]:
        """When it is to be looked at whether the alert reaches anybody."""
        assert self.first_alert is not None
        return [] if self.operator_done else [self.first_alert + 5 * MINUTE]

    def next_alert(self) -> datetime:
        """When everybody who was told is told again."""
        assert self.first_alert is not None
        if len(self.told) < len(self.buddies):
            return self.last_round + 2 * MINUTE
        lasting = self.last_round - self.first_alert
        pause = 5 * MINUTE if lasting < HOUR else 15 * MINUTE if lasting < 13 * HOUR else HOUR
        return self.last_round + pause

    def is_only_a_look(self) -> bool:
        """Whether what is due while alerting is a look at how far the alert got."""
        return self.due_at < self.next_alert()

    def may_extend(self, by: timedelta, now: datetime, *, with_word: bool) -> datetime | None:
        """The new deadline, or None: at most 60 minutes in all without the word, from the deadline on only with it. A
        clock that was set back, or a message that had to wait, may lie before the deadline although she was asked; but
        an alert that is out is out."""
        is_late = now >= self.deadline or self.first_alert is not None
        if not with_word and (is_late or by > self.free_minutes_left):
            return None
        new = max(self.deadline, now) + by
        return new if new <= now + DAY else None
