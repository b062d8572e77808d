"""Reactions as answers, only where the bot asked for one (SPEC: "Ways in")."""

from datetime import datetime, timedelta

from bot.domain.check_in import CheckIn
from bot.domain.decisions import NotPossible
from bot.domain.events import Event, GiveBack, Seen, Take
from bot.domain.outgoing import Purpose, ToGroup, ToPerson
from bot.domain.timing import Timing
from bot.use_cases.check_in_course import move_on
from bot.use_cases.drilling import answer_drill
from handlers.message import ReactionMessage
from handlers.open_alerts import OpenAlert, open_alerts
from storage.outbox import OutboxRow
from storage.records import Records

YES = frozenset("👍✅✔❤")
_VARIATIONS = "\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_ASKS_SEEN = (Purpose.START_LINE, Purpose.TIME_LINE)
_ASKS_TAKE = (Purpose.ALERT, Purpose.ALERT_DETAILS, Purpose.ALERT_LINE)
_CLOCKS_APART = timedelta(seconds=5)


def means_yes(emoji: str) -> bool:
    """Whether an emoji says yes, in whatever skin tone or style."""
    return emoji.translate(dict.fromkeys(map(ord, _VARIATIONS))) in YES


def answer_reaction(records: Records, reaction: ReactionMessage, now: datetime, timing: Timing) -> None:
    """Take a reaction for what it answers, if anything, and finish the inbox row. Nothing else is said about it."""
    if not records.inbox.finish(reaction.inbox_id, changed=False):
        return
    person = records.people.by_account(reaction.account)
    if person is None:
        records.inbox.forget(reaction.inbox_id)  # nothing of a stranger is kept
        return
    if not means_yes(reaction.emoji) or not _is_on_the_bots(records, reaction):
        return
    if _answers_drill(records, reaction, person.id, now, timing):
        return
    asked = _asked(records, reaction, person.id)
    if asked is None:
        return
    check_in, event = asked
    try:
        move_on(records, check_in, event, now, timing)
    except NotPossible:
        return


def _answers_drill(records: Records, reaction: ReactionMessage, person_id: str, now: datetime, timing: Timing) -> bool:
    """Whether the reaction is on a message of a drill, and if so, take it for the answer to that."""
    row = _row(records, reaction, person_id)
    if row is None or row.purpose is not Purpose.DRILL:
        return False
    drill = records.drills.get(row.check_in_id or "")
    if drill is not None and not reaction.is_remove:
        answer_drill(records, drill, person_id, now, timing)
    return True


def _asked(records: Records, reaction: ReactionMessage, person_id: str) -> tuple[CheckIn, Event] | None:
    """The check-in and what the reaction says about it; None where nothing was asked."""
    row = _row(records, reaction, person_id)
    if row is None:
        alert = _alert_sent_unnoticed(records, reaction, person_id)
        return None if alert is None else (alert.check_in, _take(reaction, person_id))
    check_in = records.check_ins.get(row.check_in_id) if row.check_in_id else None
    if check_in is None or not _is_watched_by(check_in, person_id):
        return None
    if row.purpose in _ASKS_TAKE:
        return check_in, _take(reaction, person_id)
    if row.purpose in _ASKS_SEEN:
        return check_in, Seen(person_id, seen=not reaction.is_remove)
    return None


def _is_on_the_bots(records: Records, reaction: ReactionMessage) -> bool:
    """Whether the message reacted to is the bot's: whoever else can write where it does is known to it."""
    author = reaction.target_account
    return author is not None and author != reaction.account and records.people.by_account(author) is None


def _take(reaction: ReactionMessage, person_id: str) -> Event:
    return GiveBack(person_id) if reaction.is_remove else Take(person_id)


def _row(records: Records, reaction: ReactionMessage, person_id: str) -> OutboxRow | None:
    if reaction.group is None:
        return records.outbox.by_sent(reaction.target_ms, person_id, None)
    group = records.groups.by_signal_id(reaction.group)
    return None if group is None else records.outbox.by_sent(reaction.target_ms, None, group.id)


def _alert_sent_unnoticed(records: Records, reaction: ReactionMessage, person_id: str) -> OpenAlert | None:
    """An alert may have arrived although its send never ended well: then its sent time is not known here, and a yes
    to a message of that time can mean nothing else, if only one alert is open for this buddy."""
    found = open_alerts(records, person_id)
    if len(found) != 1 or (reaction.group is not None and not _is_group_of(records, reaction.group, found[0])):
        return None
    check_in = found[0].check_in
    rows = records.outbox.of_check_in(check_in.id, *_ASKS_TAKE)
    tries = [row.first_attempt_at for row in rows if row.first_attempt_at and _may_be(row, reaction, found[0])]
    if not tries:
        return None
    first_possible_ms = (min(tries) - _CLOCKS_APART).timestamp() * 1000
    return found[0] if reaction.target_ms >= first_possible_ms else None


def _may_be(row: OutboxRow, reaction: ReactionMessage, alert: OpenAlert) -> bool:
    """Whether a try to send this row to the chat of the reaction did not end well."""
    chat = ToPerson(alert.watch.buddy_id) if reaction.group is None else ToGroup(alert.watch.group_id or "")
    return row.to == chat and (row.sent_ms is None or row.attempts > 0)


def _is_group_of(records: Records, signal_id: str, alert: OpenAlert) -> bool:
    group = records.groups.by_signal_id(signal_id)
    return group is not None and group.id == alert.watch.group_id


def _is_watched_by(check_in: CheckIn, person_id: str) -> bool:
    return any(watch.buddy_id == person_id for watch in check_in.watches)
