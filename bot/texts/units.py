"""How lengths of time are said."""

UNITS = {
    "hour": ("{count} hour", "{count} hours"),
    "minute": ("{count} minute", "{count} minutes"),
    "second": ("{count} second", "{count} seconds"),
}
"""Singular and plural in English."""

HOURS_AND_MINUTES = "{hours} {minutes}"
"""How hours and minutes stand together."""
