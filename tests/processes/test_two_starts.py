"""A second bot on the same PostgreSQL, started by mistake: both hear everything, and nothing is done twice."""

from pathlib import Path
from random import Random

import pytest

from tests.end_to_end.bot_process import BotProcess
from tests.processes.evenings import ALERT, Pair
from tests.processes.household import WORD, household, is_text

pytestmark = pytest.mark.postgresql


async def test_two_bots_on_one_database_answer_once_alert_once_and_change_once(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with household(tmp_path, postgresql_url) as house:
        second = BotProcess(house.bot.settings, tmp_path)
        try:
            await house.start()
            await second.start()
            pair = await Pair.arrive(house, 0, Random(0))
            await pair.become_buddies()
            await house.says(pair.ana, "/start 2s\nRoom 12", "^Saved. Your timer runs until")
            await house.hears(pair.bo, ALERT, 30)
            await house.says(pair.ana, f"/safe {WORD}", "^Thanks, noted")
            await house.hears(pair.bo, "^Ana has sent the word", 30)
            assert await second.stop() == 0
            assert await house.stop() == 0
        finally:
            await second.clean_up()
    for phone, once in (
        (pair.ana, ("^Welcome", "^Saved. Your timer runs until", "^Your timer ended", "^Thanks, noted")),
        (pair.bo, (ALERT, "^Timer of Ana, 2 of 2", "^Ana has sent the word")),
    ):
        for part in once:
            assert len([event for event in phone.history if is_text(part)(event)]) == 1, part
