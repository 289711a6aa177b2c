"""`demo`: the sandbox with its page of phones and the real bot beside it; `--tour` plays the story without a person."""

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.chat.texts import Texts
from bot.cli.stage import Stage, StageError
from bot.cli.tour import WARD, Cast, play
from bot.domain.conversation import Language

LAST_LINES = 20
"""Of the log of a bot that ended by itself; its folder goes with the demo."""

_out = Console(highlight=False, soft_wrap=True)


def demo(
    tour: Annotated[bool, typer.Option(help="Play the story, check it, and end.")] = False,
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes a free one.", min=0, max=65535)] = 8138,
) -> None:
    """Try the bot in the browser, without Telegram: a citizen's, an officer's and the committee's phone."""
    folder = Path(tempfile.mkdtemp(prefix="nguontin-demo-"))
    try:
        code = asyncio.run(_demo(folder, tour=tour, port=0 if tour else port))
    except KeyboardInterrupt:
        code = 0
    except StageError as error:
        _out.print(str(error), markup=False)
        code = 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    raise typer.Exit(code)


async def _demo(folder: Path, *, tour: bool, port: int) -> int:
    async with Stage(folder, port=port, profile="free" if tour else "telegram") as stage:
        cast = await _cast(stage)
        if tour:
            return await play(stage, cast, _out)
        texts = Texts.load()
        _out.print("\n" + texts.text(Language.VI, "operator-demo-open"))
        _out.print(f"[bold]{stage.page}[/bold]\n")
        await stage.bot_ends()
        _out.print(texts.text(Language.VI, "operator-demo-ended"))
        _out.print("\n".join(stage.log.read_text(errors="replace").splitlines()[-LAST_LINES:]), markup=False)
        return 1


async def _cast(stage: Stage) -> Cast:
    """Bring the people on; those of the force are enrolled the way real ones are."""
    client = stage.client
    citizen = await client.person("Lan", last_name="Trần Thị", username="lan_ninhkieu_1985", title="Chị Lan, người dân")
    officer = await client.person("Hùng", last_name="Nguyễn Văn", title="Đ/c Hùng, Công an phường Cái Khế")
    committee = await client.person("Vân", last_name="Phạm Thị", title="Đ/c Vân, Ban Chỉ đạo 138")
    await stage.enrol(officer, role="officer", unit=WARD)
    await stage.enrol(committee, role="committee")
    return Cast(citizen=citizen, officer=officer, committee=committee)
