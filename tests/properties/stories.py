"""The evenings that are played while things go wrong. See `evenings.py`."""

import asyncio
from datetime import timedelta

from bot.domain.check_in import Stage
from tests.properties.night import ALERT, GRACE, PATIENCE, WORD, Night
from tests.properties.resting import check_closed_once, the_check_ins

SLOWEST = timedelta(seconds=25)
"""How late an alert may be besides the time in which the bot was down: settling, and a little."""


async def pair(night: Night) -> None:
    """Ana and Bo become a pair, from nothing."""
    await night.asks(night.ana, f"/join {night.code}", "^Welcome")
    await night.asks(night.ana, "/name Ana", "see you as Ana")
    await night.asks(night.ana, f"/words {WORD}", "^Saved. Your new word")
    await pair_again(night)


async def pair_again(night: Night) -> None:
    """Ana invites Bo, and he is one of her buddies afterwards."""
    night.ana.forget()  # a code of an earlier invitation may have come twice
    forward = await night.asks(night.ana, "/invite", "/join [A-Z0-9-]+")
    code = (forward.body or "").split("/join ")[1].split()[0]
    await night.asks(night.bo, f"/join {code}", "asks you to be a buddy")
    await night.asks(night.bo, "/name Bo", "see you as Bo")
    await night.asks(night.bo, "/accept", "I have asked Ana")
    await night.reads(night.ana, "Somebody who uses the name Bo", within=2 * PATIENCE)
    await night.asks(night.ana, f"/confirm Bo {WORD}", "^Done. Bo is your buddy")
    await night.reads(night.bo, "^Done. You are now a buddy of Ana", within=2 * PATIENCE)
    await night.reads_in_any_group(night.bo, "^Hello Ana and Bo")


async def start(night: Night, duration: str) -> None:
    """Ana starts a timer; if her message arrived too late for that, she starts it again."""
    answer = None
    while answer is None or (answer.body or "").startswith("NOT"):
        order = f"/start {duration}\nRoom 12"
        answer = await night.asks(night.ana, order, "Your timer runs until|^NOT started. Your message reached me only")


async def first_alert(night: Night) -> None:
    """It comes, and neither too early nor too late."""
    await night.reads(night.bo, ALERT, within=700)
    (check_in,) = await the_check_ins(night)
    due_at = check_in.deadline + GRACE
    first = night.alert_times()[0]
    assert due_at <= first, "alerted too early"
    assert first <= due_at + SLOWEST + timedelta(seconds=night.down_for + night.slack), "alerted too late"


async def end_with_the_word(night: Night) -> None:
    """Ana sends her word, and Bo reads that it is over."""
    await night.asks(night.ana, WORD, "Good night")
    await night.reads(night.bo, "^Ana has sent the word", within=2 * PATIENCE)


async def she_is_back_in_time(night: Night) -> None:
    """Nobody is alerted."""
    await pair(night)
    await start(night, "10m")
    await asyncio.sleep(60)
    await night.asks(night.ana, WORD, "Good night")
    await asyncio.sleep(700)
    assert night.texts(night.bo, ALERT) == []
    assert night.texts(night.bo, "no word since", in_group=True) == []
    await check_closed_once(night)


async def he_takes_it(night: Night) -> None:
    """She is late, he takes it, she comes back."""
    await pair(night)
    await start(night, "60s")
    await first_alert(night)
    await night.reads(night.bo, "left this for you:\nRoom 12", within=2 * PATIENCE)
    await night.asks(night.bo, "on it", "^You have it")
    await asyncio.sleep(30)
    await end_with_the_word(night)
    await check_closed_once(night)


async def nobody_answers(night: Night) -> None:
    """The alert is repeated until she comes back."""
    await pair(night)
    await start(night, "60s")
    await first_alert(night)
    for _ in range(2):
        await night.reads(night.bo, ALERT, within=300 + 2 * PATIENCE)
    await end_with_the_word(night)
    await check_closed_once(night)


async def he_has_spoken_with_her(night: Night) -> None:
    """He resolves it, and she confirms by her word."""
    await pair(night)
    await start(night, "60s")
    await first_alert(night)
    await night.asks(night.bo, "/resolve Ana", "you have spoken with Ana")
    await night.reads(night.ana, "says that you two have spoken", within=2 * PATIENCE)
    await end_with_the_word(night)
    await check_closed_once(night)


async def more_time(night: Night) -> None:
    """She asks for more time, twice, the second time after the deadline."""
    await pair(night)
    await start(night, "5m")
    await night.asks(night.ana, "/extend 5m", "Your timer now runs until")
    (check_in,) = await the_check_ins(night)
    assert check_in.deadline - check_in.started_at == timedelta(minutes=10)
    assert check_in.extended_freely == timedelta(minutes=5)
    await first_alert(night)
    await night.asks(night.ana, f"/extend 5m {WORD}", "Your timer now runs until")
    await night.reads(night.bo, "needs more time", within=2 * PATIENCE)
    alerts = len(night.alert_times())
    await asyncio.sleep(60)
    await night.asks(night.ana, WORD, "Good night")
    await asyncio.sleep(400)
    assert len(night.alert_times()) == alerts
    (check_in,) = await the_check_ins(night)
    assert check_in.stage is Stage.CLOSED


async def they_part_and_pair_again(night: Night) -> None:
    """The first group goes, and there is one new one."""
    await pair(night)
    await night.asks(night.ana, f"/unpair Bo {WORD}", "no longer paired")
    await night.reads(night.bo, "no longer paired", within=2 * PATIENCE)
    await pair_again(night)


STORIES = (
    she_is_back_in_time,
    he_takes_it,
    nobody_answers,
    he_has_spoken_with_her,
    more_time,
    they_part_and_pair_again,
)
