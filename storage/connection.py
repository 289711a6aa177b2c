"""What a repository needs of a database: four calls with numbered parameters, the same for every engine."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, LiteralString, Protocol

SqlValue = int | str | bytes | None
"""What a column holds: whole numbers (times are milliseconds UTC, flags 0 or 1), text, bytes."""


class SqlRow(Protocol):
    """One row, read by column name."""

    def __getitem__(self, name: str, /) -> Any:
        """Give a column's value."""
        ...


class Connection(Protocol):
    """A connection inside a transaction. SQL uses $1, $2 ... for its parameters."""

    async def rows(self, sql: LiteralString, *values: SqlValue) -> Sequence[SqlRow]:
        """Run a statement and give its rows."""
        ...

    def stream(self, sql: LiteralString, *values: SqlValue) -> AsyncIterator[SqlRow]:
        """Run a statement and give its rows one by one, as they are read: for what may be too much to hold."""
        ...

    async def row(self, sql: LiteralString, *values: SqlValue) -> SqlRow | None:
        """Run a statement and give its first row."""
        ...

    async def run(self, sql: LiteralString, *values: SqlValue) -> int:
        """Run a statement and give how many rows it changed."""
        ...
