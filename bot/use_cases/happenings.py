"""What each effect of a decision puts into the outbox. Deciding is done elsewhere (`bot.domain.course`)."""

from collections.abc import Callable, Mapping

from bot.domain.check_in import CheckIn, Watch
from bot.domain.decisions import Effect, Happening
from bot.domain.outgoing import TO_BUDDY_ALONE, Fact, Purpose, Recipient, ToGroup, ToPerson
from bot.domain.watching import alerted, watch_of
from bot.use_cases.alarm_scene import knows_of_other
from bot.use_cases.alerting import alert_buddy, complete_alert, complete_where_missing, withdraw_files_without_alert
from bot.use_cases.closing import close_down
from bot.use_cases.facts_about import is_absent, is_away
from bot.use_cases.scene import Scene
from bot.use_cases.voice import take_back_said_directly
from storage.outbox import OutboxState

_FILES = Purpose.ALERT_ATTACHMENT  # never stale: they go on leaving beside the next alert
_MAY_SEEM_OVER = frozenset({"alert.new_time", "alert.time_asked_before", "resolve.told", "taken.told"})


def carry_out(scene: Scene, happenings: tuple[Happening, ...]) -> None:
    """Put everything that follows into the outbox, in order."""
    for happening in happenings:
        EFFECTS[happening.effect](scene, happening)


def start_lines(scene: Scene) -> None:
    """Tell the groups of the buddies on call until when (SPEC: step 1), and the group in which she started.

    A buddy who is not on call does not learn there who is: buddies of one person do not know of each other. With
    alerts only no group is told.
    """
    if scene.after.start_lines:
        for watch in scene.after.watches:
            if watch.on_call or (watch.group_id is not None and watch.group_id == scene.answered_in):
                start_line(scene, watch)


def start_line(scene: Scene, watch: Watch, *, changed: bool = True) -> None:
    """Tell one buddy's group until when, and have it looked at whether he is in it. `changed`: her timer is new."""
    if watch.group_id is None:
        return
    text = "group.start" if watch.on_call else "group.start_elsewhere"
    facts = scene.names_in_group(watch) | until_facts(scene.after)
    answers, about = scene.answered(watch.group_id), scene.after.person_id if changed else None
    take_back_said_directly(scene.records, scene.after.person_id, watch.buddy_id)
    scene.voice.to_group(watch.group_id, Purpose.START_LINE, text, facts, answers, about)
    if watch.on_call:
        scene.voice.look_at_group(watch.group_id, scene.after.deadline)


def until_facts(check_in: CheckIn) -> dict[str, Fact]:
    """The deadline, and the moment from which the people act without the bot."""
    return {"until": check_in.deadline, "by": check_in.people_act_at}


def _remind(scene: Scene, _: Happening) -> None:
    scene.voice.to_person(
        scene.after.person_id,
        Purpose.REMINDER,
        "remind.person",
        {"until": scene.after.deadline},
        expires_at=scene.after.deadline,
    )


def _ask_late_if_unasked(scene: Scene, _: Happening) -> None:
    """The question could not leave so far, and names a moment that has passed; unless it is on its way in this form."""
    asked = scene.records.outbox.of_check_in(scene.after.id, Purpose.QUESTION)
    if all(row.state is not OutboxState.WAITING or row.text == "ask.late" for row in asked):
        return
    scene.records.outbox.withdraw(scene.after.id, {Purpose.QUESTION})
    facts: Mapping[str, Fact] = {"until": scene.after.deadline}
    scene.voice.to_person(scene.after.person_id, Purpose.QUESTION, "ask.late", facts)


def _ask_for_word(scene: Scene, _: Happening) -> None:
    by = scene.after.deadline + scene.after.grace
    text = "ask.person" if by > scene.now and scene.after.watches else "ask.late"
    facts: Mapping[str, Fact] = {"until": scene.after.deadline, "by": by}
    scene.voice.to_person(scene.after.person_id, Purpose.QUESTION, text, facts)


def _alert(scene: Scene, happening: Happening) -> None:
    alert_buddy(scene, watch_of(scene.after, happening.buddy_id or ""))


def _complete_alert(scene: Scene, happening: Happening) -> None:
    complete_alert(scene, watch_of(scene.after, happening.buddy_id or ""))


