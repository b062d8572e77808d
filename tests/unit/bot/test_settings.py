"""Settings: read once, checked, and told about one by one (DESIGN, section Settings)."""

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.timing import Timing
from bot.settings import Settings, WrongSettings, describe_settings, read_settings

ENOUGH = {"BUDDY_SIGNAL": "tcp:localhost:7583", "BUDDY_ACCOUNT": "+14155550100"}


@pytest.fixture(autouse=True)
def _only_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in describe_settings():
        monkeypatch.delenv(one.variable, raising=False)
    for name, value in ENOUGH.items():
        monkeypatch.setenv(name, value)


def problems() -> list[str]:
    with pytest.raises(WrongSettings) as caught:
        read_settings()
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_two_settings_are_enough_and_all_others_have_the_defaults_of_the_specification() -> None:
    assert read_settings().timing == Timing()


def test_every_length_of_time_is_a_setting_of_its_own() -> None:
    variables = {one.variable for one in describe_settings()}
    assert {f"BUDDY_{field.name.upper()}" for field in fields(Timing)} <= variables


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90s", 90), ("5m", 300), ("2h", 7200), ("1h30m", 5400), ("1d", 86400), ("0", 0), (" 5M ", 300)],
)
def test_lengths_of_time_are_written_like_this(monkeypatch: pytest.MonkeyPatch, written: str, seconds: int) -> None:
    monkeypatch.setenv("BUDDY_LATE_AFTER", written)
    assert read_settings().late_after == timedelta(seconds=seconds)


@pytest.mark.parametrize("written", ["", "5", "m", "-5m", "5 m", "5x", "1e3s", "5m!", "9" * 30 + "d"])
def test_other_lengths_are_told_and_not_guessed(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("BUDDY_GRACE", written)
    (problem,) = problems()
    assert problem.startswith("BUDDY_GRACE cannot be used: a length of time is written like 90s, 5m or 2h")


@pytest.mark.parametrize("variable", list(ENOUGH))
def test_a_setting_that_must_be_set_is_told(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.delenv(variable)
    (problem,) = problems()
    assert problem.startswith(f"{variable} is not set. ")


WRONG = {
    "BUDDY_SIGNAL": "carrier pigeon",
    "BUDDY_ACCOUNT": "0049 151 secret",
    "BUDDY_DATABASE_URL": "mysql://secret@host/name",
    "BUDDY_TIMEZONE": "Atlantis/Capital",
    "BUDDY_LANGUAGE": "English",
    "BUDDY_REGISTRATION": "maybe",
    "BUDDY_GRACE": "soon",
    "BUDDY_REPEAT": "now and then",
    "BUDDY_KEY_FILE": "secret" * 100,
    "BUDDY_ATTACHMENTS": "~nobody-secret-here/attachments",
}


@pytest.mark.parametrize("variable", sorted(WRONG))
def test_a_wrong_setting_has_one_clear_line_without_its_value(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, WRONG[variable])
    (problem,) = problems()
    assert problem.startswith(f"{variable} cannot be used: ")
    assert "\n" not in problem
    assert WRONG[variable] not in problem
    assert "secret" not in problem


def test_a_folder_that_may_not_be_entered_is_no_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "exists", refused)
    assert read_settings().key_file == "buddy.key"


def test_many_wrong_settings_have_one_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in WRONG.items():
        monkeypatch.setenv(variable, value)
    assert sorted(problem.split()[0] for problem in problems()) == sorted(WRONG)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BUDDY_MIN_DURATION", "0"),
        ("BUDDY_MAX_DURATION", "1m"),
        ("BUDDY_GRACE", "31m"),
        ("BUDDY_REPEAT", "0"),
        ("BUDDY_REPEAT_LATER", "0"),
        ("BUDDY_REPEAT_LAST", "0"),
        ("BUDDY_TAKEN_WITHIN", "0"),
        ("BUDDY_FOLLOW_UP", "0"),
        ("BUDDY_ANSWER_WITHIN", "0"),
        ("BUDDY_RESOLVE_WITHIN", "0"),
        ("BUDDY_INVITE_VALID", "0"),
        ("BUDDY_REMINDER", "21m"),
        ("BUDDY_PAIRING_LASTS", "14d"),
        ("BUDDY_LAPSE_WARNING", "3d"),
        ("BUDDY_LAST_WARNING", "0"),
    ],
)
def test_values_that_would_make_an_evening_unsafe_are_refused(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    (problem,) = problems()
    assert variable in problem


def test_values_that_do_not_fit_together_have_one_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDDY_GRACE", "2h")
    monkeypatch.setenv("BUDDY_REPEAT", "0")
    assert [problem.split()[0] for problem in problems()] == ["BUDDY_GRACE", "BUDDY_REPEAT"]


def test_a_misspelt_setting_is_told_instead_of_being_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDDY_GRACCE", "0")
    assert problems() == ["BUDDY_GRACCE is no setting of this bot. BUDDY_GRACE is one; which did you mean?"]


def test_variables_of_other_programs_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDDY_WORKSPACE_ID", "1")
    read_settings()


def test_settings_do_not_show_themselves_changed() -> None:
    settings = read_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.grace = timedelta(0)


def test_every_setting_is_described_in_words_and_with_a_default_that_can_be_written_back() -> None:
    for one in describe_settings():
        assert one.meaning
        if one.default:
            name = one.variable.removeprefix("BUDDY_").lower()
            again = read_settings(**{name: one.default})
            assert getattr(again, name) == Settings.model_fields[name].default
