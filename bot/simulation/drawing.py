"""Draws a night from its seed: who does what and when, and what goes wrong, mostly where it hurts most."""

from dataclasses import dataclass, field
from random import Random

from bot.simulation.household import HOUSEHOLDS, WORDS
from bot.simulation.plan import Deed, Mishap, Plan

GRACE = 60.0
_LENGTHS = (("1m", 60), ("1m", 60), ("90s", 90), ("2m", 120), ("2m", 120), ("3m", 180), ("5m", 300))
_KINDS = (
    ("messages suffer", 3),
    ("receipts suffer", 2),
    ("sends are refused", 2),
    ("calls are refused", 2),
    ("a send hangs", 2),
    ("a call hangs", 1),
    ("sends are slow", 2),
    ("signal cli dies", 2),
    ("signal cli dies of a call", 2),
    ("signal cli dies of a message", 2),
    ("network is down", 3),
    ("network stalls", 2),
    ("connection drops", 2),
    ("connection is lost unnoticed", 1),
    ("somebody is rate limited", 1),
    ("disk is full", 2),
    ("database is locked", 2),
    ("clock is wrong", 2),
    ("host sleeps", 2),
    ("kill at a turn", 5),
    ("kill before a commit", 4),
    ("kill after a commit", 4),
    ("kill tearing a commit", 4),
    ("kill before a call", 3),
    ("kill after a call", 3),
)
"""Each kind of mishap, and how often it is drawn."""
_SMALL_TALK = ("hello there", "how are you", "/help", "/status", "/buddies", "help start", "/nonsense", "/settings")
_HOUSEKEEPING = (
    "/export",
    "/renew",
    "/invite",
    "/plan",
    "/order {buddies}",
    "/words {word} > {word} / {duress}",
    "/back",
)
_WRONG = ("purple girafe", "banana sofa", "yellow lantern")


def draw(seed: int) -> Plan:
    """The night of this seed."""
    chance = Random(f"plan of night {seed}")  # noqa: S311 (a night has to repeat itself)
    household = chance.randrange(len(HOUSEHOLDS))
    night = _Night(chance, household)
    for name, buddies in HOUSEHOLDS[household].items():
        if buddies and chance.random() < 0.85:
            night.she_goes_out(name)
        elif not buddies and chance.random() < 0.2:
            night.she_joins(name, chance.choice(tuple(one for one in HOUSEHOLDS[household] if one != name)))
    for name in HOUSEHOLDS[household]:
        if chance.random() < 0.5:
            night.small_talk(name)
        if chance.random() < 0.15:
            night.trouble_with_phone(name)
        if chance.random() < 0.1:
            night.rehearses(name)
    length = max([200.0, *(deed.at + 40 for deed in night.deeds)])
    mishaps = night.mishaps(length)
    return Plan(seed, household, round(length, 3), tuple(sorted(night.deeds)), tuple(sorted(mishaps)))


