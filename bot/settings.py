"""What the operator sets: from the environment, a `.env` file or its default. A wrong value gets a sentence.

A secret may also lie in a file named like its setting (NGUONTIN_TOKEN) in systemd's folder of credentials.

Every name starts with NGUONTIN_. Secrets never appear in a representation, a log or an error.
"""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AnyHttpUrl, AnyUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROXY_SCHEMES = frozenset({"http", "socks5", "socks5h"})

_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{30,64}")


class SettingsError(Exception):
    """Settings are missing or wrong; the text says which and what to do."""


class Settings(BaseSettings):
    """The settings of one bot."""

    model_config = SettingsConfigDict(
        env_prefix="NGUONTIN_", env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
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
    urgent_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    acknowledge_hours: Annotated[int, Field(ge=1, le=240)] = 24
    resolve_days: Annotated[int, Field(ge=1, le=120)] = 20
    police_number: str = "113"
    fire_number: str = "114"
    ambulance_number: str = "115"
    messages_per_second: Annotated[float, Field(gt=0)] = 28
    """Over all chats; Telegram allows about 30."""
    chat_messages_per_second: Annotated[float, Field(gt=0)] = 1
    """Within one chat, after a small burst."""
    proxy: SecretStr | None = None
    """A proxy on the way to the Bot API: http://... or socks5://..., with user:password@ where it asks for them."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"

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

    @property
    def feedback_delay(self) -> timedelta:
        """`feedback_hours` as a span of time."""
        return timedelta(hours=self.feedback_hours)


_ADVICE = {
    "token": "Ask @BotFather on Telegram for a token, or run `make demo`, which needs none.",
    "api_url": "It is an address like https://api.telegram.org or http://127.0.0.1:8081.",
    "data": "It is a folder that this user may write to.",
    "keys": "It is a folder of its own, outside the folder of the database.",
    "province": "It is the official code of a province, two digits; Cần Thơ is 92.",
    "proxy": "It is an address with its port, like http://127.0.0.1:3128 or socks5://127.0.0.1:1080.",
    "log_level": "It is DEBUG, INFO, WARNING, ERROR or CRITICAL.",
}


def load_settings(**overrides: object) -> Settings:
    """Read the settings. Raises SettingsError with a sentence for each thing that is missing or wrong."""
    try:
        settings = Settings(_secrets_dir=os.environ.get("CREDENTIALS_DIRECTORY"), **overrides)  # type: ignore[arg-type]  # pydantic reads the rest from the environment
    except UnicodeDecodeError:
        raise SettingsError(
            "The file .env is not UTF-8 text. Save it anew as UTF-8, without a byte order mark."
        ) from None
    except ValidationError as error:
        raise SettingsError(
            "\n".join(_sentence(each["loc"], each["type"], each["msg"]) for each in error.errors())
        ) from None
    if settings.keys.resolve().is_relative_to(settings.data.resolve()):
        raise SettingsError(f"NGUONTIN_KEYS lies inside NGUONTIN_DATA. {_ADVICE['keys']}")
    return settings


def _sentence(where: tuple[int | str, ...], kind: str, message: str) -> str:
    name = str(where[0]) if where else ""
    what = "is not set" if kind == "missing" else f"is wrong: {message.removeprefix('Value error, ')}"
    return f"NGUONTIN_{name.upper()} {what}. {_ADVICE.get(name, '')}".rstrip()
