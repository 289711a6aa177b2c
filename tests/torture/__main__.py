"""`python -m tests.torture`: torture the bot, and say in the last line what was lost. Exit status 1 if anything was."""

import argparse
import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.e2e.stories import FAST, WARD
from tests.torture.faults import ALONE, FAULTS, NotRefusedError
from tests.torture.people import PATIENCE, Crowd
from tests.torture.rig import Rig, open_rig
from tests.torture.verdict import Judgement, judge

SETTINGS = {**FAST, "NGUONTIN_LOG_LEVEL": "INFO"}
LATER = {
    "NGUONTIN_QUESTION_MINUTES": "0.05",
    "NGUONTIN_ANSWER_MINUTES": "0.05",
    "NGUONTIN_NOTICE_SECONDS": "2",
    "NGUONTIN_FEEDBACK_HOURS": "0.001",
}
"""What else is told at once waits so long that kills and wrong clocks come between."""
WIDTH = 8
"""Citizens who have something to tell at any moment."""


def _enter_a_room_of_its_own() -> None:
    """Go on where a small disk may be mounted that goes with the processes, if the system lets anybody do that."""
    for room in (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"]):
        is_possible = (
            shutil.which("unshare") and not subprocess.run([*room, "true"], check=False, capture_output=True).returncode
        )
        if is_possible and "TORTURE_ROOM" not in os.environ:
            os.environ["TORTURE_ROOM"] = "yes"
            os.execvp(room[0], [*room, sys.executable, "-m", "tests.torture", *sys.argv[1:]])  # noqa: S606 - it becomes that process


async def _kill(rig: Rig, chance: random.Random, *, kills: int, until: float, without: list[str]) -> Counter[str]:
    """Kill the bot amid one fault after the other, all of them in turn and in no order."""
    done: Counter[str] = Counter()
    turn: list[str] = []
    names = [name for name in (*FAULTS, *ALONE) if name not in without]
    while rig.kills < kills and time.monotonic() < until:
        turn = turn or chance.sample(names, len(names))
        name = turn.pop()
        done[name] += 1
        if name in ALONE:
            await ALONE[name](rig, chance)
        else:
            harming = asyncio.create_task(FAULTS[name](rig, chance))
            await asyncio.sleep(chance.uniform(0, 2))
            await rig.kill_bot()
            if chance.random() < 1 / 2:
                await rig.start_bot()
            await harming
        await rig.start_bot()
        await asyncio.sleep(chance.uniform(0, 1.5))
    return done


async def _torture(folder: Path, arguments: argparse.Namespace) -> Judgement:
    chance = random.Random(arguments.seed)
    settings = {**SETTINGS, **LATER} if arguments.later else SETTINGS
    async with open_rig(folder / "stage", chance=chance, settings=settings) as rig:
        officers = [await rig.client.person(name, title=name) for name in ("Hùng", "Mai")]
        for officer in officers:
            await rig.enrol(officer, role="officer", unit=WARD)
        crowd = Crowd(rig.client, officers[:1], officers[1], chance)
        living = asyncio.create_task(crowd.live(width=WIDTH))
        until = time.monotonic() + arguments.seconds
        done = await _kill(rig, chance, kills=arguments.kills, until=until, without=arguments.without)
        crowd.is_over.set()
        await living
        async with asyncio.timeout(PATIENCE):
            while rig.updates:  # noqa: ASYNC110 - the sandbox has no bell for what the bot confirms
                await asyncio.sleep(0.05)
        found = await _ask_with_every_code(rig, crowd)
        await rig.stop_bot()
        judged = await judge(rig, crowd)
        judged.lost += found
        print(f"seed {arguments.seed}, kills {rig.kills}, tips {len(crowd.stories)}, full disk: {rig.disk.kind}")
        print(", ".join(f"{name} {times}" for name, times in sorted(done.items())))
        print(f"updates repeated {rig.updates.repeated}, messages that came twice (allowed) {judged.repeats}")
    return judged


async def _ask_with_every_code(rig: Rig, crowd: Crowd) -> list[str]:
    """Type every receipt's code on a phone that the bot does not know, as whoever lost theirs would."""
    lost = []
    for story in crowd.stories:
        if story.code is not None:
            phone = await rig.client.person("Máy khác")
            await phone.say(story.code)
            try:
                await phone.wait_for("Tin ngày", timeout=PATIENCE)
            except TimeoutError:
                lost.append(f"what the code {story.code} shows")
    return lost


def main() -> int:
    """Read the arguments, torture, report."""
    parser = argparse.ArgumentParser(description="Kill the bot amid faults, and look for what was lost.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--seconds", type=float, default=2 * 3600, help="after these no kill is begun")
    parser.add_argument("--later", action="store_true", help="let what is told later wait for some seconds")
    parser.add_argument("--without", action="append", default=[], choices=[*FAULTS, *ALONE], help="leave a fault out")
    arguments = parser.parse_args()
    _enter_a_room_of_its_own()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="nguontin-torture-"))
    try:
        judged = asyncio.run(_torture(folder, arguments))
    except NotRefusedError as error:
        print(error)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for what, cases in (("lost", judged.lost), ("duplicated", judged.duplicated), ("off", judged.off)):
        print("".join(f"{what}: {case}\n" for case in cases), end="")
    print(judged.last_line)
    return 0 if judged.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
