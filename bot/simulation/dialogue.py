"""A night as people would tell it: what was written and shown, in order, and what went wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.simulation.chronicle import Chronicle


def dialogue(chronicle: Chronicle) -> str:
    """One line for each event; the same night gives the same text."""
    lines = sorted(_lines(chronicle), key=lambda line: line[:2])
    return "\n".join(f"[{_wall(chronicle, at)}] {text}" for at, _, text in lines)


def _lines(chronicle: Chronicle) -> Iterator[tuple[float, int, str]]:
    for one in chronicle.written:
        yield one.at, 1, f"{one.who} -> {_in(one.where)}{_flat(one.text)}"
    for read in chronicle.handed_over:
        yield read.at, 2, f"        (signal-cli has handed over what {read.who} wrote)"
    for shown in chronicle.shown:
        kind = "" if shown.kind == "text" else f"({shown.kind}) "
        yield shown.at, 3, f"    {shown.phone} <- {_in(shown.where)}{kind}{_flat(shown.text)}"
    for trouble in chronicle.troubles:
        of = f" ({trouble.phone})" if trouble.phone else ""
        yield trouble.began, 0, f"*** {trouble.kind}{of}, until {_wall(chronicle, trouble.ended)}"
    for at, text in chronicle.operator:
        yield at, 4, f"    operator <- {_flat(text)}"


def _in(where: str) -> str:
    return f"({where}) " if where else ""


def _flat(text: str) -> str:
    return text.replace("\n", " / ")


def _wall(chronicle: Chronicle, at: float) -> str:
    moment = datetime.fromtimestamp(chronicle.began_at + at, tz=UTC)
    return f"{moment:%H:%M:%S}.{moment.microsecond // 1000:03}"
