"""Reactions as answers, only where the bot asked for one (SPEC: "Ways in")."""

from datetime import datetime, timedelta

from bot.domain.alarm import Alarm
from bot.domain.check_in import CheckIn
from bot.domain.decisions import Impossible, NotPossible
from bot.domain.events import GiveBack, Seen, Take
from bot.domain.outgoing import NOT_LEFT, TO_BUDDY_ALONE, Purpose, Recipient, ToGroup, ToPerson
from bot.domain.timing import Timing
from bot.use_cases.alarm_moving import move_alarm
from bot.use_cases.check_in_course import move_on
from bot.use_cases.drilling import answer_drill
from handlers.message import ReactionMessage
from handlers.open_alerts import Open, OpenAlarm, OpenAlert, everything_open
from storage.outbox import OutboxRow
from storage.records import Records

YES = frozenset("👍✅✔❤")
_VARIATIONS = "\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_ASKS_SEEN = (Purpose.START_LINE, Purpose.TIME_LINE)
_ASKS_TAKE = (*TO_BUDDY_ALONE, Purpose.ALERT_LINE)
_Asked = tuple[Alarm | CheckIn, Take | GiveBack | Seen]
_CLOCKS_APART = timedelta(seconds=5)


def means_yes(emoji: str) -> bool:
    """Whether an emoji says yes, in whatever skin tone or style."""
    return emoji.translate(dict.fromkeys(map(ord, _VARIATIONS))) in YES


def answers_what(records: Records, reaction: ReactionMessage) -> str | None:
    """Whose answer it is, and to what, for the limit on it; None where it is none. Nothing is changed.

    To take an alert, or to give it back, is one matter, whichever of its messages is answered: of those he can have as
    many as he likes.
    """
    person = records.people.by_account(reaction.account)
    asked = None if person is None else _asked(records, reaction, person.id)
    if person is None or asked is None:
        return None
    subject, event = asked
    return f"{person.id} {reaction.target_ms if isinstance(event, Seen) else subject.id}"


def answer_reaction(
    records: Records, reaction: ReactionMessage, now: datetime, timing: Timing, *, yes_counts: bool = True
) -> bool:
    """Take a reaction for what it answers, if anything, and finish the inbox row. Nothing else is said about it.

    `yes_counts`: False where that was answered with yes, or given back, often enough. Returns whether this is one more:
    a yes that said something new, or an alert given back. A yes to what he has already is none: he may say so to each
    message of an alert, and each of these can be taken away.
    """
    if not records.inbox.finish(reaction.inbox_id, changed=False):
        return False
    person = records.people.by_account(reaction.account)
    if person is None:
        records.inbox.forget(reaction.inbox_id)  # nothing of a stranger is kept
        return False
    if not _answers(records, reaction, person.id) or not _is_on_the_bots(records, reaction):
        return False
    if _answers_drill(records, reaction, person.id, now, timing):
        return False
    stands = records.counted_yes.stands(person.id, reaction.target_ms)
    if not (stands if takes_away(reaction) else yes_counts):  # one that did not count takes nothing away
        return False
    asked = _asked(records, reaction, person.id)
    if asked is None:
        return False
    why_not = _why_not(records, asked, now, timing)
    if takes_away(reaction):
        records.counted_yes.forget(person.id, reaction.target_ms)
        if why_not is None:
            _forget_all(records, asked, person.id)
    if not takes_away(reaction) and why_not in (None, Impossible.ALREADY_TAKEN_BY_YOU):
        records.counted_yes.note(person.id, reaction.target_ms, now)
    return why_not is None and (isinstance(asked[1], Take | GiveBack) or not stands)


def _forget_all(records: Records, asked: _Asked, person_id: str) -> None:
    """Once he has given it back no yes of his to it stands: of those to other messages each would give it back again,
    as often as he takes it by a command in between."""
    subject, event = asked
    if isinstance(event, GiveBack):
        for row in records.outbox.of_check_in(subject.id, *_ASKS_TAKE):
            if row.sent_ms is not None:
                records.counted_yes.forget(person_id, row.sent_ms)


def _why_not(records: Records, asked: _Asked, now: datetime, timing: Timing) -> Impossible | None:
    """Do what the reaction says; None where that was possible."""
    subject, event = asked
    try:
        if isinstance(subject, CheckIn):
            move_on(records, subject, event, now, timing)
        elif not isinstance(event, Seen):
            move_alarm(records, subject, event, now, timing)
    except NotPossible as refusal:
        return refusal.why
    return None


def _answers_drill(records: Records, reaction: ReactionMessage, person_id: str, now: datetime, timing: Timing) -> bool:
    """Whether the reaction is on a message of a drill, and if so, take it for the answer to that."""
    row = _row(records, reaction, person_id)
    if row is None or row.purpose is not Purpose.DRILL:
        return False
    drill = records.drills.get(row.check_in_id or "")
    if drill is not None and not reaction.is_remove:
        answer_drill(records, drill, person_id, now, timing)
    return True


