"""What a text of the catalogue is."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who reads a text; decides how careful its words must be (SPEC: "Tone")."""

    PERSON = "person"  # her chat: her phone may be in the wrong hands
    GROUP = "group"  # neutral lines only
    BUDDY = "buddy"  # neutral in its first 40 characters
    ANYBODY = "anybody"  # strangers and people who are being let in
    OPERATOR = "operator"  # whoever runs the bot; names nobody


@dataclass(frozen=True)
class Text:
    """One sentence or a few that belong together. `{placeholders}` are facts; see `rendering`."""

    audience: Audience
    english: str
