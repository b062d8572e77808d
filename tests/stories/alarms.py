"""What stories about silent alarms share: her second word, and how their messages begin."""

from tests.stories.dialog import WORD, Someone

DURESS = "yellow submarine"
FIRST = "About Ana: please read all of this first.\n"
SIGN = FIRST + "At 18:00, Ana gave the sign for not being free to speak. …"
UNKNOWN = "Nothing changed. I did not understand that. Send help to see what I can do."


async def both_words(*people: Someone) -> None:
    """Ana chooses a duress word too."""
    ana = people[0]
    await ana.says(f"/words {WORD} > {WORD} / {DURESS}")
    await ana.reads("Saved. …")
    for someone in people:
        someone.forgets()
