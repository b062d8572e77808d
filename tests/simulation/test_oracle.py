"""The oracle complains of whatever is wrong, and of nothing else: a simulation that cannot fail is worth nothing."""

import pytest

from bot.simulation.chronicle import HandedOver, Trouble, Written
from bot.simulation.oracle.judging import judge
from tests.simulation.fabricated import (
    ALARM,
    ALERT,
    BARE_ALERT,
    CLEAR,
    GOOD_NIGHT,
    SAVED,
    Night,
    complaints,
    overdue,
    started,
)


def test_a_night_in_which_all_is_well() -> None:
    verdict = judge(overdue().chronicle)
    assert verdict.findings == []
    assert (verdict.alerts_due, verdict.alerts_delivered) == (1, 1)


def test_back_in_time() -> None:
    night = started().says(150, "Ana", "purple giraffe").reads(150.1, "Ana", GOOD_NIGHT)
    assert complaints(night) == []


def test_a_missing_alert() -> None:
    assert complaints(started()) == ["missed alert"]


def test_a_word_that_was_never_handed_over_excuses_no_missing_alert() -> None:
    assert complaints(started().says(150, "Ana", "purple giraffe", handed_over=False)) == ["missed alert"]


@pytest.mark.parametrize(("came", "late"), [(181.9, False), (182.5, True)])
def test_a_late_alert(came: float, late: bool) -> None:
    night = started().reads(came, "Bo", ALERT).says(185, "Ana", "purple giraffe").reads(185.1, "Ana", GOOD_NIGHT)
    night.reads(185.1, "Bo", CLEAR)
    assert complaints(night) == (["late alert"] if late else [])


@pytest.mark.parametrize(("came", "late"), [(235.0, False), (238.0, True)])
@pytest.mark.parametrize("trouble", ["bot was down", "database is locked", "a send hangs"])
def test_an_outage_and_its_settling_excuse_an_alert_and_nothing_more(trouble: str, came: float, late: bool) -> None:
    """Nor does it matter that somebody waits for a file."""
    night = started().says(65, "Bo", "/export").reads(65.1, "Bo", "Here is what I keep about you.")
    night.suffers(trouble, 170, 220).reads(came, "Bo", ALERT)
    night.says(250, "Ana", "purple giraffe").reads(250.1, "Ana", GOOD_NIGHT).reads(250.1, "Bo", CLEAR)
    assert complaints(night) == (["late alert"] if late else [])


def test_an_alert_without_a_timer() -> None:
    assert complaints(Night().reads(50, "Bo", BARE_ALERT)) == ["false alert"]


def test_an_alert_before_the_grace_is_over() -> None:
    night = started().reads(170, "Bo", ALERT).says(185, "Ana", "purple giraffe").reads(185.1, "Ana", GOOD_NIGHT)
    assert complaints(night.reads(185.1, "Bo", CLEAR)) == ["false alert", "missed alert"]


def test_an_alert_after_the_end() -> None:
    assert complaints(overdue().reads(300, "Bo", ALERT)) == ["false alert"]


def test_an_alert_although_her_word_was_there() -> None:
    night = started().says(150, "Ana", "purple giraffe").reads(180.1, "Bo", ALERT).reads(181, "Ana", GOOD_NIGHT)
    assert complaints(night.reads(181, "Bo", CLEAR)) == ["false alert", "late answer"]


def test_an_alert_in_a_group_is_one_too() -> None:
    assert complaints(overdue().reads(300, "Bo", "Timer of Ana: no word since 00:02. Bo, please read", "Ana+Bo")) == [
        "false alert"
    ]


def test_alerts_that_cease() -> None:
    night = started().reads(180.1, "Bo", ALERT)
    assert complaints(night) == ["silence"]


def test_no_all_clear() -> None:
    night = started().reads(180.1, "Bo", ALERT).says(185, "Ana", "purple giraffe").reads(185.1, "Ana", GOOD_NIGHT)
    assert complaints(night) == ["no all-clear"]


