"""What the repositories of one unit of work share."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection

from bot.errors import SealBroken
from bot.ids import Ids
from storage.sealing import Sealer


@dataclass
class Scope:
    """One connection inside one transaction, the keys, new ids, and what was touched on the way."""

    connection: Connection
    sealer: Sealer
    ids: Ids
    outbox_touched: bool = False
    deadlines_touched: bool = False
    erased: bool = False

    def seal(self, column: Column[Any], row_id: str, plaintext: str | None) -> bytes | None:
        """The cell for this column of this row; None stays None."""
        if plaintext is None:
            return None
        return self.sealer.seal(column.table.name, column.name, row_id, plaintext)

    def seal_bytes(self, column: Column[Any], row_id: str, plain: bytes) -> bytes:
        """Like `seal`, for a file."""
        return self.sealer.seal(column.table.name, column.name, row_id, plain)

    def open_bytes(self, column: Column[Any], row_id: str, cell: bytes) -> bytes:
        """What `seal_bytes` was given. Raises SealBroken."""
        return self.sealer.open(column.table.name, column.name, row_id, cell)

    def open(self, column: Column[Any], row_id: str, cell: bytes | None) -> str | None:
        """The text in a cell of this column of this row. Raises SealBroken."""
        return None if cell is None else self.sealer.open_text(column.table.name, column.name, row_id, cell)

    def open_if_whole(self, column: Column[Any], row_id: str, cell: bytes | None) -> str | None:
        """Like `open`, but None where the seal is broken: for what may be missing, so that it stops nothing else."""
        try:
            return self.open(column, row_id, cell)
        except SealBroken:
            return None

    def open_filled(self, column: Column[Any], row_id: str, cell: bytes) -> str:
        """Like `open`, for a cell that is never empty."""
        return self.sealer.open_text(column.table.name, column.name, row_id, cell)
