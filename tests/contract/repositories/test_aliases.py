"""Names of places that were added, on every engine."""

from bot.ports import Executor
from tests.contract.asking import do
from tests.contract.samples import HUNG, OTHER, WARD


async def test_a_name_added_again_gets_the_new_place(executor: Executor) -> None:
    """A slip is mended by saying it again."""
    await do(executor, lambda uow: uow.aliases.add(name="chợ nổi", unit=WARD, officer=None))
    await do(executor, lambda uow: uow.aliases.add(name="chợ nổi", unit=OTHER, officer=HUNG))
    assert dict(await do(executor, lambda uow: uow.aliases.all())) == {"chợ nổi": OTHER}
