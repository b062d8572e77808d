"""Which message a line is about: nights of which the oracle complained although the bot was right."""

import pytest

from bot.simulation.chronicle import Shown, Trouble
from bot.simulation.oracle.judging import judge
from tests.simulation.fabricated import (
    ALARM,
    ALERT,
    BARE_ALERT,
    GOOD_NIGHT,
    SAVED,
    Night,
    back,
    complaints,
    overdue,
    started,
)

GROUP = "Ana+Bo"
NOT_NOW = "Nothing changed. No timer runs. To start one: /start 2h"
NOT_TWICE = "NOT started: your timer until 00:02 still runs. For more time: /extend 30m"


@pytest.mark.parametrize("between", ["", "/start 5m"])
def test_a_start_and_more_time_that_waited_together(between: str) -> None:
    """One line in the group tells of both; a second start between them was refused."""
    night = Night().suffers("bot was down", 50, 120).says(60, "Ana", "/start 1m", GROUP, read_at=120)
    if between:
        night.says(70, "Ana", between, read_at=120).reads(120.1, "Ana", NOT_TWICE)
    night.says(100, "Ana", "/extend 1m", GROUP, read_at=120)
    night.reads(125, "Ana", "Ana's timer runs until 00:03. Bo, please answer this", GROUP)
    assert complaints(back(night.reads(240.1, "Bo", BARE_ALERT.replace("00:02", "00:03")), 250)) == []


@pytest.mark.parametrize("refused", ["", "/extend 7m"])
def test_more_time_twice_that_waited_together(refused: str) -> None:
    """Of what was refused for want of her word the line tells nothing."""
    night = started().suffers("network stalls", 70, 85).says(72, "Ana", "/extend 2m", GROUP, read_at=85)
    if refused:
        night.says(73, "Ana", refused, GROUP, read_at=85).reads(85.1, "Ana", "Nothing changed. More than …", GROUP)
    night.says(75, "Ana", "/extend 1m purple giraffe", GROUP, read_at=85)
    night.reads(90, "Ana", "Ana's timer now runs until 00:05. If I go quiet", GROUP)
    assert complaints(back(night, 290)) == []


def test_a_start_that_died_with_the_bot_is_not_told_by_the_next_one() -> None:
    night = Night().says(10, "Ana", "/start 2m").suffers("bot was down", 10.1, 20)
    night.says(30, "Ana", "purple giraffe").reads(30.1, "Ana", NOT_NOW)
    night.says(75, "Ana", "/start 1m", GROUP).reads(75.1, "Ana", "Ana's timer runs until 00:02. Bo, please", GROUP)
    night.reads(195.1, "Bo", BARE_ALERT)
    back(night, 200)
    night.says(210, "Ana", "/note Harbour Lane 1234").reads(210.1, "Ana", "Kept, 00:03. It goes with your next timer")
    assert complaints(night) == []


def test_a_word_that_died_with_the_bot_is_not_answered_by_the_next_close() -> None:
    night = started().says(80, "Ana", "purple giraffe").suffers("bot was down", 80.1, 85)
    verdict = judge(back(night.reads(180.1, "Bo", ALERT), 200).chronicle)
    assert (verdict.findings, verdict.alerts_due) == ([], 1)


def test_an_edit_that_does_not_count_is_not_told_by_the_next_start() -> None:
    night = Night().says(50, "Ana", "/start 1m\nHarbour Lane 1234", kind="edit")
    night.reads(50.1, "Ana", "Edits do not count. Nothing changed.")
    night.says(60, "Ana", "/start 1m\nHarbour Lane 5678").reads(60.1, "Ana", "Saved. Your timer runs until 00:02. Bo")
    assert complaints(back(night.reads(180.1, "Bo", ALERT.replace("1234", "5678")), 185)) == []


@pytest.mark.parametrize("closes", [True, False])
def test_of_two_words_the_first_changed_nothing(closes: bool) -> None:
    night = Night().suffers("network is down", 10, 50).says(20, "Ana", "purple giraffe", read_at=51)
    night.reads(51.1, "Ana", NOT_NOW).says(52, "Ana", "/start 1m").reads(
        52.1, "Ana", "Saved. Your timer runs until 00:01"
    )
    night.says(60, "Ana", "purple giraffe")
    if closes:
        night.reads(60.1, "Ana", GOOD_NIGHT)
    else:
        night.reads(172.1, "Bo", BARE_ALERT.replace("00:02", "00:01"))
    assert ("unanswered" in complaints(night)) is not closes