def _answers(records: Records, reaction: ReactionMessage, person_id: str) -> bool:
    """Whether it says yes, or takes a yes away; any other emoji does so by taking its place."""
    if means_yes(reaction.emoji):
        return True
    return not reaction.is_remove and records.counted_yes.stands(person_id, reaction.target_ms)


def takes_away(reaction: ReactionMessage) -> bool:
    """Whether it takes a yes away, by itself or by another emoji in its place."""
    return reaction.is_remove or not means_yes(reaction.emoji)


def _asked(records: Records, reaction: ReactionMessage, person_id: str) -> _Asked | None:
    """The check-in or alarm and what the reaction says about it; None where nothing was asked."""
    row = _row(records, reaction, person_id)
    if row is None:
        one = _alert_sent_unnoticed(records, reaction, person_id)
        if one is None:
            return None
        return one.alarm if isinstance(one, OpenAlarm) else one.check_in, _take(reaction, person_id)
    alarm = records.alarms.get(row.check_in_id) if row.check_in_id else None
    if alarm is not None:
        return (alarm, _take(reaction, person_id)) if row.purpose in _ASKS_TAKE else None
    check_in = records.check_ins.get(row.check_in_id) if row.check_in_id else None
    if check_in is None or not _is_watched_by(check_in, person_id):
        return None
    if row.purpose in _ASKS_TAKE:
        return check_in, _take(reaction, person_id)
    if row.purpose in _ASKS_SEEN:
        return check_in, Seen(person_id, seen=not takes_away(reaction))
    return None


def _is_on_the_bots(records: Records, reaction: ReactionMessage) -> bool:
    """Whether the message reacted to is the bot's: whoever else can write where it does is known to it."""
    author = reaction.target_account
    return author is not None and author != reaction.account and records.people.by_account(author) is None


def _take(reaction: ReactionMessage, person_id: str) -> Take | GiveBack:
    return GiveBack(person_id) if takes_away(reaction) else Take(person_id)


def _row(records: Records, reaction: ReactionMessage, person_id: str) -> OutboxRow | None:
    if reaction.group is None:
        return records.outbox.by_sent(reaction.target_ms, person_id, None)
    group = records.groups.by_signal_id(reaction.group)
    return None if group is None else records.outbox.by_sent(reaction.target_ms, None, group.id)


def _alert_sent_unnoticed(records: Records, reaction: ReactionMessage, person_id: str) -> Open | None:
    """An alert may have arrived although its send never ended well: then its sent time is not known here, and a yes
    to a message of that time can mean nothing else, if only one was sent so. Two timers' alerts are not told apart; an
    alarm of which all is known stands in the way of none, or whoever hears who has it could tell that there is one."""
    found = everything_open(records, person_id)
    fitting = [one for one in found if _may_mean(records, reaction, one)]
    if len(fitting) != 1 or sum(isinstance(one, OpenAlert) for one in found) > 1:
        return None
    return fitting[0]


def _may_mean(records: Records, reaction: ReactionMessage, one: Open) -> bool:
    if reaction.group is not None and not _is_group_of(records, reaction.group, one):
        return False
    subject = one.alarm if isinstance(one, OpenAlarm) else one.check_in
    rows = records.outbox.of_check_in(subject.id, *_ASKS_TAKE)
    tries = [row.first_attempt_at for row in rows if row.first_attempt_at and _may_be(row, reaction, one)]
    return bool(tries) and reaction.target_ms >= (min(tries) - _CLOCKS_APART).timestamp() * 1000


def _may_be(row: OutboxRow, reaction: ReactionMessage, one: Open) -> bool:
    """Whether a try to send this row to the chat of the reaction did not end well."""
    chat: Recipient = ToPerson(one.watch.buddy_id)
    if reaction.group is not None and isinstance(one, OpenAlert):
        chat = ToGroup(one.watch.group_id or "")
    if row.to != chat:
        return False
    if row.sent_ms is None or row.failure is not None:  # one try was answered late, and another has begun meanwhile
        return row.failure not in NOT_LEFT
    return row.attempts > 0 and reaction.target_ms < row.sent_ms


def _is_group_of(records: Records, signal_id: str, one: Open) -> bool:
    """An alarm says nothing in a group."""
    group = records.groups.by_signal_id(signal_id)
    return group is not None and isinstance(one, OpenAlert) and group.id == one.watch.group_id


def _is_watched_by(check_in: CheckIn, person_id: str) -> bool:
    return any(watch.buddy_id == person_id for watch in check_in.watches)
