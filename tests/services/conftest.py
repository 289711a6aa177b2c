"""A town for each test."""

import pytest

from bot.domain.roles import Role
from tests.services.town import CAI_KHE, Town


@pytest.fixture
async def town() -> Town:
    """A town with officer 900 in Cái Khế."""
    found = await Town().begin()
    await found.enrol(900, Role.OFFICER, CAI_KHE)
    return found
