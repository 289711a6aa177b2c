"""What a server is set up with: the commands of the guide, the operator's command line, the unit of systemd."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
BLOCKS = re.findall(r"^```sh\n(.*?)^```", (DEPLOY / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
TOKEN = "4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - opens nothing


@dataclass(frozen=True)
class Server:
    """A folder in which the command line finds what it would find on a server."""

    root: Path

    def nguontin(self, *arguments: str, user: int = 0) -> tuple[int, str]:
        """Type a command as a user; give its exit status and all it printed."""
        self._tool("id", f"echo {user}")
        self._tool("setpriv", 'while case "$1" in --*) true;; *) false;; esac; do shift; done; exec "$@"')
        script = (DEPLOY / "nguontin").read_text(encoding="utf-8")
        for folder in ("/opt/nguontin", "/etc/nguontin"):
            script = script.replace(folder, f"{self.root}{folder}")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NGUONTIN_")}
        ended = subprocess.run(
            ["/bin/sh", "-c", script, "nguontin", *arguments],
            env={**kept, "PATH": f"{self.root / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return ended.returncode, ended.stdout + ended.stderr

    def _tool(self, name: str, does: str) -> None:
        path = self.root / "bin" / name
        path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        path.chmod(0o755)


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """A server with a token and settings as an editor on Windows writes them."""
    etc, program = tmp_path / "etc" / "nguontin", tmp_path / "opt" / "nguontin" / ".venv" / "bin"
    for folder in (etc, program, tmp_path / "bin"):
        folder.mkdir(parents=True)
    (program / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    (program / "python").chmod(0o755)
    (etc / "NGUONTIN_TOKEN").write_bytes(f"{TOKEN}\r\n".encode())
    lines = [f"NGUONTIN_DATA={tmp_path}/the data", f"NGUONTIN_KEYS={tmp_path}/keys", "NGUONTIN_PROXY=touch leaked"]
    (etc / "settings.env").write_bytes("\r\n".join([*lines, ""]).encode())
    return Server(tmp_path)


def test_the_settings_file_is_read_and_never_run(server: Server) -> None:
    """A value with a space would be a command, and a password of a proxy its error message."""
    code, said = server.nguontin("keys", "--create")
    assert code == 1
    assert said.startswith("NGUONTIN_PROXY is wrong")
    assert "leaked" not in said
    assert not [*server.root.rglob("leaked")]
    file = server.root / "etc" / "nguontin" / "settings.env"
    file.write_bytes(file.read_bytes().replace(b"touch leaked", b""))
    code, said = server.nguontin("keys", "--create")
    assert code == 0, said
    assert {path.name for path in server.root.iterdir()} == {"bin", "etc", "keys", "opt"}


def test_advice_names_the_command_that_the_operator_types(server: Server) -> None:
    """Another would run as root, with other folders."""
    file = server.root / "etc" / "nguontin" / "settings.env"
    file.write_bytes(file.read_bytes().replace(b"touch leaked", b""))
    code, said = server.nguontin("check")
    assert code == 1
    assert "with: nguontin keys --create" in said
    assert "python" not in said


def test_whoever_is_not_root_is_told_so(server: Server) -> None:
    """One sentence, with what to type."""
    code, said = server.nguontin("check", user=1000)
    assert code == 1
    assert "sudo nguontin check" in said
    assert len(said.splitlines()) == 1


def test_the_bot_and_the_operator_read_the_same_settings() -> None:
    """Two readers of one file would differ some day."""
    said = [(DEPLOY / name).read_text(encoding="utf-8") for name in ("nguontin", "nguontin.service")]
    assert all("NGUONTIN_ENV_FILE=/etc/nguontin/settings.env" in text for text in said)
    assert not any("EnvironmentFile" in text for text in said)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split()[0])
def test_each_block_of_the_guide_can_be_pasted_in_one_go(block: str) -> None:
    """What asks for something takes the next line of a paste for the answer: it stands alone, and all is a script."""
    subprocess.run(["/bin/bash", "-n"], input=block, text=True, check=True)
    asks = [line for line in block.splitlines() if re.search(r"\bread\b|/dev/stdin", line)]
    assert not asks or len(block.splitlines()) == 1