def _confirm_taken(scene: Scene, happening: Happening) -> None:
    _to_buddy("taken.confirm")(scene, happening)
    complete_where_missing(scene, watch_of(scene.after, happening.buddy_id or ""))


def _to_buddy(
    text: str, *facts_of: Callable[[Scene], Mapping[str, Fact]], purpose: Purpose = Purpose.FOLLOW_UP
) -> Callable[[Scene, Happening], None]:
    """An effect that says one text to the buddy whom it concerns."""

    def say(scene: Scene, happening: Happening) -> None:
        watch = watch_of(scene.after, happening.buddy_id or "")
        if text in _MAY_SEEM_OVER and not _may_know_of_it(scene, watch):
            return
        facts = scene.names(watch) | {"next": scene.next_at, "until": scene.after.deadline, "now": scene.now}
        for more in facts_of:
            facts |= more(scene)
        seems_over = text in _MAY_SEEM_OVER and knows_of_other(scene.records, watch.buddy_id, str(facts["name"]))
        scene.voice.to_person(watch.buddy_id, purpose, f"{text}|alert.other_open" if seems_over else text, facts)

    return say


def _may_know_of_it(scene: Scene, watch: Watch) -> bool:
    """Whether an alert may have reached him, or its line his group: to who was told nothing, it would say who else she
    has asked (SPEC: they do not learn of each other, except when one takes what another also got)."""
    his: set[Recipient] = {ToPerson(watch.buddy_id), ToGroup(watch.group_id or "")}
    rows = scene.records.outbox.of_check_in(scene.after.id, Purpose.ALERT, Purpose.ALERT_LINE)
    return any(row.may_have_left for row in rows if row.to in his)


def _taker(scene: Scene) -> Mapping[str, Fact]:
    return {"buddy": scene.buddy_name(scene.after.taken_by)}


def _resolver(scene: Scene) -> Mapping[str, Fact]:
    return {"buddy": scene.buddy_name(scene.after.resolved_by)}


def _ask_how_it_stands(scene: Scene, happening: Happening) -> None:
    alone = len(scene.after.watches) == 1
    _to_buddy("taken.how_it_stands_alone" if alone else "taken.how_it_stands")(scene, happening)


def _tell_resolved(scene: Scene, happening: Happening) -> None:
    own = happening.buddy_id == scene.after.resolved_by
    _to_buddy("resolve.saved" if own else "resolve.told", _resolver)(scene, happening)


def _ask_after_resolve(scene: Scene, _: Happening) -> None:
    facts = dict(_resolver(scene)) | {"by": scene.after.step_at}
    scene.voice.to_person(scene.after.person_id, Purpose.QUESTION, "ask.resolved", facts)


def _tell_her(text: str) -> Callable[[Scene, Happening], None]:
    """An effect that tells her about the buddy whom it concerns, while her timer still runs."""

    def say(scene: Scene, happening: Happening) -> None:
        facts: dict[str, Fact] = {"until": scene.after.deadline}
        if happening.buddy_id is not None:
            facts["buddy"] = scene.buddy_name(happening.buddy_id)
        scene.voice.to_person(scene.after.person_id, Purpose.NOTICE, text, facts, expires_at=scene.after.deadline)

    return say


def _ask_next(scene: Scene, happening: Happening) -> None:
    """One buddy more is on call: his group gets the start line, and she is told, also if he cannot see that."""
    watch = watch_of(scene.after, happening.buddy_id or "")
    start_line(scene, watch, changed=False)
    absent = is_absent(scene.records, watch)
    _tell_her("start.next_on_call|start.not_in_group" if absent else "start.asking_next")(scene, happening)


def _call_in_his_place(scene: Scene, happening: Happening) -> None:
    """He is on call from now on: his group gets the start line, unless she chose alerts only, and she is told."""
    watch = watch_of(scene.after, happening.buddy_id or "")
    if scene.after.start_lines:
        start_line(scene, watch, changed=False)
    away = is_away(scene.records, watch.buddy_id, scene.now)
    absent = scene.after.start_lines and is_absent(scene.records, watch)
    texts = ["start.on_call_now", *["start.away"] * away, *["start.not_in_group"] * absent]
    _tell_her("|".join(texts))(scene, happening)


def _tell_operator(scene: Scene, _: Happening) -> None:
    scene.voice.to_operator("operator.reaches_nobody")


