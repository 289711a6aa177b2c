"""Every sealed column, in one list: which key seals it, and what its seal is bound to.

A seal opens in its own table, column and row only: the associated data names all three, the row by the columns that the
seal binds. A test compares this list with the schema.
"""

from enum import Enum
from typing import Literal


class SealedColumn(Enum):
    """A sealed column: table, column, purpose of its data key, how long that key is used, columns the seal binds."""

    CONVERSATION = ("conversation", "body", "conversation", "month", ("tag",))
    CARD_PLACE = ("card_place", "body", "card_place", "month", ("tag",))
    TRACE = ("trace", "body", "trace", "month", ("tag",))
    TIP_CONTENT = ("tip", "content", "tip", "month", ("number",))
    TIP_ROUTE = ("tip", "route", "tip", "month", ("number",))
    EVIDENCE = ("decision", "evidence", "evidence", "year", ("number",))
    OFFICER_CHAT = ("officer", "chat", "officer", "month", ("number",))
    OFFICER_PERSON = ("officer", "person", "officer", "month", ("number",))
    OUTBOX = ("outbox", "body", "outbox", "month", ("seq",))
    REMINDER = ("reminder", "body", "reminder", "month", ("number",))
    PARKED_UPDATE = ("parked_update", "raw", "parked", "month", ("bot", "update_id"))

    def __init__(
        self, table: str, column: str, purpose: str, span: Literal["month", "year"], binds: tuple[str, ...]
    ) -> None:
        self.table = table
        self.column = column
        self.purpose = purpose
        self.span = span
        self.binds = binds

    def at(self, *row: int | bytes) -> bytes:
        """Name a place of the column as its seal binds it: "table|column|row", the row by the values of `binds`."""
        values = (value.hex() if isinstance(value, bytes) else str(value) for value in row)
        bound = [value for _, value in zip(self.binds, values, strict=True)]
        return "|".join((self.table, self.column, *bound)).encode()
