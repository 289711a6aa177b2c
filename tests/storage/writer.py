"""A process that writes until it is killed, and prints each number once it is stored."""

import asyncio
import sys
from pathlib import Path

from bot.domain.places import UnitCode
from bot.ports import UnitOfWork
from tests.contract.asking import do
from tests.storage.opening import open_storage


async def main(folder: Path) -> None:
    """Write with many callers at once."""
    async with open_storage(folder) as executor:

        async def caller(lane: int) -> None:
            for number in range(100_000):
                name = f"{lane}-{number}"

                async def job(uow: UnitOfWork, name: str = name) -> None:
                    await uow.aliases.add(name=name, unit=UnitCode("31135"), officer=None)

                await do(executor, job)
                sys.stdout.write(f"{name}\n")
                sys.stdout.flush()

        await asyncio.gather(*(caller(lane) for lane in range(16)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
