"""What her phone may be made to do with an alarm open, or ended: the same whichever word ended the evening.

As in `test_equality` each script is played twice from the same seed, once with the codeword and once with the duress
word; all that Ana's phone has received is compared, and when, and how much work each of her messages has made. What
her buddies answer to an alarm they alone know of; what the scripts make them write, they write on both evenings.
"""

import pytest

from tests.stories.two_evenings import Night, Script, assert_alike

PHOTO = ("door.jpg", "image/jpeg", b"a door")


async def notes_and_photos(night: Night) -> None:
    await night.writes("/note before")
    await night.writes("/start 30m\nRoom 12")
    await night.writes(night.word)
    await night.writes("/note by the mill")
    await night.ana.sends(PHOTO)
    await night.scene.passes(seconds=5)
    await night.writes("https://maps.google.com/?q=51.5,-0.1")
    await night.writes("/start 30m\nRoom 13")
    await night.writes("/note " + "x" * 1600)
    await night.writes("/status")
    await night.writes(f"/cancel {night.word}")


async def everything_she_can_set(night: Night) -> None:
    word = night.word
    await night.writes("/plan Ring Cy first")
    await night.writes("/start 30m")
    await night.writes(word)
    for text in ("/plan", "/plan none", "/tz Europe/Paris", "/settings", "/settings messages 2h", "/settings grace 0"):
        await night.writes(text)
    for text in (f"/order {word}", f"/order Cy Bo {word}", f"/order not Bo {word}", f"/order not Bo not Cy {word}"):
        await night.writes(text)
    for text in (f"/export {word}", "/export", "/help", "/help sos", "/help words", "/away 2h", "/back"):
        await night.writes(text)
    await night.writes("/buddies")
    await night.scene.passes(minutes=5)


async def a_drill(night: Night) -> None:
    await night.writes("/start 30m")
    await night.writes(night.word)
    await night.writes("/drill")
    await night.writes("/drill")
    await night.scene.passes(seconds=20)
    await night.bo.says("on it")
    await night.scene.passes(seconds=50)
    await night.cy.says("/ack")
    await night.scene.passes(minutes=16)
    await night.writes("/start 5m")
    await night.writes(night.word)


async def a_forgotten_word(night: Night) -> None:
    await night.writes("/start 30m")
    await night.writes(night.word)
    await night.writes("/reset")
    await night.bo.says("/vouch Ana")
    await night.scene.passes(minutes=5)
    await night.writes("/reset")
    await night.writes(f"/safe {night.word}")
    await night.writes("/reset")
    await night.cy.says("/vouch Ana")
    await night.scene.passes_mostly_off(hours=25)
    await night.writes("/words green lantern / red tractor")
    await night.writes("/start 30m")
    await night.writes("green lantern")


async def erased(night: Night) -> None:
    await night.writes("/start 5m\nRoom 12")
    await night.scene.passes(minutes=13)
    await night.writes(night.word)
    await night.writes(f"/forget {night.other} no")
    await night.writes(f"/forget {night.word}")
    await night.writes("hello")
    await night.scene.passes(minutes=3)
    await night.writes("/sos")
    await night.writes("/status")


async def left_by_all(night: Night) -> None:
    """Nobody is left to be told, as far as her phone knows."""
    await night.writes("/start 30m")
    await night.writes(night.word)
    await night.writes(f"/unpair Bo {night.word}")
    await night.writes(f"/unpair Cy {night.word}")
    await night.writes("/sos")
    await night.writes("/sos", in_group=True)
    await night.scene.passes(minutes=10)


async def left_with_one_whose_phone_is_off(night: Night) -> None:
    await night.writes("/start 30m")
    await night.writes(night.word)
    await night.writes(f"/unpair Bo {night.word}")
    await night.cy.phone.go_offline()
    await night.writes("/sos")
    await night.scene.passes(minutes=10)


async def left_quietly(night: Night) -> None:
    await night.writes("/start 30m")
    await night.writes(night.word)
    await night.writes(f"/unpair Bo {night.word} quietly")
    await night.writes("/start 30m")
    await night.writes("/safe no word of hers")
    await night.writes(night.word)
    await night.writes(f"/unpair Cy {night.word}")
    await night.writes("/start 30m")
    await night.writes("/drill")


