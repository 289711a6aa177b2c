"""Run a delivery over prepared rows for a while of virtual time."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.delivery import Delivery, Pace, Rate
from bot.delivery.rounds import OnBlocked
from tests.unit.outbox_world import Channel, World, may_read
from tests.unit.virtual_time import VirtualClock, run_virtually

FREE = Pace(overall=Rate(1e6, 100), chat=Rate(1e6, 100), group=Rate(1e6, 100))


def deliver(
    prepare: Callable[[World, Channel], None],
    *,
    pace: Pace = FREE,
    seconds: float = 60,
    on_blocked: OnBlocked | None = None,
    during: Callable[[World, Channel, Delivery], Awaitable[None]] | None = None,
) -> tuple[World, Channel]:
    """Run a delivery over prepared rows for a while of virtual time."""

    async def main() -> tuple[World, Channel]:
        clock, channel = VirtualClock(), Channel()
        world = World(clock)
        prepare(world, channel)
        delivery = Delivery(executor=world, sender=channel, may_read=may_read, on_blocked=on_blocked, pace=pace)
        world.hand_over_to(delivery.hear)
        running = asyncio.create_task(delivery.run())
        if during is not None:
            await during(world, channel, delivery)
        await asyncio.sleep(seconds)
        delivery.stop()
        await running
        return world, channel

    return run_virtually(main())
