"""What each effect of a decision about an alarm puts into the outbox: to its buddies, never to her or a group."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.alarm import alarm_watch, may_know, own_watches, signs_for
from bot.domain.alarm_decisions import AlarmEffect, AlarmHappening
from bot.domain.outgoing import TO_BUDDY_ALONE, Fact, Purpose
from bot.use_cases.alarm_alerting import alert_about_alarm, complete_alarm_alert
from bot.use_cases.alarm_details import erase_details
from bot.use_cases.alarm_scene import AlarmScene, copy_of, earlier_alarms, knows_of_other
from bot.use_cases.alerting import withdraw_files_without_alert
from storage.outbox import EVER, OutboxState

_STALE = (*TO_BUDDY_ALONE - {Purpose.ALERT_ATTACHMENT}, Purpose.FOLLOW_UP)
_MAY_SEEM_OVER = frozenset({"alarm.resolved_told", "alarm.ended"})
_PAUSED = frozenset({"alarm.resolved", "alarm.resolved_told"})
_UNSENT = (*TO_BUDDY_ALONE, Purpose.FOLLOW_UP)

Follow = Callable[[AlarmScene, AlarmHappening], None]


def carry_out(scene: AlarmScene, happenings: tuple[AlarmHappening, ...]) -> None:
    """Put everything that follows into the outbox, in order."""
    for happening in happenings:
        EFFECTS[happening.effect](scene, happening)


def _to_buddy(text: str, purpose: Purpose = Purpose.FOLLOW_UP) -> Follow:
    """An effect that says one text to one buddy."""

    def say(scene: AlarmScene, happening: AlarmHappening) -> None:
        _say(scene, happening, text, purpose)

    return say


def _say(scene: AlarmScene, happening: AlarmHappening, text: str, purpose: Purpose = Purpose.FOLLOW_UP) -> None:
    buddy_id = happening.buddy_id or ""
    watch, signs = alarm_watch(scene.after, buddy_id), signs_for(scene.copy, buddy_id)
    facts: dict[str, Fact] = scene.names(buddy_id) | {
        "buddy": scene.label(happening.about_id),
        "now": scene.now,
        "last": signs[-1].at if signs else scene.after.opened_at,
        "next": watch.step_at if watch is not None else None,
        "ends": scene.after.step_at,
    }
    paragraphs = [text]
    if text in _PAUSED and _last_sign_untold(scene, buddy_id):
        paragraphs.append("alarm.known_later")
    if text in _MAY_SEEM_OVER and knows_of_other(scene.records, buddy_id, str(facts["name"]), besides=scene.after.id):
        paragraphs.append("alert.other_open")
    scene.voice.to_person(buddy_id, purpose, "|".join(paragraphs), facts)


def _last_sign_untold(scene: AlarmScene, buddy_id: str) -> bool:
    """Whether she has given another sign since he was alerted: who has spoken with her may have done so before, and who
    could reopen it would learn of it too late."""
    signs = signs_for(scene.copy, buddy_id)
    alerts = scene.records.outbox.of_check_in(scene.after.id, Purpose.ALERT, to=buddy_id)
    return len(signs) > 1 and not any(row.state is OutboxState.SENT for row in alerts if row.created_at >= signs[-1].at)


def _withdraw_stale(scene: AlarmScene, happening: AlarmHappening) -> None:
    scene.records.outbox.withdraw_from(happening.buddy_id or "", scene.after.id, _STALE)
    withdraw_files_without_alert(scene.records, scene.after.id, happening.buddy_id or "", EVER)


def _alert(scene: AlarmScene, happening: AlarmHappening) -> None:
    alert_about_alarm(scene, happening.buddy_id or "")


def _complete_alert(scene: AlarmScene, happening: AlarmHappening) -> None:
    complete_alarm_alert(scene, happening.buddy_id or "")


def _confirm_taken(scene: AlarmScene, happening: AlarmHappening) -> None:
    _say(scene, happening, "alarm.taken")
    _complete_alert(scene, happening)


def _tell_taken(scene: AlarmScene, happening: AlarmHappening) -> None:
    watch = alarm_watch(scene.after, happening.buddy_id or "")
    has_it = watch is not None and watch.taken_at is not None
    _say(scene, happening, "alarm.taken_told_too" if has_it else "alarm.taken_told")


def _confirm_resolved(scene: AlarmScene, happening: AlarmHappening) -> None:
    alone = len(scene.after.watches) == 1
    _say(scene, happening, "alarm.resolved_alone" if alone else "alarm.resolved")


def _to_earlier(of_one_won_since: str, of_one_set_apart: str) -> Follow:
    """An effect that says one of two texts to the buddies of the earlier alarms about her, but not to whom no sign of
    this one may be told; who was set apart from them they know by name."""

    def say(scene: AlarmScene, happening: AlarmHappening) -> None:
        """To each of them who may know of it."""
        for other in earlier_alarms(scene.records, scene.after):
            if other.opened_at > scene.after.opened_at:
                continue  # it took the place of one that ended: of his being won since the text would not be true
            text = of_one_set_apart if other.opened_at == scene.after.opened_at else of_one_won_since
            seen = AlarmScene(scene.records, other, other, copy_of(scene.records, other), scene.now, scene.timing)
            for watch in own_watches(other):
                if may_know(scene.copy, watch.buddy_id) and scene.records.people.is_known(watch.buddy_id):
                    _say(seen, replace(happening, buddy_id=watch.buddy_id), text)

    return say


def _tell_operator(scene: AlarmScene, _: AlarmHappening) -> None:
    """Nobody has it: whoever runs the bot is told, without names."""
    scene.voice.to_operator("operator.reaches_nobody")


def _erase(scene: AlarmScene, _: AlarmHappening) -> None:
    scene.records.outbox.withdraw(scene.after.id, _UNSENT)
    scene.records.outbox.erase_bodies(scene.after.id)
    scene.records.alarms.set_copy(scene.after.id, None)
    erase_details(scene.records, scene.after)


EFFECTS: Mapping[AlarmEffect, Follow] = {
    AlarmEffect.WITHDRAW_STALE: _withdraw_stale,
    AlarmEffect.ALERT: _alert,
    AlarmEffect.COMPLETE_ALERT: _complete_alert,
    AlarmEffect.CONFIRM_TAKEN: _confirm_taken,
    AlarmEffect.CONFIRM_GIVEN_BACK: _to_buddy("alarm.given_back"),
    AlarmEffect.CONFIRM_HELD: _to_buddy("taken.held"),
    AlarmEffect.TELL_TAKEN: _tell_taken,
    AlarmEffect.ASK_HOW_IT_STANDS: _to_buddy("alarm.how_it_stands"),
    AlarmEffect.CONFIRM_RESOLVED: _confirm_resolved,
    AlarmEffect.TELL_RESOLVED: _to_buddy("alarm.resolved_told"),
    AlarmEffect.TELL_EARLIER_TAKEN: _to_earlier("alarm.later_taken", "alarm.taken_told"),
    AlarmEffect.TELL_EARLIER_RESOLVED: _to_earlier("alarm.later_resolved", "alarm.apart_resolved"),
    # Of her timer they hear nothing else: it is not taken back with what is said about the alarm.
    AlarmEffect.TELL_WORD_SENT: _to_buddy("alarm.word_sent", Purpose.ALL_CLEAR),
    AlarmEffect.TELL_ENDED: _to_buddy("alarm.ended", Purpose.ALL_CLEAR),
    AlarmEffect.TELL_OPERATOR: _tell_operator,
    AlarmEffect.ERASE: _erase,
}
"""One entry for every effect; a test holds this table complete."""
