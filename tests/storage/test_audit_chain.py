"""The audit log as a chain: what was written before can be read off every later row."""

from pathlib import Path

from bot.ports import AuditRow
from tests.contract.asking import broken_at, do
from tests.storage.opening import look, open_storage


async def log_of(folder: Path, *subjects: str) -> list[tuple[object, ...]]:
    """Write a log, and give its hashes."""
    async with open_storage(folder) as executor:
        for subject in subjects:
            row = AuditRow(action="tip.opened", subject=subject)
            await do(executor, lambda uow, row=row: uow.audit.append(row))  # type: ignore[misc]  # row is bound on purpose
    return look(folder, "SELECT hash FROM audit ORDER BY number")


async def test_another_past_gives_every_later_row_another_hash(tmp_path: Path) -> None:
    """Whoever rewrites one row has to rewrite all that follow, and a noted hash of any of them finds it."""
    true = await log_of(tmp_path / "a", "tip 1", "tip 2", "tip 3")
    forged = await log_of(tmp_path / "b", "tip 9", "tip 2", "tip 3")
    assert len(true) == len(forged) == 3
    assert all(one != other for one, other in zip(true, forged, strict=True))


async def test_the_same_past_gives_the_same_hashes(tmp_path: Path) -> None:
    """Otherwise nobody could check them."""
    assert await log_of(tmp_path / "a", "tip 1", "tip 2") == await log_of(tmp_path / "b", "tip 1", "tip 2")


async def test_a_row_that_was_cut_out_is_found(tmp_path: Path) -> None:
    """Forgetting is rewriting too."""
    await log_of(tmp_path, "tip 1", "tip 2", "tip 3")
    look(tmp_path, "DROP TRIGGER audit_is_never_deleted")
    look(tmp_path, "DROP TRIGGER audit_is_never_changed")
    look(tmp_path, "DELETE FROM audit WHERE number = 2")
    look(tmp_path, "UPDATE audit SET number = 2 WHERE number = 3")
    async with open_storage(tmp_path) as executor:
        assert await do(executor, broken_at) == 2
