"""The commands about places: one line in, one JSON object out; posters by unit."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import places

app = typer.Typer()
app.command()(places.locate)
app.command()(places.posters)
runner = CliRunner()


def test_each_line_gets_one_json_object() -> None:
    """Tools count lines: an empty one has an answer too."""
    result = runner.invoke(app, ["locate"], input="p. Xuân Khánh\n\nphường Tân An\nở Hà Nội\n")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["decision"] for each in answers] == ["route", "unknown", "ask", "outside"]
    assert answers[0]["text"] == "p. Xuân Khánh"
    assert set(answers[0]["candidates"][0]) == {"code", "name", "score", "why"}
    assert answers[0]["candidates"][0]["code"] == "31135"


def test_bytes_that_are_no_text_are_answered() -> None:
    """A pipe may carry anything."""
    result = runner.invoke(app, ["locate"], input=b"\xff\xfe p. Ninh Ki\xe1\xbb\x81u\n")
    assert json.loads(result.stdout)["candidates"][0]["code"] == "31135"


def test_the_settings_file_counts_here_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a server the landmarks stand there, and what is tried out must be what the bot does; no token is needed."""
    landmarks = tmp_path / "more.toml"
    landmarks.write_text(
        '[[place]]\nnames = ["Quán Bà Bảy Ngọt"]\nunits = ["31135"]\nsource = "the admin"\n', encoding="utf-8"
    )
    (tmp_path / "settings.env").write_text(f"NGUONTIN_ALIASES={landmarks}\r\n", encoding="utf-8")
    said = "gần Quán Bà Bảy Ngọt\n"
    assert json.loads(runner.invoke(app, ["locate"], input=said).stdout)["decision"] != "route"
    monkeypatch.setenv("NGUONTIN_ENV_FILE", str(tmp_path / "settings.env"))
    assert json.loads(runner.invoke(app, ["locate"], input=said).stdout)["candidates"][0]["code"] == "31135"


def test_explaining_is_for_people() -> None:
    """Someone who edits landmarks wants to see why."""
    result = runner.invoke(app, ["locate", "--explain"], input="phường Xuân Khánh\nxin chào\n")
    assert "31135" in result.stdout
    assert "former phường Xuân Khánh" in result.stdout
    assert "unknown: " in result.stdout


def test_an_unknown_province_or_alias_file_is_a_sentence() -> None:
    """No tracebacks for an operator's slip."""
    assert "No place data" in str(runner.invoke(app, ["locate", "--province", "00"], input="x\n").output)
    assert runner.invoke(app, ["locate", "--aliases", "missing.toml"], input="x\n").exit_code == 1


def test_posters_are_written_for_a_unit(tmp_path: Path) -> None:
    """The path is printed, so that scripts can go on."""
    options = ["--username", "nguontin_bot", "--out", str(tmp_path)]
    result = runner.invoke(app, ["posters", "--unit", "31135", *options])
    assert result.exit_code == 0
    assert (tmp_path / "31135-ninh-kieu.pdf").exists()
    assert "There is no unit" in runner.invoke(app, ["posters", "--unit", "99999", *options]).output
    assert "Say which" in runner.invoke(app, ["posters", *options]).output
    assert "username" in runner.invoke(app, ["posters", "--unit", "31135", "--username", "x"]).output


@pytest.mark.parametrize("number", ["", "113<b>", "11"])
def test_a_poster_never_names_a_number_that_is_none(tmp_path: Path, number: str) -> None:
    """Somebody in danger dials what hangs on the wall."""
    arguments = ["posters", "--username", "thu_bot", "--unit", "31135", "--out", str(tmp_path), "--police", number]
    result = runner.invoke(app, arguments)
    assert result.exit_code == 2
    assert "--police" in result.output
    assert not [*tmp_path.iterdir()]
