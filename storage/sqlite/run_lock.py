"""One bot at a time on one database: two would take each other's updates and messages away."""

from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from bot.ports import StorageUnavailableError, Trouble
from storage.errors import saying_what_is_wrong


@contextmanager
def run_alone(path: Path) -> Iterator[None]:
    """Be the only bot on a database until the block ends, or until the process does, however it ends.

    The operator's commands do not ask for this: their place is beside a running bot. Raises StorageUnavailableError
    when another bot runs, FileUnusableError when the folder cannot be used.
    """
    with saying_what_is_wrong(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = path.with_name(f"{path.name}.run.lock")
        lock.touch(mode=0o600)
        held = lock.open("w")
    with held:  # the system lets go of it with the process
        try:
            flock(held, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise StorageUnavailableError(Trouble.RUNNING) from None
        yield
