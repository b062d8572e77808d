"""Playing practice scripts without a terminal (`buddy practice --script FILE`)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from bot.practice.evening import evening
from bot.practice.paired_people import SetUpFailed
from bot.practice.script_lines import At, Script, ScriptMistake, Setting, Step
from bot.practice.script_looking import Unplayable
from bot.practice.script_parsing import parse_script
from bot.practice.script_stage import Stage, Unfulfilled
from bot.practice.virtual_time import VirtualClock, run_virtual
from bot.settings import Settings, WrongSettings

PLAYED = 0
NOT_AS_EXPECTED = 1
NOT_A_SCRIPT = 2

_DAY = date(2027, 3, 5)
_USUAL = time(20, 0)
_BEFOREHAND = timedelta(minutes=2)
_ZONE = "Europe/London"
_NOT_TO_BE_SET = {"signal", "account", "database_url", "key_file", "timezone"}
_TROUBLE = '"level": "error"'


@dataclass(frozen=True, slots=True)
class Play:
    """A script that was played. `trouble` says what was not as expected, for whoever wrote the script."""

    conversation: str
    trouble: str | None = None


def play(paths: Sequence[Path], out: TextIO, errors: TextIO) -> int:
    """Play these files and write the conversations. Returns the exit code: 0, 1 not as expected, 2 not a script."""
    code = PLAYED
    for place, path in enumerate(paths):
        if place:
            out.write("\n\n")
        code = max(code, _play_one(path, out, errors))
    return code


def perform(script: Script) -> Play:
    """Play one script on a fresh bot, always in the same way. Raises ScriptMistake for a step that cannot be done."""
    return run_virtual(lambda clock: _perform(clock, script), _beginning(script))


def _play_one(path: Path, out: TextIO, errors: TextIO) -> int:
    try:
        script = parse_script(path.read_text(encoding="utf-8"))
        result = perform(script)
    except ScriptMistake as mistake:
        errors.write(f"{path}, {mistake}\n")
        return NOT_A_SCRIPT
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        errors.write(f"{path} cannot be read: {why}.\n")
        return NOT_A_SCRIPT
    out.write(f"{script.title}\n\n" if script.title else "")
    out.write(result.conversation)
    out.flush()
    if result.trouble is None:
        return PLAYED
    errors.write(f"\n{path}, {result.trouble}\n")
    return NOT_AS_EXPECTED


def _beginning(script: Script) -> datetime:
    """Shortly before the first time of day that the script names, so that no empty hours are played."""
    first = next((step.act.time for step in script.steps if isinstance(step.act, At)), _USUAL)
    return datetime.combine(_DAY, first, ZoneInfo(_ZONE)) - _BEFOREHAND


async def _perform(clock: VirtualClock, script: Script) -> Play:
    settings = [(step.line, step.act) for step in script.steps if isinstance(step.act, Setting)]
    log = io.StringIO()
    try:
        async with evening(clock, log_to=log, timezone=_ZONE, **_given(settings)) as night:
            stage = Stage(night)
            trouble = await _do_all(stage, [step for step in script.steps if not isinstance(step.act, Setting)])
    except WrongSettings as wrong:
        raise ScriptMistake(settings[0][0], str(wrong)) from None
    return Play(stage.transcript.show(), trouble or _reported(log.getvalue()))


def _given(settings: Sequence[tuple[int, Setting]]) -> dict[str, Any]:
    for line, setting in settings:
        if setting.name not in Settings.model_fields or setting.name in _NOT_TO_BE_SET:
            raise ScriptMistake(line, f"practice has no setting {setting.name}; `buddy settings` lists them all.")
    return {setting.name: setting.value for _, setting in settings}


async def _do_all(stage: Stage, steps: Sequence[Step]) -> str | None:
    for step in steps:
        try:
            await stage.do(step.act)
        except (Unplayable, SetUpFailed) as mistake:
            raise ScriptMistake(step.line, str(mistake)) from None
        except Unfulfilled as unfulfilled:
            return f"line {step.line}: {unfulfilled}"
    return None


def _reported(log: str) -> str | None:
    """What the bot itself has logged as an error."""
    lines = [line for line in log.splitlines() if _TROUBLE in line]
    return "the bot reports errors:\n" + "\n".join(lines) if lines else None
