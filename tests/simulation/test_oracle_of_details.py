"""When what she left is due, and when not: nights of which the oracle complained although the bot was right."""

import pytest

from tests.simulation.fabricated import (
    ALARM,
    ALERT,
    BARE_ALERT,
    CLEAR,
    GOOD_NIGHT,
    SAVED,
    Night,
    back,
    complaints,
    started,
)

NOTE = "/note Harbour Lane 5678"
KEPT = "Kept, 00:04. It goes with your timer."


@pytest.mark.parametrize("again", [True, False])
def test_with_more_time_it_waits_for_the_next_alert(again: bool) -> None:
    night = started().reads(180.1, "Bo", ALERT).says(185, "Ana", "/extend 3m purple giraffe")
    night.reads(185.1, "Ana", "Saved. Your timer now runs until 00:06.")
    night.reads(185.1, "Bo", "Ana sent the word and needs more time: the timer now runs until 00:06.")
    night.says(200, "Ana", NOTE).reads(200.1, "Ana", KEPT)
    if again:
        night.reads(425.1, "Bo", BARE_ALERT.replace("00:02", "00:06"))
    assert complaints(back(night, 430 if again else 300)) == (["missed detail"] if again else [])


@pytest.mark.parametrize(
    "heard",
    [
        "Timer of Ana: Cy has it. You need do nothing for now. I write again if that changes.",
        "Timer of Ana: Cy says that they have spoken, 00:03. I ask Ana for the word until 00:06",
        "Noted: you have spoken with Ana, 00:03. I ask Ana for the word until 00:06",
        None,
    ],
)
def test_who_may_rest_gets_it_with_his_next_alert(heard: str | None) -> None:
    night = started().suffers("a send hangs", 179, 200).reads(180.1, "Bo", BARE_ALERT)
    if heard is not None:
        night.reads(210, "Bo", heard)
    assert complaints(back(night, 300)) == ([] if heard else ["missed detail"])


@pytest.mark.parametrize("closed", [True, False])
def test_an_alarm_that_is_closed_brings_nothing_more(closed: bool) -> None:
    night = started().says(90, "Ana", "/sos").reads(90.1, "Bo", ALARM)
    if closed:
        night.reads(130, "Bo", "About Ana: closed, 00:02. Bo says that they have spoken, and nobody reopened it.")
    night.says(140, "Ana", NOTE).reads(140.1, "Ana", KEPT)
    assert complaints(back(night, 170)) == ([] if closed else ["missed detail"])


@pytest.mark.parametrize(("alert", "leak"), [(ALERT, False), (ALARM.replace("Ana", "Cy"), True)])
def test_two_may_be_at_the_same_address(alert: str, leak: bool) -> None:
    night = started().says(62, "Bo", "/start 1m\nHarbour Lane 1234").reads(62.1, "Bo", "NOT started: no buddy")
    assert ("leak" in complaints(night.reads(180.1, "Bo", alert))) is leak


def test_an_alert_about_the_timer_before_brings_nothing_of_this_one() -> None:
    """All of it had to wait for the disk, and came at once."""
    night = started().suffers("network stalls", 150, 170).suffers("database is locked", 175, 195)
    night.says(182, "Ana", "purple giraffe").says(185, "Ana", "/start 5m\nHarbour Lane 5678")
    night.reads(195.1, "Bo", ALERT).reads(195.2, "Ana", GOOD_NIGHT).reads(195.2, "Bo", CLEAR)
    night.reads(195.3, "Ana", "Saved. Your timer runs until 00:08. Bo is on call.")
    assert complaints(back(night, 300)) == []


@pytest.mark.parametrize("lost", [True, False])
def test_of_two_starts_the_first_may_have_died_with_the_bot(lost: bool) -> None:
    """Both until the same minute: the answer says nothing about which it was."""
    night = Night().says(60, "Ana", "/start 1m\nHarbour Lane 9999").says(60.5, "Ana", "/start 1m\nHarbour Lane 1234")
    if lost:
        night.suffers("bot was down", 60.1, 62)
    night.reads(62.1, "Ana", SAVED).reads(180.1, "Bo", ALERT)
    assert ("missed detail" in complaints(back(night, 190))) is not lost


def test_of_an_edit_and_a_start_that_came_together_the_edit_may_not_have_counted() -> None:
    """Both had to wait, and the line in the group says nothing about which it was."""
    night = Night().suffers("network is down", 40, 65)
    night.says(58, "Ana", "/start 1m\nHarbour Lane 9999", kind="edit", read_at=66)
    night.says(60, "Ana", "/start 1m\nHarbour Lane 1234", read_at=66)
    night.reads(66.1, "Ana", "Edits do not count. Nothing changed.").reads(66.1, "Ana", SAVED)
    assert complaints(back(night.reads(180.1, "Bo", ALERT), 190)) == []
