"""Cutting a long text into parts that each fit into one message."""


def cut(text: str, most_bytes: int) -> list[str]:
    """Parts of at most `most_bytes` of UTF-8, cut at a line end or a space where one is near; at least one part.

    Nothing is lost but the white space at the cuts.
    """
    parts = []
    rest = text
    while len(rest.encode("utf-8", "replace")) > most_bytes:
        part = _head(rest, most_bytes)
        parts.append(part.rstrip())
        rest = rest[len(part) :].lstrip()
    return [*parts, rest]


def _head(text: str, most_bytes: int) -> str:
    fits = text.encode("utf-8", "replace")[:most_bytes].decode("utf-8", "ignore")
    for mark in ("\n", " "):
        at = fits.rfind(mark)
        if at > len(fits) // 2:
            return fits[: at + 1]
    return fits
