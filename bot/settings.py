"""What the operator sets: from the environment, a settings file or its default. A wrong value gets a sentence.

The settings file is `.env`, or the one that NGUONTIN_ENV_FILE names. A secret may also lie in a file named like its
setting (NGUONTIN_TOKEN) in systemd's folder of credentials. What is set to nothing is not set, wherever it stands.

Every name starts with NGUONTIN_, and one that is no setting is refused. Secrets never appear in a representation, a log
or an error.
"""

import os
import re
import sys
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AnyHttpUrl, AnyUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

PREFIX = "NGUONTIN_"
PROXY_SCHEMES = frozenset({"http", "socks5", "socks5h"})

_ABOUT_THE_START = frozenset({"env_file", "command"})
"""Names in the environment that say how the program was started, and are no settings."""
EMERGENCY_NUMBER = r"^[0-9]{3,15}$"
_EmergencyNumber = Annotated[str, Field(pattern=EMERGENCY_NUMBER)]
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{30,64}")


def typed(command: str) -> str:
    """Give a command as the operator types it: `nguontin` on a server where that is installed, else by Python."""
    installed = os.environ.get(f"{PREFIX}COMMAND") or ("nguontin" if Path(sys.argv[0]).name == "nguontin" else "")
    return f"{installed or 'python -m bot'} {command}"


class SettingsError(Exception):
    """Settings are missing or wrong; the text says which and what to do."""


class _Credentials(EnvSettingsSource):
    """What lies in systemd's folder of credentials: a file of one line for each setting that is given there."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        folder = Path(os.environ.get("CREDENTIALS_DIRECTORY") or os.devnull)
        names = [PREFIX + name.upper() for name in self.settings_cls.model_fields]
        return {name.lower(): line for name in names if (line := _line_of(folder / name))}


def _line_of(path: Path) -> str:
    """Read a secret, empty when there is none. Raises SettingsError: not to be read, no text, more than one line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").strip().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise SettingsError(
            f"The file {path} cannot be read by this user: {error.strerror}. It is a file that the bot's user may read."
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(f"The file {path} is not UTF-8 text. Save it anew as UTF-8.") from None
    if len(lines) > 1:
        raise SettingsError(
            f"The file {path} holds {len(lines)} lines. It is the value of {path.name} and nothing else."
        )
    return "".join(lines)


