"""Judges a night by what phones showed, what was sent and when, and what went wrong. Knows nothing of the product."""