async def buddies_answer_where_she_reads(night: Night) -> None:
    """Their 👍 on the lines of the group, and what they should have written directly."""
    await night.writes("/start 30m")
    line = next(
        event for event in night.bo.phone.history if event.group_id is not None and "timer runs" in (event.body or "")
    )
    await night.bo.reacts("👍", line, in_group=True)
    await night.scene.passes(seconds=5)
    await night.writes(night.word)
    end = [event for event in night.bo.phone.history if event.group_id is not None and "closed" in (event.body or "")]
    await night.bo.reacts("👍", end[-1], in_group=True)
    for text in ("/ack", "/resolve Ana", "/reopen Ana", "/again", "/status", "on it", "/help", "/sos"):
        await night.bo.says_in_group(text)
        await night.scene.passes(seconds=2)
    await night.cy.says("/unpair Ana")
    await night.scene.passes(minutes=20)
    await night.writes("/status")


async def resolved_days_later(night: Night) -> None:
    await night.writes("/start 5m\nRoom 12")
    await night.scene.passes(minutes=13)
    await night.writes(night.word)
    await night.scene.passes_mostly_off(hours=30)
    await night.bo.says("/resolve Ana")
    await night.scene.passes_mostly_off(hours=26)
    await night.writes("/status")
    await night.writes("/start 30m")
    await night.writes("/status")
    await night.writes(f"/safe {night.word}")


async def said_on_a_buddys_phone(night: Night) -> None:
    await night.writes("/start 30m\nRoom 12")
    await night.bo.says(f"/safe Ana {night.word}")
    await night.scene.passes(seconds=5)
    await night.writes("/status")
    await night.writes("/start 30m")
    await night.cy.says(f"/cancel Ana {night.word}")
    await night.scene.passes(seconds=5)
    await night.bo.says(f"/safe Ana {night.word}")
    await night.scene.passes(minutes=10)


async def an_only_buddy(night: Night) -> None:
    await night.cy.says("/unpair Ana")
    await night.scene.passes(seconds=5)
    await night.writes("/start 5m")
    await night.scene.passes(minutes=12)
    await night.bo.says("on it")
    await night.scene.passes(seconds=5)
    await night.writes(night.word)
    await night.bo.says("/resolve Ana")
    await night.scene.passes(minutes=12)
    await night.bo.says("/unpair Ana")
    await night.scene.passes(minutes=2)
    await night.writes("/sos")
    await night.writes("/start 30m")


async def a_marked_buddy(night: Night) -> None:
    await night.writes(f"/order Bo not Cy {night.word}")
    await night.writes("/start 5m with Cy")
    await night.scene.passes(minutes=15)
    await night.writes(night.word)
    await night.writes("/buddies")
    await night.writes(f"/order {night.word}")
    await night.writes("/start 30m with Cy")
    await night.writes(f"/safe {night.word}")


async def with_no_word_from_signal(night: Night) -> None:
    """Signal takes nothing of the bot's for a while, just when she ends it."""
    await night.writes("/start 30m")
    night.scene.night.stand_in.faults.hang("send", times=None)
    await night.writes(night.word)
    await night.scene.passes(minutes=6)
    night.scene.night.stand_in.faults.clear()
    await night.scene.passes(minutes=6)
    await night.writes("/status")


async def missed_by_the_lines_in_the_group(night: Night) -> None:
    """Nothing leaves for her phone: what answers her there comes directly, or is over by then."""
    stand_in = night.scene.night.stand_in
    for words in (("/start 30m", night.word), ("/start 30m", "tungsten bagpipe", night.word), ("/start 30m",)):
        limit = await stand_in.rate_limit("Ana", 428, retry_after=20, groups=True)
        for text in words:
            await night.writes(text, in_group=True)
        await stand_in.clear_faults(limit)
        await night.scene.passes(minutes=2)
    await night.writes(night.word)
    await night.writes("/extend 30m", in_group=True)
    await night.scene.passes(minutes=5)


SCRIPTS: list[Script] = [
    notes_and_photos,
    everything_she_can_set,
    a_drill,
    a_forgotten_word,
    erased,
    left_by_all,
    left_with_one_whose_phone_is_off,
    left_quietly,
    buddies_answer_where_she_reads,
    resolved_days_later,
    said_on_a_buddys_phone,
    an_only_buddy,
    a_marked_buddy,
    with_no_word_from_signal,
    missed_by_the_lines_in_the_group,
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
def test_nothing_that_is_done_later_tells_the_two_evenings_apart(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_alike(script, monkeypatch)
