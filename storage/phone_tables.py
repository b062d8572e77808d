"""The tables of people's phones: the identity key that was seen last, and which new phone is not confirmed yet."""

from sqlalchemy import Boolean, Index, Table, Text

from storage.column_types import Instant
from storage.columns import COUNTER, KEYED, MOMENT, id_column, open_column, reference, sealed_column
from storage.schema import metadata

phones = Table(
    "phones",
    metadata,
    reference("person_id", "people.id", primary_key=True),
    open_column("key_lookup", Text, KEYED),
)

new_phones = Table(
    "new_phones",
    metadata,
    id_column(),
    reference("owner_id", "people.id"),
    reference("to_id", "people.id", index=True),
    open_column("since", Instant, MOMENT),
    open_column("told", Boolean, COUNTER),
    sealed_column("standing"),  # nobody sees that one was confirmed under duress
    Index("uq_new_phones_owner_to", "owner_id", "to_id", unique=True),
)
