"""`python -m bot.sandbox`: start the server and print its address as one line of JSON."""

import argparse
import asyncio
import json
import signal
import sys

from bot.sandbox.server import PROFILES, open_sandbox


async def _run(arguments: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    async with open_sandbox(
        token=arguments.token, username=arguments.username, port=arguments.port, profile=arguments.profile
    ) as running:
        print(json.dumps({"url": running.url, "page": running.page}), flush=True)
        await stopped.wait()


def main() -> None:
    """Read the arguments and serve until stopped."""
    parser = argparse.ArgumentParser(description="A local Bot API server with a page of phones.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--token", required=True)
    parser.add_argument("--username", default="nguontin_sandbox_bot")
    parser.add_argument("--profile", choices=sorted(PROFILES), default="free")
    try:
        asyncio.run(_run(parser.parse_args()))
    except OSError as error:
        sys.exit(f"The sandbox cannot listen: {error.strerror}")


if __name__ == "__main__":
    main()