def test_an_unanswered_command() -> None:
    assert complaints(overdue().says(300, "Bo", "/status")) == ["unanswered"]


def test_a_message_that_was_never_handed_over_needs_no_answer() -> None:
    assert complaints(overdue().says(300, "Bo", "/status", handed_over=False)) == []


def test_a_message_that_died_with_the_bot_needs_no_answer() -> None:
    verdict = judge(overdue().says(300, "Bo", "/status").suffers("bot was down", 300.2, 310).chronicle)
    assert verdict.findings == []
    assert verdict.lost_in_the_gap == 1


@pytest.mark.parametrize(("came", "late"), [(430, False), (440, True)])
def test_a_file_that_hangs_is_waited_for_longer(came: float, late: bool) -> None:
    night = overdue().says(300, "Bo", "/export").suffers("a send hangs", 290, 360)
    assert complaints(night.reads(came, "Bo", "Here is what I keep about you.")) == (["late answer"] if late else [])


@pytest.mark.parametrize(("came", "late"), [(381, False), (383, True)])
def test_an_answer_may_find_the_database_locked_for_the_last_time(came: float, late: bool) -> None:
    night = overdue().says(300, "Bo", "/status").suffers("database is locked", 290, 360)
    night.reads(came, "Bo", "No timer runs. To start one: /start 2h")
    assert complaints(night) == (["late answer"] if late else [])


def test_a_message_that_waited_for_the_disk_may_die_with_the_bot() -> None:
    """Also where one trouble with the disk passes into the next."""
    night = overdue().says(300, "Bo", "/status").suffers("disk is full", 320, 360).suffers("bot was down", 350, 370)
    assert complaints(night) == ["unanswered"]
    assert complaints(night.suffers("database is locked", 290, 325)) == []


def test_a_late_answer() -> None:
    night = overdue().says(300, "Bo", "/status").reads(303, "Bo", "No timer runs. To start one: /start 2h")
    assert complaints(night) == ["late answer"]


def test_a_start_that_was_carried_out_twice() -> None:
    night = overdue()
    assert complaints(night.reads(400, "Ana", SAVED)) == ["done twice"]


def test_a_missing_alarm() -> None:
    night = started().says(90, "Ana", "velvet hacksaw").reads(90.1, "Ana", GOOD_NIGHT)
    assert complaints(night) == ["missed alarm"]


@pytest.mark.parametrize(("told_at", "missing"), [(90.1, False), (100.1, False), (None, True)])
def test_three_wrong_words_and_what_else_she_wrote_may_have_counted(told_at: float | None, missing: bool) -> None:
    night = started()
    for at, text in ((70, "/safe banana sofa"), (80, "/safe banana"), (90, "how are you"), (100, "/safe sofa")):
        night.says(at, "Ana", text).reads(at + 0.1, "Ana", "Not quite. Still 00:02.")
    if told_at is not None:
        night.reads(told_at, "Bo", ALARM)
    night.says(150, "Ana", "purple giraffe").reads(150.1, "Ana", GOOD_NIGHT)
    assert complaints(night) == (["missed alarm"] if missing else [])


def test_a_timer_that_was_started_while_the_clock_was_slow() -> None:
    """It ends half a minute early, in the first minute of the night already."""
    night = Night().says(6, "Ana", "/start 2m").reads(6.1, "Ana", "Saved. Your timer runs until 00:01. Bo is on call.")
    night.chronicle.troubles.append(Trouble("clock is wrong", 5, 35, size=-35.0))
    night.reads(151.1, "Bo", BARE_ALERT.replace("00:02", "00:01"))
    night.says(160, "Ana", "purple giraffe").reads(160.1, "Ana", GOOD_NIGHT).reads(160.1, "Bo", CLEAR)
    assert complaints(night) == []


def test_a_late_alarm() -> None:
    night = started().says(90, "Ana", "velvet hacksaw").reads(90.1, "Ana", GOOD_NIGHT)
    assert complaints(night.reads(95, "Bo", ALARM)) == ["late alarm"]