def test_a_word_among_others_before_a_start_that_waited_with_it() -> None:
    night = Night().suffers("bot was down", 10, 60).says(20, "Ana", "purple giraffe", GROUP, read_at=60)
    night.says(60, "Ana", "/start 1m").reads(60.1, "Ana", SAVED)
    assert complaints(back(night, 150)) == []


@pytest.mark.parametrize("ends", [True, False])
def test_an_alert_asked_for_once_more_just_as_it_ends(ends: bool) -> None:
    night = started().says(150, "Bo", "/again")
    if ends:
        night.says(150.1, "Ana", "purple giraffe", GROUP).reads(
            150.2, "Ana", "Ana's timer is closed. Thank you.", GROUP
        )
    else:
        back(night, 170)
    assert complaints(night) == ([] if ends else ["late answer"])


def test_what_could_not_be_answered_takes_no_answer_of_what_could() -> None:
    night = Night().says(20, "Ana", "purple giraffe", read_at=40)
    night.chronicle.troubles.append(Trouble("account gone", 10, 45, "Ana"))
    night.says(50, "Ana", "purple giraffe").reads(50.1, "Ana", NOT_NOW)
    assert complaints(night) == []


def test_that_the_alarm_is_closed_is_an_all_clear_too() -> None:
    night = Night().says(30, "Ana", "/sos").reads(30.1, "Bo", ALARM.split("\nHarbour")[0])
    night.says(60, "Ana", "/start 1m").reads(60.1, "Ana", SAVED).reads(180.1, "Bo", BARE_ALERT)
    night.says(185, "Ana", "purple giraffe").reads(185.1, "Ana", GOOD_NIGHT)
    assert complaints(night) == ["no all-clear"]
    assert complaints(night.reads(185.1, "Bo", "About Ana: closed, 00:03. Bo says that they have spoken")) == []


@pytest.mark.parametrize(("second", "twice"), [(ALERT, 1), (f"{ALERT}\nYou have it.", 0)])
def test_who_takes_it_before_he_has_the_whole_is_not_alerted_twice(second: str, twice: int) -> None:
    night = started().reads(180.1, "Bo", ALERT).says(182, "Bo", "on it").reads(182.1, "Bo", second)
    assert judge(back(night, 190).chronicle).duplicates == twice


@pytest.mark.parametrize(("second", "twice"), [(BARE_ALERT, 0), (f"{BARE_ALERT}\nYour phone is new, and", 1)])
def test_the_whole_after_what_was_held_back_from_a_new_phone_is_no_duplicate(second: str, twice: int) -> None:
    """Found in night 51280, which was counted as one sent twice."""
    night = started().reads(180.1, "Bo", f"{BARE_ALERT}\nYour phone is new, and").reads(186.1, "Bo", second)
    assert judge(back(night, 190).chronicle).duplicates == twice


@pytest.mark.parametrize(("also", "twice"), [("", 1), ("Cy", 0), ("/reopen Ana", 0), ("/again", 0), ("Ana: /again", 1)])
def test_a_round_in_which_one_more_is_told_is_no_duplicate(also: str, twice: int) -> None:
    night = started().reads(180.1, "Bo", ALERT)
    who, _, asked = also.rpartition(": ")
    if "/" in also:
        night.says(120, who or "Bo", asked, read_at=209)  # it had to wait
    elif also:
        night.reads(210.1, also, ALERT)
    assert judge(back(night.reads(210.1, "Bo", ALERT), 220).chronicle).duplicates == twice


@pytest.mark.parametrize("heard", ["noted, you have spoken with Ana, 00:02.", "Cy says that they have spoken, 00:02."])
def test_a_note_waits_while_an_alarm_pauses(heard: str) -> None:
    night = Night().says(30, "Ana", "/sos").reads(30.1, "Bo", ALARM.split("\nHarbour")[0])
    night.says(60, "Ana", "/start 1m").reads(60.1, "Ana", SAVED).suffers("a send hangs", 70, 80)
    night.reads(75, "Bo", ALARM.split("\nHarbour")[0])
    night.says(78, "Ana", "/note Harbour Lane 5678").reads(78.1, "Ana", "Kept, 00:01. It goes with your timer.")
    night.reads(85, "Bo", f"About Ana: {heard}")
    assert complaints(back(night, 110)) == []


