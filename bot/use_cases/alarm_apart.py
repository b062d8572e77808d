"""Setting buddies apart who have an open alarm and must not learn of a sign that joins it (SPEC: "Silent alarm").

What the sign changes in it (a pause is over, all are alerted at once, the rhythm begins anew) must not show to them
either. So they go on in one of their own, just as it stands, in which those who hear of the sign count as before.
"""

from dataclasses import replace

from bot.domain.alarm import Alarm, AlarmCopy, AlarmWatch, own_watches
from bot.use_cases.alarm_details import share_details
from bot.use_cases.alarm_parts import Part
from storage.records import Records


def set_apart(records: Records, parts: list[Part]) -> list[Part]:
    """The same parts, and behind them one for those of each whom only some of its buddies shall hear."""
    for part in list(parts):
        leaving = {watch.buddy_id for watch in own_watches(part.alarm)} - set(part.hearing)
        before = records.alarms.get(part.alarm.id)
        if before is not None and part.hearing and leaving:
            ordinal = 1 + max(each.alarm.ordinal for each in parts)
            apart = _apart(before, records.new_id(), ordinal, leaving)
            parts = [_without(records, each, before.id, leaving, apart.id) for each in parts]
            parts.append(_keep(records, before, apart, part.copy))
            records.outbox.move_to(apart.id, before.id, leaving)
    return parts


def _apart(before: Alarm, alarm_id: str, ordinal: int, leaving: set[str]) -> Alarm:
    watches = tuple(_seen_from_apart(watch, before.id, leaving) for watch in before.watches)
    return replace(before, id=alarm_id, ordinal=ordinal, watches=watches)


def _keep(records: Records, before: Alarm, apart: Alarm, copy: AlarmCopy) -> Part:
    own = {watch.buddy_id for watch in own_watches(apart)}
    buddies = tuple(buddy for buddy in copy.buddies if buddy.buddy_id in own)
    others = tuple(buddy for buddy in copy.buddies if buddy.buddy_id not in own)
    copy = replace(copy, buddies=buddies, others=(*copy.others, *others))
    records.alarms.add(apart, copy)
    share_details(records, before, apart)
    return Part(apart, copy, ())


def _seen_from_apart(watch: AlarmWatch, left_id: str, leaving: set[str]) -> AlarmWatch:
    return watch if watch.elsewhere or watch.buddy_id in leaving else replace(watch, elsewhere=left_id)


def _without(records: Records, part: Part, left_id: str, leaving: set[str], apart_id: str) -> Part:
    """The part that they left; in others in which they count it is kept where they are now."""
    if part.alarm.id == left_id:
        watches = tuple(watch for watch in part.alarm.watches if watch.buddy_id not in leaving)
    else:
        watches = tuple(
            replace(watch, elsewhere=apart_id) if watch.elsewhere == left_id and watch.buddy_id in leaving else watch
            for watch in part.alarm.watches
        )
    alarm = replace(part.alarm, watches=watches)
    if not part.is_new:
        records.alarms.save(alarm)
    return replace(part, alarm=alarm)
