"""Circles of people who look after each other. The words are theirs alone, so that one in a wrong place is noticed."""

WORDS = {
    "Ana": ("purple giraffe", "velvet hacksaw"),
    "Bo": ("quokka marmalade", "tungsten bagpipe"),
    "Cy": ("copper nightingale", "glacier trombone"),
    "Dee": ("walnut lighthouse", "crimson anvil"),
    "Eve": ("saffron pelican", "granite ukulele"),
    "Flo": ("indigo tortoise", "harpoon biscuit"),
}
"""Everybody's codeword and duress word."""

HOUSEHOLDS: tuple[dict[str, tuple[str, ...]], ...] = (
    {"Ana": ("Bo", "Cy"), "Bo": ("Ana",), "Cy": ()},
    {"Ana": ("Bo",), "Cy": ("Dee",), "Bo": (), "Dee": ("Cy",)},
    {"Ana": ("Bo", "Cy", "Dee"), "Bo": ("Cy",), "Cy": (), "Dee": ()},
    {"Ana": ("Cy", "Bo"), "Dee": ("Cy",), "Eve": ("Cy", "Ana"), "Bo": (), "Cy": ()},
    {"Ana": ("Bo", "Dee"), "Cy": ("Dee", "Eve"), "Flo": ("Eve",), "Bo": ("Ana",), "Dee": (), "Eve": ()},
)
"""Each: a person, and who looks after her, in the order of alerting."""

PLAN = "Ring the {name} household first, zebra crossing seven"
"""The standing instructions of everybody who has buddies."""


LENGTHS = {
    "min_duration": "1m",
    "reminder": "2m",
    "reminder_from": "4m",
    "grace": "60s",
    "seen_within": "60s",
    "delivered_within": "30s",
    "taken_within": "60s",
    "operator_after": "150s",
    "repeat": "2m",
    "repeat_for": "8m",
    "repeat_later": "4m",
    "follow_up": "4m",
    "answer_within": "2m",
    "resolve_within": "3m",
    "alarm_pause": "3m",
}
"""The settings of these nights: short enough that much happens within a quarter of an hour."""
