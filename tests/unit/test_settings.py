"""Settings that are missing or wrong get a sentence that says what to do, and no secret gets out."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings

TOKEN = "4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - opens nothing


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a .env, and an environment without ours."""
    monkeypatch.chdir(tmp_path)
    for name in ("TOKEN", "API_URL", "DATA", "KEYS", "FEEDBACK_HOURS"):
        monkeypatch.delenv(f"NGUONTIN_{name}", raising=False)
    return tmp_path


def test_defaults_need_a_token_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """And Telegram is the server unless said otherwise."""
    monkeypatch.setenv("NGUONTIN_TOKEN", f" {TOKEN} ")
    settings = load_settings()
    assert settings.bot_id == 4242
    assert settings.base_url == "https://api.telegram.org/bot"
    assert settings.database.name == "nguontin.db"


def test_a_file_named_env_is_read(elsewhere: Path) -> None:
    """For whoever does not set environments."""
    (elsewhere / ".env").write_text(f"NGUONTIN_TOKEN={TOKEN}\nNGUONTIN_FEEDBACK_HOURS=2\n")
    assert load_settings().feedback_delay.total_seconds() == 7200


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TOKEN", "", "@BotFather"),
        ("TOKEN", "secret-but-wrong", "does not look like a bot token"),
        ("API_URL", "not an address", "https://api.telegram.org"),
        ("FEEDBACK_HOURS", "-1", "NGUONTIN_FEEDBACK_HOURS is wrong"),
    ],
)
def test_a_wrong_value_is_named_with_advice_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    """The operator reads it at three in the morning; a token must not land in a log."""
    monkeypatch.setenv("NGUONTIN_TOKEN", TOKEN)
    monkeypatch.setenv(f"NGUONTIN_{name}", value)
    with pytest.raises(SettingsError, match=words) as caught:
        load_settings()
    assert "secret-but-wrong" not in str(caught.value)


def test_a_missing_token_says_where_to_get_one() -> None:
    """Or that the demo needs none."""
    with pytest.raises(SettingsError, match="make demo"):
        load_settings()


def test_keys_inside_the_data_folder_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One stolen back-up would hold both."""
    monkeypatch.setenv("NGUONTIN_TOKEN", TOKEN)
    monkeypatch.setenv("NGUONTIN_DATA", "all")
    monkeypatch.setenv("NGUONTIN_KEYS", "all/keys")
    with pytest.raises(SettingsError, match="outside the folder"):
        load_settings()


def test_the_token_is_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing settings must be safe."""
    monkeypatch.setenv("NGUONTIN_TOKEN", TOKEN)
    assert "AAAA" not in f"{load_settings()!r} {load_settings()}"