def test_an_alarm_without_a_sign() -> None:
    assert complaints(overdue().reads(300, "Bo", ALARM)) == ["false alarm"]


def test_details_before_an_alert() -> None:
    night = overdue()
    assert complaints(night.reads(100, "Bo", "Harbour Lane 1234")) == ["leak"]


def test_details_in_a_group() -> None:
    assert complaints(overdue().reads(181, "Bo", "Harbour Lane 1234", "Ana+Bo")) == ["leak"]


KEPT = "Kept, 00:01. It goes with your timer."
PHOTO = "Harbour Lane 5678"


@pytest.mark.parametrize(("came", "complaint"), [(None, "missed detail"), (183.0, "late detail"), (181.0, "")])
def test_details_that_do_not_follow_the_alert(came: float | None, complaint: str) -> None:
    night = started().reads(180.1, "Bo", BARE_ALERT)
    if came is not None:
        night.reads(came, "Bo", "Timer of Ana, 2 of 2. Ana left this for you:\nHarbour Lane 1234")
    night.says(185, "Ana", "purple giraffe").reads(185.1, "Ana", GOOD_NIGHT).reads(185.1, "Bo", CLEAR)
    assert complaints(night) == ([complaint] if complaint else [])


@pytest.mark.parametrize("comes", [True, False])
def test_a_photo_follows_the_alert(comes: bool) -> None:
    night = started().sends_photo(100, "Ana", PHOTO).reads(100.1, "Ana", KEPT).reads(180.1, "Bo", ALERT)
    if comes:
        night.reads(180.5, "Bo", "Timer of Ana: a photo that Ana left at 00:01.", files=PHOTO)
    night.says(185, "Ana", "purple giraffe").reads(185.1, "Ana", GOOD_NIGHT).reads(185.1, "Bo", CLEAR)
    assert complaints(night) == ([] if comes else ["missed detail"])


def test_a_photo_before_an_alert() -> None:
    night = overdue().sends_photo(100, "Ana", PHOTO).reads(100.1, "Ana", KEPT)
    assert "leak" in complaints(night.reads(101, "Bo", "A photo.", files=PHOTO))


def test_to_a_phone_that_is_new_details_may_come_later() -> None:
    night = started().reads(180.1, "Bo", BARE_ALERT)
    night.chronicle.troubles.append(Trouble("new phone", 50, 50, "Bo"))
    night.says(185, "Ana", "purple giraffe").reads(185.1, "Ana", GOOD_NIGHT).reads(185.1, "Bo", CLEAR)
    assert complaints(night) == []


def test_an_edit_of_what_changed_nothing_is_a_start_like_any_other() -> None:
    night = Night().says(50, "Ana", "/stat 1m").reads(50.1, "Ana", "Nothing changed.")
    night.chronicle.written.append(Written(60, "Ana", "", "/start 1m", 99, "edit"))
    night.chronicle.handed_over.append(HandedOver(60, "Ana", 99))
    assert complaints(night.reads(60.1, "Ana", SAVED)) == ["missed alert"]


def test_an_alarm_on_her_own_phone() -> None:
    night = started().says(90, "Ana", "velvet hacksaw").reads(90.1, "Ana", GOOD_NIGHT).reads(90.1, "Bo", ALARM)
    assert complaints(night) == []
    assert complaints(night.reads(91, "Ana", "About Ana: the word was sent.")) == ["leak"]


@pytest.mark.parametrize("said", ["You sent purple giraffe.", "Alarm of Ana"])
def test_a_word_and_what_is_not_neutral(said: str) -> None:
    assert complaints(overdue().reads(300, "Bo", said)) == ["leak"]


@pytest.mark.parametrize("line", ["Ana is late", "purple giraffe", "account-of-bo", "Harbour Lane 1234"])
def test_a_log_that_tells(line: str) -> None:
    night = overdue()
    night.chronicle.logged = line
    assert complaints(night) == ["leak"]


def test_a_bot_that_gave_up() -> None:
    night = overdue()
    night.chronicle.crash = "SpinsError"
    assert complaints(night) == ["crash"]
