"""Times as columns hold them: milliseconds UTC, and ISO days."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Give an aware moment as milliseconds UTC."""
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(value: int) -> datetime:
    """Give milliseconds UTC as an aware moment."""
    return _EPOCH + value * _MILLISECOND