def _new_time_lines(scene: Scene, _: Happening) -> None:
    unsent = scene.records.outbox.withdraw(scene.after.id, {Purpose.START_LINE, Purpose.TIME_LINE})
    never_told = {row.to for row in unsent if row.purpose is Purpose.START_LINE and row.first_attempt_at is None}
    with_line = {row.to for row in scene.records.outbox.of_check_in(scene.after.id, Purpose.START_LINE)}
    for watch in scene.after.watches:
        if watch.group_id is None or ToGroup(watch.group_id) not in with_line:
            continue
        facts = scene.names_in_group(watch) | until_facts(scene.after)
        fresh = ToGroup(watch.group_id) in never_told
        purpose, text = (Purpose.START_LINE, "group.start") if fresh else (Purpose.TIME_LINE, "group.new_time")
        text = text if watch.on_call else f"{text}_elsewhere"
        answers, about = scene.answered(watch.group_id), scene.after.person_id
        scene.voice.to_group(watch.group_id, purpose, text, facts, answers, about)


def _withdraw(*purposes: Purpose) -> Callable[[Scene, Happening], None]:
    def withdraw(scene: Scene, _: Happening) -> None:
        scene.records.outbox.withdraw(scene.after.id, set(purposes))

    return withdraw


def _withdraw_stale(scene: Scene, happening: Happening) -> None:
    _withdraw(*TO_BUDDY_ALONE - {_FILES}, Purpose.ALERT_LINE, Purpose.FOLLOW_UP)(scene, happening)
    for watch in alerted(scene.before):
        since = scene.before.alerting_since or scene.now
        withdraw_files_without_alert(scene.records, scene.after.id, watch.buddy_id, since)


def _close_down(scene: Scene, _: Happening) -> None:
    close_down(scene.records, scene.after, scene.now, scene.answered_in)


EFFECTS: Mapping[Effect, Callable[[Scene, Happening], None]] = {
    Effect.REMIND: _remind,
    Effect.ASK_FOR_WORD: _ask_for_word,
    Effect.ASK_LATE_IF_UNASKED: _ask_late_if_unasked,
    Effect.WITHDRAW_STALE: _withdraw_stale,
    Effect.ALERT: _alert,
    Effect.COMPLETE_ALERT: _complete_alert,
    Effect.CONFIRM_TAKEN: _confirm_taken,
    Effect.CONFIRM_GIVEN_BACK: _to_buddy("taken.confirm_given_back"),
    Effect.CONFIRM_HELD: _to_buddy("taken.held"),
    Effect.TELL_TAKEN: _to_buddy("taken.told", _taker),
    Effect.ASK_HOW_IT_STANDS: _ask_how_it_stands,
    Effect.TELL_RESUMED: _to_buddy("taken.resumed"),
    Effect.TELL_RESOLVED: _tell_resolved,
    Effect.ASK_AFTER_RESOLVE: _ask_after_resolve,
    Effect.TELL_SEEN: _tell_her("start.seen"),
    Effect.TELL_PHONE_SILENT: _tell_her("start.phone_silent"),
    Effect.TELL_NO_ACCOUNT: _tell_her("start.without_account"),
    Effect.ASK_NEXT: _ask_next,
    Effect.CALL_IN_HIS_PLACE: _call_in_his_place,
    Effect.TELL_NOBODY_ANSWERED: _tell_her("start.nobody_answered"),
    Effect.TELL_OPERATOR: _tell_operator,
    Effect.TELL_NEW_TIME: _to_buddy("alert.new_time", purpose=Purpose.ALL_CLEAR),
    Effect.TELL_TIME_ASKED_BEFORE: _to_buddy("alert.time_asked_before", purpose=Purpose.ALL_CLEAR),
    Effect.NEW_TIME_LINES: _new_time_lines,
    Effect.WITHDRAW_QUESTION: _withdraw(Purpose.QUESTION),
    Effect.WITHDRAW_PROMPTS: _withdraw(Purpose.REMINDER, Purpose.QUESTION),
    Effect.WITHDRAW_ALERTS: _withdraw(*TO_BUDDY_ALONE, Purpose.ALERT_LINE),
    Effect.CLOSE_DOWN: _close_down,
}
"""One entry for every effect; a test holds this table complete."""
