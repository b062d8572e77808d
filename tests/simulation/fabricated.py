"""Nights that nobody played: what an oracle has to see in them is known beforehand."""

from bot.simulation.chronicle import Chronicle, HandedOver, Shown, Someone, Terms, Trouble, Written
from bot.simulation.oracle.judging import judge

TERMS = Terms(
    grace=60,
    taken_within=60,
    repeat=120,
    repeat_for=480,
    repeat_later=240,
    delivered_within=30,
    follow_up=240,
    answer_within=120,
    resolve_within=180,
    alarm_pause=180,
    shortest=60,
)
ANA = Someone("Ana", "purple giraffe", "velvet hacksaw", ("Bo",), "account-of-ana")
BO = Someone("Bo", "quokka marmalade", "tungsten bagpipe", (), "account-of-bo")
SAVED = "Saved. Your timer runs until 00:02. Bo is on call."
BARE_ALERT = "Timer of Ana: no word since 00:02. It is 00:03 now. Most often this is just a delay."
ALERT = f"{BARE_ALERT}\nHarbour Lane 1234"
"""With what she left, all in one."""
CLEAR = "Ana has sent the word, 00:03: the timer is closed. Nothing more to do. Thank you."
GOOD_NIGHT = "Thanks, noted. Good night."
ALARM = "About Ana: please read all of this first.\nAt 00:01, Ana gave the sign …\nHarbour Lane 1234"


class Night:
    """A night put together by hand: it begins at midnight, everything is handed over at once."""

    def __init__(self) -> None:
        self.chronicle = Chronicle((ANA, BO), TERMS, 0.0, closed=1000.0)
        self._messages = 0

    def says(
        self,
        at: float,
        who: str,
        text: str,
        where: str = "",
        *,
        handed_over: bool = True,
        read_at: float | None = None,
        kind: str = "text",
    ) -> "Night":
        """Somebody writes to the bot in the direct chat, or in a group; `read_at`: it had to wait."""
        self._messages += 1
        self.chronicle.written.append(Written(at, who, where, text, self._messages, kind))
        if handed_over:
            self.chronicle.handed_over.append(HandedOver(at if read_at is None else read_at, who, self._messages))
        return self

    def sends_photo(self, at: float, who: str, shows: str) -> "Night":
        """Somebody sends a photo in the direct chat."""
        self._messages += 1
        self.chronicle.written.append(Written(at, who, "", shows, self._messages, "photo"))
        self.chronicle.handed_over.append(HandedOver(at, who, self._messages))
        return self

    def reads(self, at: float, who: str, text: str, where: str = "", files: str = "") -> "Night":
        """A phone gets something of the bot."""
        self._messages += 1
        self.chronicle.shown.append(Shown(at, who, where, text, self._messages, files=files))
        return self

    def suffers(self, kind: str, began: float, ended: float) -> "Night":
        """Something goes wrong."""
        self.chronicle.troubles.append(Trouble(kind, began, ended))
        return self


def started() -> Night:
    """Ana has started a timer at a minute past midnight: it ends at 00:02, and an alert is due at 00:03."""
    return Night().says(60, "Ana", "/start 1m\nHarbour Lane 1234").reads(60.1, "Ana", SAVED)


def overdue() -> Night:
    """The alert has come in time, she is back five seconds later, and all is well."""
    return (
        started()
        .reads(180.1, "Bo", ALERT)
        .says(185, "Ana", "purple giraffe")
        .reads(185.1, "Ana", GOOD_NIGHT)
        .reads(185.1, "Bo", CLEAR)
    )


def back(night: Night, at: float) -> Night:
    """She sends her word, and both are told."""
    night.says(at, "Ana", "purple giraffe").reads(at + 0.1, "Ana", GOOD_NIGHT)
    return night.reads(at + 0.1, "Bo", CLEAR)


def complaints(night: Night) -> list[str]:
    """The kinds of what the judge finds wrong, in order."""
    return sorted({one.kind for one in judge(night.chronicle).findings})
