"""Finding the place in a location message: Signal sends one as a text with a link to a map."""

import re

LONGEST_LINK = 300
_LINK = re.compile(
    r"https://(?:maps\.google\.com|maps\.apple\.com|(?:www\.)?google\.com/maps|maps\.app\.goo\.gl)(?:[/?]\S*)?",
    re.IGNORECASE,
)


def locations_in(text: str) -> list[str]:
    """The links to places in a text, in order; overlong ones are none."""
    return [link for link in _LINK.findall(text) if len(link) <= LONGEST_LINK]


def without_locations(text: str) -> str:
    """What else the text says: a place's name or address mostly."""
    for link in locations_in(text):
        text = text.replace(link, "", 1)
    return text.strip()
