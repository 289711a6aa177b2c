"""Numbers that people say to each other: one after the other, without gaps."""

from storage.connection import Connection

_NEXT = """
    INSERT INTO counter (name, value)
    VALUES ($1, 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
    RETURNING value
"""


_LAST = "SELECT value FROM counter WHERE name = $1"


async def last_number(connection: Connection, name: str) -> int:
    """Give the number of a series that was given last; 0 where none was."""
    row = await connection.row(_LAST, name)
    return int(row["value"]) if row is not None else 0


async def next_number(connection: Connection, name: str) -> int:
    """Give the next number of a series, from 1."""
    row = await connection.row(_NEXT, name)
    if row is None:
        raise LookupError(name)
    return int(row["value"])
