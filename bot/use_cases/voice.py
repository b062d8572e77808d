"""Putting messages into the outbox: the only way that a use case makes the bot speak."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.outgoing import (
    ANSWERS,
    AS_IT_STOOD,
    Action,
    Fact,
    Outgoing,
    Priority,
    Purpose,
    Recipient,
    Said,
    ToGroup,
    ToOperator,
    ToPerson,
)
from bot.domain.pairing import Group
from storage.records import Records

_PRIORITY = {
    Purpose.ALERT: Priority.ALERT,
    Purpose.ALERT_DETAILS: Priority.ALERT,
    Purpose.ALERT_ADDITION: Priority.ALERT,
    Purpose.ALERT_ATTACHMENT: Priority.ALERT,
    Purpose.ALERT_LINE: Priority.ALERT,
    Purpose.ALL_CLEAR: Priority.ALL_CLEAR,
    Purpose.END_LINE: Priority.ALL_CLEAR,
    Purpose.REMINDER: Priority.PROMPT,
    Purpose.QUESTION: Priority.PROMPT,
    Purpose.FOLLOW_UP: Priority.PROMPT,
    Purpose.START_LINE: Priority.REPLY,
    Purpose.TIME_LINE: Priority.REPLY,
    Purpose.REPLY: Priority.REPLY,
    Purpose.NOTICE: Priority.REST,
    Purpose.NEW_PHONE: Priority.REST,
    Purpose.CLEAN_UP: Priority.REST,
    Purpose.LOOK: Priority.REST,
    Purpose.OPERATOR: Priority.ALERT,
    Purpose.GROUP: Priority.REST,
    Purpose.DRILL: Priority.REPLY,
    Purpose.LIFETIME: Priority.REST,
    Purpose.MENDING: Priority.REST,
    Purpose.GROUP_END: Priority.REST,
}


def how_timer_stands(records: Records, person_id: str) -> str:
    """The same as long as the same timer runs to the same time, or none."""
    running = records.check_ins.open_of(person_id)
    return "" if running is None else f"{running.id} {running.deadline.isoformat()}"


def said_directly(person_id: str, group_id: str) -> str:
    """To what rows belong that say to a buddy what a line about her timer did not bring to his phone: the next such
    line takes back what still waits, and so does an alert."""
    return f"{person_id} {group_id}"


def take_back_said_directly(records: Records, person_id: str, buddy_id: str) -> None:
    """He is about to be alerted about her: an end that he reads afterwards would seem to call that off."""
    pairing = records.pairings.between(person_id, buddy_id)
    if pairing is not None and pairing.group_id is not None:
        records.outbox.withdraw(said_directly(person_id, pairing.group_id), {Purpose.NOTICE})


@dataclass(frozen=True)
class Voice:
    """Speaks within one unit of work. `now` is aware UTC; `check_in_id` marks rows that belong to a check-in,
    an alarm, a drill, a pairing or a group, or see `said_directly`."""

    records: Records
    now: datetime
    check_in_id: str | None = None

    def to_person(
        self,
        person_id: str,
        purpose: Purpose,
        text: str,
        facts: Mapping[str, Fact] | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """Say `text` in the direct chat with a person."""
        self._add(ToPerson(person_id), purpose, text, facts, expires_at)

    def send_file(self, person_id: str, purpose: Purpose, text: str, entry_id: str, facts: Mapping[str, Fact]) -> None:
        """Send the file of an entry of `details`, with `text`, in the direct chat with a person."""
        to, facts = ToPerson(person_id), {**facts, "entry": entry_id}
        outgoing = Outgoing(to, _PRIORITY[purpose], purpose, Action.FILE, text, facts, self.check_in_id)
        self.records.outbox.add(outgoing, self.now)

    def send_text_file(self, person_id: str, text: str, lines: tuple[Said, ...]) -> None:
        """Send a file made of these lines, with `text`, in the direct chat with a person."""
        to, purpose = ToPerson(person_id), Purpose.REPLY
        outgoing = Outgoing(to, _PRIORITY[purpose], purpose, Action.TEXT_FILE, text, {"lines": lines})
        self.records.outbox.add(outgoing, self.now)

    def to_group(
        self,
        group_id: str,
        purpose: Purpose,
        text: str,
        facts: Mapping[str, Fact] | None = None,
        answers: str | None = None,
        about: str | None = None,
    ) -> None:
        """Say `text` in a pairing's group. `answers`: the person whose message it answers; if Signal does not carry it
        to her phone, she is told directly. That is taken back where it still waits when something has changed since:
        the line is `about` her timer, as it stands now. Another answer takes back none: each command has its own."""
        if about is not None:
            self.records.outbox.withdraw_from(about, group_id, {Purpose.REPLY})
            self.records.outbox.withdraw(said_directly(about, group_id), {Purpose.NOTICE})
        facts = dict(facts or {})
        if answers is not None:
            facts |= {ANSWERS: answers, AS_IT_STOOD: how_timer_stands(self.records, answers)}
        self._add(ToGroup(group_id), purpose, text, facts, None)

    def to_operator(self, text: str, *, even_if_waits: bool = False) -> None:
        """Say `text` to whoever runs the bot, through the second channel. It names nobody, so what still waits to be
        said there is not said once more: other news would have to wait behind both. `even_if_waits`: where the order
        counts."""
        if even_if_waits or not self.records.outbox.operator_waits_for(text):
            self._add(ToOperator(), Purpose.OPERATOR, text, None, None)

    def look_at_group(self, group_id: str, until: datetime) -> None:
        """Have it looked at who is a full member of a group; pointless after `until`."""
        outgoing = Outgoing(
            ToGroup(group_id),
            _PRIORITY[Purpose.LOOK],
            Purpose.LOOK,
            Action.LOOK_AT_GROUP,
            check_in_id=self.check_in_id,
            expires_at=until,
        )
        self.records.outbox.add(outgoing, self.now)

    def make_group(self, group_id: str) -> None:
        """Have a group made."""
        self._do_in_group(group_id, Purpose.GROUP, Action.MAKE_GROUP)

    def mend_group(self, group_id: str) -> None:
        """Have a group made as it should be, unless that waits already; no line there waits for it."""
        purpose = Purpose.MENDING
        outgoing = Outgoing(ToGroup(group_id), _PRIORITY[purpose], purpose, Action.MEND_GROUP)
        if not self.records.outbox.waits(outgoing):
            self.records.outbox.add(outgoing, self.now)

    def end_group(self, group: Group) -> None:
        """Have a group ended: after it is made, if it still is to be made, else after all that was said there."""
        purpose = Purpose.GROUP if group.signal_id is None else Purpose.GROUP_END
        self._do_in_group(group.id, purpose, Action.END_GROUP)

    def react(self, person_id: str, message_ms: int, emoji: str) -> None:
        """Put an emoji on a message that somebody wrote in the direct chat; it takes the place of an earlier one."""
        facts: dict[str, Fact] = {"emoji": emoji, "message_ms": message_ms}
        outgoing = Outgoing(ToPerson(person_id), _PRIORITY[Purpose.REPLY], Purpose.REPLY, Action.REACT, facts=facts)
        self.records.outbox.add(outgoing, self.now)

    def set_lifetime(self, chat: ToPerson | ToGroup, not_before: datetime | None = None) -> None:
        """Have messages of a chat disappear after the time that its people have set; never while a timer runs."""
        purpose = Purpose.LIFETIME
        outgoing = Outgoing(chat, _PRIORITY[purpose], purpose, Action.SET_LIFETIME, not_before=not_before)
        self.records.outbox.add(outgoing, self.now)

    def take_back(self, row_id: str, to: Recipient) -> None:
        """Have the message of an outbox row deleted for everyone, where Signal still allows it."""
        outgoing = Outgoing(
            to,
            _PRIORITY[Purpose.CLEAN_UP],
            Purpose.CLEAN_UP,
            Action.DELETE,
            facts={"row": row_id},
            check_in_id=self.check_in_id,
        )
        self.records.outbox.add(outgoing, self.now)

    def _do_in_group(self, group_id: str, purpose: Purpose, action: Action) -> None:
        self.records.outbox.add(Outgoing(ToGroup(group_id), _PRIORITY[purpose], purpose, action), self.now)

    def _add(
        self,
        to: Recipient,
        purpose: Purpose,
        text: str,
        facts: Mapping[str, Fact] | None,
        expires_at: datetime | None,
    ) -> None:
        outgoing = Outgoing(
            to=to,
            priority=_PRIORITY[purpose],
            purpose=purpose,
            text=text,
            facts=facts or {},
            check_in_id=self.check_in_id,
            expires_at=expires_at,
        )
        self.records.outbox.add(outgoing, self.now)