def test_that_the_next_timer_runs_tells_that_the_one_before_is_closed() -> None:
    """The answer in the group did not reach her, and what would have stood for it was overtaken."""
    night = started().suffers("somebody is rate limited", 100, 160).says(110, "Ana", "purple giraffe", GROUP)
    night.chronicle.shown.append(Shown(110.1, "Bo", GROUP, "Ana's timer is closed. Thank you.", 900))
    night.says(120, "Ana", "/start 5m").reads(165, "Ana", "Saved. Your timer runs until 00:07.")
    assert complaints(back(night, 250)) == []


def test_more_time_tells_of_a_start_that_hung() -> None:
    night = Night().suffers("a send hangs", 59, 110).says(60, "Ana", "/start 1m", GROUP).says(90, "Ana", "/extend 1m")
    night.reads(100, "Ana", "Ana's timer now runs until 00:03. If I go quiet", GROUP)
    night.reads(110, "Ana", "Saved. Your timer now runs until 00:03.")
    assert complaints(back(night, 150)) == []


@pytest.mark.parametrize(("came", "late"), [(515, False), (520, True)])
def test_who_had_no_account_may_hear_of_an_alarm_after_it_has_rested(came: float, late: bool) -> None:
    """Gone until 200; with the settling and the time to the next round that is 337, and an alarm may rest for 180."""
    night = Night().says(30, "Ana", "/sos")
    night.chronicle.troubles.append(Trouble("account gone", 10, 200, "Bo"))
    assert complaints(night.reads(came, "Bo", ALARM.split("\nHarbour")[0])) == (["late alarm"] if late else [])


@pytest.mark.parametrize(
    ("said", "more", "is_told"),
    [
        ("noted, you have", "", True),
        ("Cy says that they have", "", False),
        ("Cy says that they have", "\nAnother sign came at 00:00.", True),
        ("", "", False),
    ],
)
def test_who_says_that_it_is_over_while_the_alarm_is_on_its_way(said: str, more: str, is_told: bool) -> None:
    """To hear it from another is no alarm, unless he hears of the sign with it."""
    night = Night().suffers("a send hangs", 20, 90).says(30, "Ana", "/sos").reads(50, "Bo", "About Ana: you have it.")
    if said:
        night.reads(60, "Bo", f"About Ana: {said} spoken, 00:01.{more}")
    assert complaints(night) == ([] if is_told else ["missed alarm"])


def test_a_night_in_which_all_is_well() -> None:
    assert complaints(overdue()) == []


@pytest.mark.parametrize("answered", [True, False])
def test_that_something_else_was_refused_there_is_no_answer(answered: bool) -> None:
    """The line about her start did not reach her, and so she has to be told directly."""
    night = Night().suffers("somebody is rate limited", 50, 100).says(60, "Ana", "/start 2m", GROUP)
    night.reads(60.1, "Bo", "Ana's timer runs until 00:03. Bo, please", GROUP)
    night.says(110, "Ana", "/extend banana", GROUP).reads(110.1, "Ana", "Nothing changed. By how much?", GROUP)
    if answered:
        night.reads(125, "Ana", "Ana's timer runs until 00:03. Bo, please")
    night.reads(240.1, "Bo", BARE_ALERT.replace("00:02", "00:03"))
    assert complaints(back(night, 250)) == ([] if answered else ["unanswered"])


@pytest.mark.parametrize("changed", [True, False])
def test_a_word_that_was_wrong_is_answered_unless_her_timer_has_changed_since(changed: bool) -> None:
    night = started().suffers("somebody is rate limited", 65, 70).says(66, "Ana", "/safe tungsten bagpipe", GROUP)
    if changed:
        night.says(75, "Ana", "/extend 1m").reads(75.1, "Ana", "Saved. Your timer now runs until 00:03.")
        night.reads(240.1, "Bo", ALERT.replace("00:02", "00:03"))
    else:
        night.says(75, "Ana", "/status").reads(75.1, "Ana", "Your timer runs until 00:02.").reads(180.1, "Bo", ALERT)
    assert complaints(back(night, 250)) == ([] if changed else ["unanswered"])


def test_a_refusal_in_another_group_is_no_answer() -> None:
    night = started().says(70, "Ana", "/safe tungsten bagpipe", GROUP)
    night.reads(70.1, "Ana", "Not quite. Still 00:02.", "Ana+Cy").reads(180.1, "Bo", ALERT)
    assert complaints(back(night, 250)) == ["unanswered"]
