"""Numbers that people say to each other: one after the other, without gaps."""

from storage.connection import Connection

_NEXT = """
    INSERT INTO counter (name, value)
    VALUES ($1, 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
    RETURNING value
"""


async def next_number(connection: Connection, name: str) -> int:
    """Give the next number of a series, from 1."""
    row = await connection.row(_NEXT, name)
    if row is None:
        raise LookupError(name)
    return int(row["value"])
