"""Every duration of the SPEC that can be set, with the SPEC's defaults. Nobody else writes one down."""

from dataclasses import dataclass
from datetime import timedelta

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Timing:
    """How long things take. See SPEC, "A check-in's life" and "Commands"."""

    min_duration: timedelta = 5 * _MINUTE
    max_duration: timedelta = 24 * _HOUR
    reminder: timedelta = 10 * _MINUTE  # before the deadline
    reminder_from: timedelta = 20 * _MINUTE  # no reminder for anything shorter
    grace: timedelta = 5 * _MINUTE
    extend_freely: timedelta = 60 * _MINUTE  # in all, without the word
    seen_within: timedelta = 5 * _MINUTE  # then the next buddy is asked for a 👍
    delivered_within: timedelta = _MINUTE  # for a phone to confirm a start line or an alert
    look_for_phones: timedelta = 3 * _MINUTE  # how often new phones are looked for
    taken_within: timedelta = 2 * _MINUTE  # then the next buddy too
    operator_after: timedelta = 5 * _MINUTE  # of alerts that reach nobody
    repeat: timedelta = 5 * _MINUTE
    repeat_for: timedelta = _HOUR
    repeat_later: timedelta = 15 * _MINUTE
    repeat_later_for: timedelta = 12 * _HOUR
    repeat_last: timedelta = _HOUR
    follow_up: timedelta = 30 * _MINUTE  # after a buddy took it
    answer_within: timedelta = 10 * _MINUTE  # to "how does it stand?"
    resolve_within: timedelta = 15 * _MINUTE
    alarm_pause: timedelta = 10 * _MINUTE  # after a /resolve
    invite_valid: timedelta = 48 * _HOUR
    pairing_lasts: timedelta = 184 * _DAY  # six months, the longest that six in a row can be
    lapse_warning: timedelta = 14 * _DAY  # before a pairing lapses
    last_warning: timedelta = 3 * _DAY
    late_after: timedelta = timedelta(seconds=5)  # an alert later than this says how late it is
    keep_closed: timedelta = 24 * _HOUR
    settle_quiet: timedelta = timedelta(seconds=5)
    settle_at_most: timedelta = timedelta(seconds=15)