class Settings(BaseSettings):
    """The settings of one bot."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file_encoding="utf-8-sig", env_ignore_empty=True, extra="ignore", frozen=True
    )

    token: SecretStr
    """The bot's token, as BotFather gives it."""
    api_url: AnyHttpUrl = AnyHttpUrl("https://api.telegram.org")
    """A Bot API server: Telegram's, one's own, or the sandbox."""
    data: Path = Path("var/data")
    """Folder of the database."""
    keys: Path = Path("var/keys")
    """Folder of the keys; not inside the folder of the database, and backed up apart from it."""
    province: Annotated[str, Field(pattern=r"^[0-9]{2}$")] = "92"
    """Which city's places: the official province code."""
    aliases: Path | None = None
    """A file of landmarks beside the shipped ones."""
    feedback_hours: Annotated[float, Field(ge=0, le=240)] = 12
    """How much later than the fact a citizen hears that a tip is settled, in hours."""
    question_minutes: Annotated[float, Field(ge=0, le=60)] = 5
    """How much later at most a citizen is told that an officer has asked, in minutes; drawn by chance, 0 is at once."""
    answer_minutes: Annotated[float, Field(ge=0, le=60)] = 10
    """How much later at most officers are told that a citizen has answered, in minutes; the same."""
    notice_seconds: Annotated[float, Field(ge=0, le=600)] = 60
    """How long what an officer is told is collected for one message, in seconds."""
    urgent_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    acknowledge_hours: Annotated[int, Field(ge=1, le=240)] = 24
    resolve_days: Annotated[int, Field(ge=1, le=120)] = 20
    police_number: _EmergencyNumber = "113"
    fire_number: _EmergencyNumber = "114"
    ambulance_number: _EmergencyNumber = "115"
    messages_per_second: Annotated[float, Field(gt=0)] = 28
    """Over all chats; Telegram allows about 30."""
    chat_messages_per_second: Annotated[float, Field(gt=0)] = 1
    """Within one chat, after a small burst."""
    proxy: SecretStr | None = None
    """A proxy on the way to the Bot API: http://... or socks5://..., with user:password@ where it asks for them."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - a name that pydantic gives
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Say where values come from, the first that has one wins."""
        return init_settings, env_settings, dotenv_settings, _Credentials(settings_cls)

    @field_validator("token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(value.get_secret_value().strip()):
            raise ValueError("it does not look like a bot token (digits, a colon, letters)")
        return SecretStr(value.get_secret_value().strip())

    @field_validator("proxy")
    @classmethod
    def _is_a_proxy(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value().strip() if value else ""
        if not text:
            return None
        try:
            url = AnyUrl(text)
        except ValueError:
            url = None
        if url is None or url.scheme not in PROXY_SCHEMES or not url.host or not url.port:
            raise ValueError("it does not look like the address of a proxy")
        return SecretStr(text.replace("socks5h://", "socks5://", 1))  # names are looked up at the far end anyway

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.data / "nguontin.db"

    @property
    def bot_id(self) -> int:
        """The bot's own id: the number before the colon of its token."""
        return int(self.token.get_secret_value().partition(":")[0])

    @property
    def base_url(self) -> str:
        """The address in front of the token, as python-telegram-bot wants it."""
        return f"{str(self.api_url).rstrip('/')}/bot"


_ADVICE = {
    "token": "Ask @BotFather on Telegram for a token, or run `make demo`, which needs none.",
    "api_url": "It is an address like https://api.telegram.org or http://127.0.0.1:8081.",
    "data": "It is a folder that this user may write to.",
    "keys": "It is a folder of its own, outside the folder of the database.",
    "province": "It is the official code of a province, two digits; Cần Thơ is 92.",
    "proxy": "It is an address with its port, like http://127.0.0.1:3128 or socks5://127.0.0.1:1080.",
    "log_level": "It is DEBUG, INFO, WARNING, ERROR or CRITICAL.",
    **dict.fromkeys(("police_number", "fire_number", "ambulance_number"), "It is 3 to 15 digits, like 113."),
}


def load_settings(**overrides: object) -> Settings:
    """Read the settings. Raises SettingsError with a sentence for each thing that is missing or wrong."""
    file = _settings_file()
    _must_be_settings(os.environ, where="the environment", but=_ABOUT_THE_START)
    if file is not None:
        _must_be_settings(_lines_of(file), where=str(file))
    try:
        settings = Settings(_env_file=file, **overrides)  # type: ignore[arg-type]  # pydantic reads the rest itself
    except ValidationError as error:
        raise SettingsError(
            "\n".join(_sentence(each["loc"], each["type"], each["msg"]) for each in error.errors())
        ) from None
    data, keys = settings.data.resolve(), settings.keys.resolve()
    if keys.is_relative_to(data):
        raise SettingsError(f"NGUONTIN_KEYS lies inside NGUONTIN_DATA. {_ADVICE['keys']}")
    if data.is_relative_to(keys):
        raise SettingsError(
            "NGUONTIN_DATA lies inside NGUONTIN_KEYS. It is a folder of its own, outside that of the keys."
        )
    return settings


def set_in_file(name: str) -> Any:
    """Give what the settings file says of a setting, else its default; for commands that need no other setting."""
    file = _settings_file()
    said = _lines_of(file).get((PREFIX + name).lower()) if file is not None else None
    return said or Settings.model_fields[name].default


def _settings_file() -> Path | None:
    """Give the file that is named, which must be there, or `.env`, which need not."""
    named = os.environ.get(f"{PREFIX}ENV_FILE")
    file = Path(named or ".env")
    return file if named or os.path.lexists(file) else None


def _lines_of(file: Path) -> Mapping[str, str | None]:
    """Read what a settings file sets, by names in small letters."""
    try:
        file.read_text(encoding="utf-8-sig")  # a folder would be passed over in silence
        return DotEnvSettingsSource(Settings, env_file=file).env_vars
    except OSError as error:
        raise SettingsError(f"The settings file {file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"The settings file {file} is not UTF-8 text. Save it anew as UTF-8.") from None


def _must_be_settings(names: Iterable[str], *, where: str, but: frozenset[str] = frozenset()) -> None:
    """Raise SettingsError for a name that begins like a setting and is none: a slip of the pen changes nothing."""
    known = {*Settings.model_fields, *but}
    ours = sorted(name.upper() for name in names if name.upper().startswith(PREFIX))
    wrong = [name for name in ours if name.removeprefix(PREFIX).lower() not in known]
    if wrong:
        raise SettingsError("\n".join(f"{name}, in {where}, is no setting.{_guess(name)}" for name in wrong))


def _guess(name: str) -> str:
    near = get_close_matches(name.removeprefix(PREFIX).lower(), Settings.model_fields, n=1)
    return f" Is {PREFIX}{near[0].upper()} meant?" if near else ""


def _sentence(where: tuple[int | str, ...], kind: str, message: str) -> str:
    name = str(where[0]) if where else ""
    what = "is not set" if kind == "missing" else f"is wrong: {message.removeprefix('Value error, ')}"
    return f"NGUONTIN_{name.upper()} {what}. {_ADVICE.get(name, '')}".rstrip()
