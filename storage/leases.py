"""A lease: who works on a row, and until when nobody else does."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Lease:
    """`owner` names the running bot (see `single_process`). After `until` (aware UTC) anybody may claim the row."""

    owner: str
    until: datetime
