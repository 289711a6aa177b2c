"""What every screen is: frozen values with a name."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.domain.ids import TipNumber


class Screen(BaseModel):
    """Values to show; never sentences."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    @property
    def tips_shown(self) -> tuple[TipNumber, ...]:
        """Name the tips it shows to an officer: it is for whoever sees them when it leaves, and nobody else."""
        return ()


class Line(Screen):
    """One text without buttons: a text key and its values."""

    name: Literal["line"] = "line"
    key: str
    values: dict[str, str | int] = {}


class Exchange(Screen):
    """One message between an officer and a reporter about a tip."""

    by: Literal["reporter", "officer"]
    text: str
