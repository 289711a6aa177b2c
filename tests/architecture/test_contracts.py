"""The import contracts: they hold, and each one notices when it is broken."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

BREACHES = {
    "Layers: each room knows only the rooms below it": ("bot/services/breach.py", "import storage\n"),
    "Only chat and intake know Telegram": ("bot/services/breach.py", "import telegram\n"),
    "Only storage knows a database": ("bot/services/breach.py", "import sqlite3\n"),
    "The domain is pure: no clock, no chance, no input or output, no logs": (
        "bot/domain/breach.py",
        "import random\n",
    ),
    "Settings and logs import no layer": ("bot/settings.py", "import bot.domain.tip\n"),
    "The sandbox shares none of our misunderstandings": ("bot/sandbox/breach.py", "import bot.domain.tip\n"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import linter over a copy of the code."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def copy_code(folder: Path) -> None:
    """Copy what the linter reads."""
    for package in ("bot", "storage"):
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "*.json", "page")
        )
    shutil.copy(ROOT / "pyproject.toml", folder)


def contracts() -> dict[str, Any]:
    """Read the contracts, by name."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return {each["name"]: each for each in read}


def rooms() -> set[str]:
    """Name every package and module directly under `bot`, and storage."""
    under = (ROOT / "bot").iterdir()
    found = {path.stem for path in under if path.suffix == ".py" or (path / "__init__.py").exists()}
    return {f"bot.{name}" for name in found - {"__init__"}} | {"storage"}


def test_every_contract_has_a_breach_to_notice() -> None:
    """A contract that nothing can break says nothing."""
    assert set(contracts()) == set(BREACHES)


def test_every_room_has_its_place_in_the_layers() -> None:
    """A room that is in no layer may import whatever it likes. Settings and logs have a contract of their own."""
    layers = contracts()["Layers: each room knows only the rooms below it"]["layers"]
    placed = [room.strip() for layer in layers for room in layer.split("|")]
    assert sorted(placed) == sorted(rooms() - {"bot.settings", "bot.logs"})


@pytest.mark.parametrize(
    ("contract", "side", "left_out"),
    [
        ("Only chat and intake know Telegram", "source_modules", {"bot.chat", "bot.intake"}),
        ("Settings and logs import no layer", "forbidden_modules", {"bot.settings", "bot.logs"}),
        ("The sandbox shares none of our misunderstandings", "forbidden_modules", {"bot.sandbox"}),
    ],
)
def test_a_wall_names_every_room_but_its_own(contract: str, side: str, left_out: set[str]) -> None:
    """A room built later must not be forgotten; not even the composition root needs Telegram itself."""
    assert set(contracts()[contract][side]) == rooms() - left_out


def test_the_contracts_hold(tmp_path: Path) -> None:
    """The import direction is the design."""
    copy_code(tmp_path)
    result = lint(tmp_path)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_is_reported(contract: str, tmp_path: Path) -> None:
    """Each contract, broken on purpose, is named as broken."""
    copy_code(tmp_path)
    name, line = BREACHES[contract]
    path = tmp_path / name
    path.write_text((path.read_text() if path.exists() else "") + line)
    result = lint(tmp_path)
    assert result.returncode == 1, result.stdout
    assert f"{contract} BROKEN" in " ".join(result.stdout.split())
