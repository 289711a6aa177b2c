"""Settings that are missing or wrong get a sentence that says what to do, and no secret gets out."""

import os
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings, set_in_file

TOKEN = "4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - opens nothing


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a .env, and an environment without ours."""
    monkeypatch.chdir(tmp_path)
    for name in [*os.environ]:
        if name.startswith("NGUONTIN_") or name == "CREDENTIALS_DIRECTORY":
            monkeypatch.delenv(name)
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
    assert load_settings().feedback_hours == 2


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TOKEN", "", "@BotFather"),
        ("TOKEN", "secret-but-wrong", "does not look like a bot token"),
        ("API_URL", "not an address", "https://api.telegram.org"),
        ("FEEDBACK_HOURS", "-1", "NGUONTIN_FEEDBACK_HOURS is wrong"),
        ("QUESTION_MINUTES", "61", "NGUONTIN_QUESTION_MINUTES is wrong"),
        ("NOTICE_SECONDS", "-1", "NGUONTIN_NOTICE_SECONDS is wrong"),
        ("POLICE_NUMBER", "113<b>", "NGUONTIN_POLICE_NUMBER is wrong.*3 to 15 digits"),
        ("FIRE_NUMBER", "11", "NGUONTIN_FIRE_NUMBER is wrong"),
        ("AMBULANCE_NUMBER", "1" * 16, "NGUONTIN_AMBULANCE_NUMBER is wrong"),
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


def test_data_inside_the_key_folder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the other way round."""
    monkeypatch.setenv("NGUONTIN_TOKEN", TOKEN)
    monkeypatch.setenv("NGUONTIN_DATA", "all/data")
    monkeypatch.setenv("NGUONTIN_KEYS", "all")
    with pytest.raises(SettingsError, match="NGUONTIN_DATA lies inside NGUONTIN_KEYS"):
        load_settings()


# --- nothing, and too much --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["environment", "file", "credentials"])
@pytest.mark.parametrize("name", [name for name in Settings.model_fields if name != "token"])
def test_what_is_set_to_nothing_is_not_set(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, name: str, where: str
) -> None:
    """An empty folder would mean the present one, and an empty number a message that names none."""
    monkeypatch.setenv("NGUONTIN_TOKEN", TOKEN)
    variable = f"NGUONTIN_{name.upper()}"
    match where:
        case "environment":
            monkeypatch.setenv(variable, "")
        case "file":
            (elsewhere / ".env").write_text(f"{variable}=\n")
        case _:
            monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(elsewhere))
            (elsewhere / variable).write_text("\n")
    assert getattr(load_settings(), name) == Settings.model_fields[name].default
    assert set_in_file(name) == Settings.model_fields[name].default


def test_a_misspelt_setting_is_named_wherever_it_stands(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ignored in silence, it would leave an operator sure of what is not so."""
    monkeypatch.setenv("NGUONTIN_TOKEN", TOKEN)
    monkeypatch.setenv("NGUONTIN_COMMAND", "nguontin")
    load_settings()
    (elsewhere / ".env").write_text("PATH_OF_ANOTHER=1\nNGUONTIN_FEEDBACK_HOUR=12\n")
    with pytest.raises(SettingsError, match=r"NGUONTIN_FEEDBACK_HOUR, in \.env, is no.*NGUONTIN_FEEDBACK_HOURS meant"):
        load_settings()
    monkeypatch.setenv("NGUONTIN_XYZ", "12")
    with pytest.raises(SettingsError, match="NGUONTIN_XYZ, in the environment, is no setting"):
        load_settings()


# --- the settings file and the credentials ----------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["", "\ufeff"])
def test_a_settings_file_from_windows_is_read_alike(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    """Its line ends, its mark at the beginning, quotes and blanks belong to no value."""
    file = elsewhere / "settings.env"
    lines = [f"NGUONTIN_TOKEN={TOKEN}", 'NGUONTIN_PROVINCE="92"', "NGUONTIN_DATA=/srv/tips of 2026"]
    file.write_bytes((before + "\r\n".join([*lines, ""])).encode())
    monkeypatch.setenv("NGUONTIN_ENV_FILE", str(file))
    settings = load_settings()
    assert (settings.bot_id, settings.province, settings.data) == (4242, "92", Path("/srv/tips of 2026"))
    assert set_in_file("data") == "/srv/tips of 2026"


@pytest.mark.parametrize(("kind", "words"), [("none", "No such file"), ("folder", "directory"), ("utf-16", "UTF-8")])
def test_a_settings_file_that_cannot_be_read_is_a_sentence(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, kind: str, words: str
) -> None:
    """One that is passed over would start the bot on other folders."""
    file = elsewhere / "settings.env"
    monkeypatch.setenv("NGUONTIN_TOKEN", TOKEN)
    monkeypatch.setenv("NGUONTIN_ENV_FILE", str(file))
    if kind == "folder":
        file.mkdir()
    elif kind != "none":
        file.write_text("NGUONTIN_PROVINCE=92\n", encoding=kind)
    with pytest.raises(SettingsError, match=words):
        load_settings()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("folder", "cannot be read by this user"),
        ("loop", "cannot be read by this user"),
        ("utf-16", "not UTF-8"),
        ("utf-8", "holds 2 lines"),
    ],
)
@pytest.mark.filterwarnings("error")
def test_a_token_file_that_is_none_is_a_sentence(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, kind: str, words: str
) -> None:
    """It is the first file an operator makes, and the sentence does not say what is in it."""
    file = elsewhere / "NGUONTIN_TOKEN"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(elsewhere))
    if kind == "folder":
        file.mkdir()
    elif kind == "loop":
        file.symlink_to(file)
    else:
        file.write_text(f"{TOKEN}\nnguontin keys --create\n", encoding=kind)
    with pytest.raises(SettingsError, match=words) as caught:
        load_settings()
    assert "AAAA" not in str(caught.value)


@pytest.mark.filterwarnings("error")
def test_without_a_folder_of_credentials_the_token_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing else is said."""
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", "/nowhere")
    with pytest.raises(SettingsError, match=r"^NGUONTIN_TOKEN is not set"):
        load_settings()


def test_the_token_is_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing settings must be safe."""
    monkeypatch.setenv("NGUONTIN_TOKEN", TOKEN)
    assert "AAAA" not in f"{load_settings()!r} {load_settings()}"
