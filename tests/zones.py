"""Thirty commands that are told apart by their answers, and of which nobody else is told: a burst of them."""

from zoneinfo import available_timezones

BURST = 30
ZONES = tuple(sorted(zone for zone in available_timezones() if zone.startswith("Europe/"))[:BURST])


def saved(zone: str) -> str:
    """How the answer begins."""
    return f"Saved. Your time zone is {zone};"