@dataclass
class _Night:
    chance: Random
    household: int
    deeds: list[Deed] = field(default_factory=list)
    narrow: list[float] = field(default_factory=list)
    """Moments at which a mishap would hurt."""

    def __post_init__(self) -> None:
        self.circle = dict(HOUSEHOLDS[self.household])
        """Who looks after whom."""

    def _do(self, at: float, who: str, what: str, text: str = "", where: str = "") -> None:
        self.deeds.append(Deed(round(max(at, 0.5), 3), who, what, text, where))
        if what in ("write", "photo"):
            self.narrow.append(at)

    def _between(self, low: float, high: float) -> float:
        return self.chance.uniform(low, high)

    def _likely(self, share: float) -> bool:
        return self.chance.random() < share

    # --- her evening

    def she_goes_out(self, name: str) -> None:
        """One timer or two, each with its own end."""
        at = self._between(5, 60)
        for _ in range(self.chance.choice((1, 1, 1, 2))):
            at = self._timer(name, at) + self._between(20, 60)

    def she_joins(self, name: str, buddy: str) -> None:
        """She finds her first buddy; then she goes out, if it has worked."""
        at = self._between(15, 40)
        word, duress = WORDS[name]
        for who, what, text in (
            (name, "write", "/invite"),
            (buddy, "join", name),
            (buddy, "write", "/accept"),
            (name, "write", f"/confirm {buddy}"),
            (name, "write", f"/words {word} / {duress}"),
        ):
            self._do(at, who, what, text)
            at += self._between(0.2, 8)
        self.circle[name] = (buddy,)
        self._timer(name, at)

    def _timer(self, name: str, at: float) -> float:
        """Returns when she is done with it."""
        written, length = self.chance.choice(_LENGTHS)
        details = f"\n{self._place()}" if self._likely(0.5) else ""
        group = self.chance.choice(self.circle[name]) if self._likely(0.2) else ""
        self._do(at, name, "write", f"/start {written}{'' if group else details}", group)
        if self._likely(0.15):
            self._leaves(name, at + self._between(2, 30))
        deadline = at + length
        for buddy in self.circle[name]:
            if self._likely(0.5):
                self._do(at + self._between(3, 100), buddy, "react", f"{name}'s timer", name)
        if self._likely(0.25):
            by = self.chance.choice((1, 2, 3))
            word = f" {WORDS[name][0]}" if self._likely(0.4) else ""
            when = deadline + self._between(-30, 20 if word else -2)
            self._do(when, name, "write", f"/extend {by}m{word}", self._perhaps_group(name, 0.2))
            deadline += 60 * by
        due = deadline + GRACE
        if self._likely(0.2):
            self._leaves(name, due + self._between(-10, 120))
        self.narrow += [deadline, due, due + 30, due + 60, due + 120]
        return self._end(name, at, deadline, due)

    def _end(self, name: str, at: float, deadline: float, due: float) -> float:
        word, duress = WORDS[name]
        ways = (
            "in time",
            "after the deadline",
            "on the edge",
            "late",
            "very late",
            "forgets",
            "duress",
            "sos",
            "wrong",
        )
        is_new = not HOUSEHOLDS[self.household][name]  # whose alarms nobody could judge: they may have no buddy yet
        way = self.chance.choices(ways, (3, 2, 4, 4, 3, 1, *((0, 0, 0) if is_new else (2, 2, 1))))[0]
        if way == "wrong":
            for _ in range(self.chance.randrange(1, 5)):
                wrong = f"/safe {self.chance.choice(_WRONG)}"
                self._do(self._between(at + 5, due + 30), name, "write", wrong, self._perhaps_group(name, 0.2))
            way = self.chance.choice(("on the edge", "late"))
        moment = {
            "in time": self._between(at + 10, deadline),
            "after the deadline": self._between(deadline, due - 1),
            "on the edge": due + self._between(-6, 6),
            "late": due + self._between(5, 120),
            "very late": due + self._between(120, 330),
            "forgets": due + self._between(150, 350),
            "duress": self._between(at + 10, due + 60),
            "sos": self._between(at + 10, due + 60),
        }[way]
        if way in ("late", "very late", "forgets", "on the edge"):
            self.buddies_act(name, due, moment)
        if way == "forgets":
            return moment
        if way in ("duress", "sos"):
            text = duress if way == "duress" else self.chance.choice(("/sos", "/sos hurry"))
            self._do(moment, name, "write", text, self._perhaps_group(name, 0.2))
            for buddy in self.circle[name]:
                self._buddy_in_alarm(name, buddy, moment)
            moment += self._between(30, 200)
            if way == "duress":
                return moment
        ending = self.chance.choice((word, word, f"/safe {word}", f"/cancel {word}", word.upper()))
        self._do(moment, name, "write", ending, self._perhaps_group(name, 0.2))
        return moment

    def _leaves(self, name: str, at: float) -> None:
        """A note or a photo for her buddies; or she only corrects what she wrote, which changes nothing."""
        match self.chance.choice(("note", "note", "photo", "photo", "correction")):
            case "note":
                self._do(at, name, "write", f"/note {self._place()}")
            case "photo":
                self._do(at, name, "photo", self._place())
            case "correction":
                self._do(at, name, "edit", f"/start 5m\n{self._place()}")

    def _place(self) -> str:
        return f"Harbour Lane {self.chance.randrange(1000, 10_000)}"

    def _perhaps_group(self, name: str, share: float) -> str:
        return self.chance.choice(self.circle[name]) if self._likely(share) else ""

    # --- her buddies

    def buddies_act(self, name: str, due: float, until: float) -> None:
        """What they do when they are told."""
        for buddy in self.circle[name]:
            at = due + self._between(4, 150)
            way = self.chance.choice(("nothing", "nothing", "on it", "/ack", "thumb", "/again", "/status"))
            if way == "thumb":
                self._do(at, buddy, "react", "Timer of")
            elif way != "nothing":
                self._do(at, buddy, "write", way)
            if way in ("on it", "/ack", "thumb") and self._likely(0.6):
                at += self._between(10, 300)
                self._do(at, buddy, "write", self.chance.choice((f"/resolve {name}", f"/resolve {name}", "/ack", "hm")))
                if self._likely(0.3):
                    self._do(at + self._between(10, 120), buddy, "write", f"/reopen {name}")
        if self._likely(0.1):
            buddy = self.chance.choice(self.circle[name])
            self._do(self._between(due, until), buddy, "write", f"/safe {name} {WORDS[name][0]}")

    def _buddy_in_alarm(self, name: str, buddy: str, at: float) -> None:
        if self._likely(0.5):
            at += self._between(5, 200)
            self._do(at, buddy, "write", self.chance.choice(("on it", "/ack", "/again", "/status")))
        if self._likely(0.4):
            self._do(at + self._between(20, 200), buddy, "write", f"/resolve {name}")

    # --- everything else

    def small_talk(self, name: str) -> None:
        """What anybody may write at any time."""
        for _ in range(self.chance.randrange(1, 4)):
            text = self.chance.choice((*_SMALL_TALK, *_HOUSEKEEPING, "/away 1h", "/back"))
            word, duress = WORDS[name]
            others = " ".join(reversed(self.circle[name]))
            text = text.format(word=word, duress=duress, buddies=others)
            self._do(self._between(5, 300), name, "write", text)

    def rehearses(self, name: str) -> None:
        """With whoever answers."""
        at = self._between(5, 300)
        self._do(at, name, "write", "/drill")
        for buddy in self.circle[name]:
            if self._likely(0.6):
                self._do(at + self._between(2, 100), buddy, "write", self.chance.choice(("on it", "on it", "/ack")))

    def trouble_with_phone(self, name: str) -> None:
        """It is off for a while, or another one."""
        at = self._between(5, 300)
        match self.chance.choice(("off", "off", "off", "reinstall", "leave", "unregister", "confirms nothing")):
            case "confirms nothing":
                self._do(at, name, "confirm nothing")
            case "off":
                self._do(at, name, "phone off")
                self._do(at + self._between(20, 300), name, "phone on")
            case "reinstall":
                self._do(at, name, "reinstall")
            case "leave" if others := [one for one, buddies in self.circle.items() if name in buddies]:
                self._do(at, name, "leave", where=self.chance.choice(others))
            case "unregister":
                self._do(at, name, "unregister")
                self._do(at + self._between(20, 200), name, "register")

    def mishaps(self, length: float) -> list[Mishap]:
        """What goes wrong; in every tenth night nothing does."""
        kinds, weights = zip(*_KINDS, strict=True)
        chosen = self.chance.choices(kinds, weights, k=self.chance.choice((0, 1, 1, 2, 2, 3, 3, 4, 5, 6)))
        return [self._mishap(kind, length) for kind in chosen]

    def _mishap(self, kind: str, length: float) -> Mishap:
        if self.narrow and self._likely(0.75):
            at = max(0.5, self.chance.choice(self.narrow) + self._between(-4, 2))
        else:
            at = self._between(1, length)
        seconds, count, who = self._between(1, 60), self.chance.randrange(1, 4), ""
        if kind.startswith("kill"):
            seconds, count = self.chance.choice((0.5, 3.0, 20.0, 90.0)), self.chance.randrange(1, 12)
        elif kind == "host sleeps":
            seconds = self._between(10, 600)
        elif kind == "clock is wrong":
            seconds = self.chance.choice((-1, 1)) * self._between(2, 60)
        elif kind == "somebody is rate limited":
            who = self.chance.choice(tuple(self.circle))
        elif kind in ("messages suffer", "receipts suffer", "network is down"):
            seconds = self._between(5, 180)
        return Mishap(round(at, 3), kind, round(seconds, 3), count, who)
