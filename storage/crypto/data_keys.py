"""The data keys as they lie in the database: each wrapped by the key of its month or year."""

from collections.abc import Iterable, Iterator, Sequence
from typing import LiteralString

from storage.connection import SqlRow
from storage.crypto.keyring import KeyRing
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import new_data_key, unwrap, wrap
from storage.errors import WrongKeyError

ADD: LiteralString = """
    INSERT INTO data_key (epoch, purpose, wrapped)
    VALUES ($1, $2, $3)
    ON CONFLICT (epoch, purpose) DO NOTHING
"""
ALL: LiteralString = "SELECT epoch, purpose, wrapped FROM data_key"
FORGET: LiteralString = "DELETE FROM data_key WHERE epoch = $1 AND purpose = $2"

Name = tuple[int, str]
"""A month or year, and what is sealed with the key."""


def names(ring: KeyRing) -> Sequence[Name]:
    """Name the data keys that the present month and year need."""
    spans = {"month": ring.epoch, "year": ring.year}
    return tuple(dict.fromkeys((spans[column.span], column.purpose) for column in SealedColumn))


def make(name: Name, ring: KeyRing) -> bytes:
    """Make a data key, and wrap it."""
    epoch, purpose = name
    return wrap(new_data_key(), by=ring.keys[epoch], epoch=epoch, purpose=purpose)


def opened(rows: Iterable[SqlRow], ring: KeyRing) -> dict[Name, bytes]:
    """Unwrap the rows of the table. Raises WrongKeyError."""
    found: dict[Name, bytes] = {}
    for row in rows:
        epoch, purpose = row["epoch"], row["purpose"]
        if epoch not in ring.keys:
            raise WrongKeyError(
                f"This database was sealed with the key of {epoch}, which is not in the key folder. "
                "Restore the right key folder from its backup; do not make new keys."
            )
        found[epoch, purpose] = unwrap(row["wrapped"], by=ring.keys[epoch], epoch=epoch, purpose=purpose)
    return found


def needing(name: Name) -> Iterator[tuple[LiteralString, bytes]]:
    """Give the statements that find a seal made with a key, each with what its envelopes begin with; see the vault."""
    epoch, purpose = name
    for column in SealedColumn:
        if column.purpose == purpose:
            yield _first_sealed(column), epoch.to_bytes(4, "big")


def _first_sealed(column: SealedColumn) -> LiteralString:
    where = f"{column.column} IS NOT NULL AND substr({column.column}, 2, 4) = $1"
    return f"SELECT 1 FROM {column.table} WHERE {where} LIMIT 1"  # noqa: S608 - names of ours
