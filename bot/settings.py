"""What the operator sets: from the environment, a `.env` file or its default. A wrong value gets a sentence.

Every name starts with NGUONTIN_. Secrets never appear in a representation, a log or an error.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

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
    province: str = "92"
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
    log_level: str = "INFO"

    @field_validator("token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(value.get_secret_value().strip()):
            raise ValueError("it does not look like a bot token (digits, a colon, letters)")
        return SecretStr(value.get_secret_value().strip())

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
}


def load_settings(**overrides: object) -> Settings:
    """Read the settings. Raises SettingsError with a sentence for each thing that is missing or wrong."""
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]  # pydantic reads the rest from the environment
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
