"""Alarms and phones whose safety number has changed (SPEC: "A new phone"): as in a check-in's alert, what she left goes
to such a phone only where no other phone has the alert in time. What she confirmed with her duress word is new here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.alarm import Alarm, AlarmStage, AlarmWatch, own_watches
from bot.domain.alarm_decisions import AlarmDecision, AlarmEffect, AlarmHappening
from bot.domain.alarm_rules import with_look_at_held_back
from bot.domain.timing import Timing
from bot.use_cases.who_has_news import who_has_news
from storage.records import Records

_BRINGS_IT = (AlarmEffect.ALERT, AlarmEffect.CONFIRM_TAKEN)
"""Effects that bring a buddy what she left, as far as he lacks it."""


def holds_back(records: Records, alarm: Alarm, watch: AlarmWatch, now: datetime, timing: Timing) -> bool:
    """Whether what she left is held back from this buddy now. Never where he is the only one who is alerted about her,
    by whatever alarm; whom she had to confirm does not count, for he may have been chosen by others."""
    if phone_of(records, alarm, watch.buddy_id) is None:
        return False
    others = _others(records, alarm, watch)
    if others & _who_has_it(records, alarm):
        return True
    return bool(others) and now < alarm.newest_at + timing.delivered_within


def with_news(records: Records, alarm: Alarm, now: datetime) -> Alarm:
    """A sign or a note came. While nobody else has what is held back already, its own minute goes on."""
    held_back = [watch for watch in own_watches(alarm) if watch.held_back]
    have_it = _who_has_it(records, alarm) if held_back else frozenset()
    waits = any(not _others(records, alarm, watch) & have_it for watch in held_back)
    return alarm if waits else replace(alarm, news_at=now)


def _others(records: Records, alarm: Alarm, watch: AlarmWatch) -> set[str]:
    others = {other.buddy_id for each in _open(records, alarm) for other in own_watches(each)} - {watch.buddy_id}
    return others - {one.buddy_id for one in records.pairings.of_person(alarm.person_id) if one.by_duress}


def _who_has_it(records: Records, alarm: Alarm) -> frozenset[str]:
    new_since = {one.owner_id: one.since for one in records.phones.all_new_to(alarm.person_id)}
    return who_has_news(records, [each.id for each in _open(records, alarm)], alarm.newest_at, new_since)


def _open(records: Records, alarm: Alarm) -> list[Alarm]:
    return [alarm, *(other for other in records.alarms.open_about(alarm.person_id) if other.id != alarm.id)]


def phone_of(records: Records, alarm: Alarm, buddy_id: str) -> datetime | None:
    """Since when this buddy has the phone that is new to her (aware UTC); None if it is not."""
    found = records.phones.all_new_to(alarm.person_id)
    return next((one.since for one in found if one.owner_id == buddy_id), None)


def with_new_phones(records: Records, decision: AlarmDecision, now: datetime, timing: Timing) -> AlarmDecision:
    """The decision with what it means for new phones: for whom it brings without what she left, and to whom follows
    what was held back so far."""
    alarm = decision.alarm
    if alarm.stage is not AlarmStage.OPEN:
        return decision
    brought = {happening.buddy_id for happening in decision.happenings if happening.effect in _BRINGS_IT}
    looked_at = [
        watch
        for watch in own_watches(alarm)
        if watch.buddy_id in brought or (watch.held_back and records.people.is_known(watch.buddy_id))
    ]
    held_back = {one.buddy_id: holds_back(records, alarm, one, now, timing) for one in looked_at}
    follows = tuple(
        AlarmHappening(AlarmEffect.COMPLETE_ALERT, one.buddy_id)
        for one in looked_at
        if one.held_back and not held_back[one.buddy_id] and one.buddy_id not in brought
    )
    marked = _marked(alarm, held_back, now, timing)
    return replace(decision, alarm=marked, happenings=(*decision.happenings, *follows))


def keep_held_back(
    records: Records, alarm: Alarm, held_back: Mapping[str, bool], now: datetime, timing: Timing
) -> Alarm:
    """Save the alarm with, for some of its buddies, whether something is held back from them. Returns it."""
    marked = _marked(alarm, held_back, now, timing)
    records.alarms.save(marked)
    return marked


def _marked(alarm: Alarm, held_back: Mapping[str, bool], now: datetime, timing: Timing) -> Alarm:
    watches = tuple(
        replace(watch, held_back=held_back[watch.buddy_id]) if watch.buddy_id in held_back else watch
        for watch in alarm.watches
    )
    return with_look_at_held_back(replace(alarm, watches=watches), now, timing)
