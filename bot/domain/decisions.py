"""What follows when something happens to a check-in, or why it cannot happen."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.check_in import CheckIn


class Effect(StrEnum):
    """What follows from a decision. `use_cases.happenings` turns each into rows of the outbox."""

    REMIND = "remind"
    ASK_FOR_WORD = "ask_for_word"
    ASK_LATE_IF_UNASKED = "ask_late_if_unasked"
    WITHDRAW_STALE = "withdraw_stale"  # what has not left yet; newer messages follow
    ALERT = "alert"  # one buddy, by direct message and a neutral line in his group
    COMPLETE_ALERT = "complete_alert"  # what was held back from one buddy
    CONFIRM_TAKEN = "confirm_taken"
    CONFIRM_GIVEN_BACK = "confirm_given_back"
    CONFIRM_HELD = "confirm_held"
    TELL_TAKEN = "tell_taken"
    ASK_HOW_IT_STANDS = "ask_how_it_stands"
    TELL_RESUMED = "tell_resumed"
    TELL_RESOLVED = "tell_resolved"
    ASK_AFTER_RESOLVE = "ask_after_resolve"
    TELL_SEEN = "tell_seen"
    TELL_PHONE_SILENT = "tell_phone_silent"  # a buddy's phone has not confirmed the start line
    TELL_NO_ACCOUNT = "tell_no_account"  # Signal finds no account of a buddy whom the start line asked
    ASK_NEXT = "ask_next"  # nobody has answered: one buddy more is on call
    CALL_IN_HIS_PLACE = "call_in_his_place"  # who was on call has left: another buddy is
    TELL_NOBODY_ANSWERED = "tell_nobody_answered"
    TELL_OPERATOR = "tell_operator"  # an alert reaches nobody
    TELL_NEW_TIME = "tell_new_time"
    TELL_TIME_ASKED_BEFORE = "tell_time_asked_before"
    NEW_TIME_LINES = "new_time_lines"
    WITHDRAW_QUESTION = "withdraw_question"
    WITHDRAW_PROMPTS = "withdraw_prompts"
    WITHDRAW_ALERTS = "withdraw_alerts"
    CLOSE_DOWN = "close_down"  # end lines, all-clears, erasure, deletion of alert messages


@dataclass(frozen=True)
class Happening:
    """One effect and the buddy it concerns (None: the person, or everybody)."""

    effect: Effect
    buddy_id: str | None = None


@dataclass(frozen=True)
class Decision:
    """The check-in as it stands afterwards, what follows, and why (a stable name for logs and metrics)."""

    check_in: CheckIn
    happenings: tuple[Happening, ...]
    reason: str


class Impossible(StrEnum):
    """Why an event cannot happen now."""

    STALE_STEP = "stale_step"
    NEEDS_WORD = "needs_word"
    TOO_LONG = "too_long"
    NOT_ALERTED = "not_alerted"
    ALREADY_TAKEN_BY_YOU = "already_taken_by_you"
    NOT_TAKEN_BY_YOU = "not_taken_by_you"
    NOT_ASKED = "not_asked"
    ALREADY_PAUSED = "already_paused"
    NOT_PAUSED = "not_paused"
    NO_ALERT_YET = "no_alert_yet"
    NOT_ON_CALL = "not_on_call"
    CLOSED = "closed"


class NotPossible(Exception):  # noqa: N818 (a refusal, not a fault)
    """The table has no way from this stage by this event. Nothing has changed."""

    def __init__(self, why: Impossible) -> None:
        super().__init__(why.value)
        self.why = why
