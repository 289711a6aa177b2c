"""The page of phones in a real browser, with the real bot behind it: typing, pressing, edits, deletions, no markup."""

import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.cli.stage import Stage

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FAST = {"NGUONTIN_MESSAGES_PER_SECOND": "500", "NGUONTIN_CHAT_MESSAGES_PER_SECOND": "500"}
PATIENCE = 20_000

if CHROMIUM is None and not os.environ.get("CI"):
    pytest.skip("chromium is not installed", allow_module_level=True)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The sandbox and the bot, with a citizen and an officer."""
    async with Stage(tmp_path / "stage", settings=FAST) as opened:
        await opened.client.person("Lan", title="Chị Lan")
        officer = await opened.client.person("Hùng", title="Đ/c Hùng")
        await opened.enrol(officer, role="officer", unit="31120")
        yield opened


@pytest.fixture
async def page(stage: Stage) -> AsyncIterator[Page]:
    """The page, and no error in its console."""
    assert CHROMIUM is not None, "chromium is not installed"
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        opened = await browser.new_page(viewport={"width": 1366, "height": 768})
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        opened.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        await opened.goto(stage.page)
        yield opened
        await browser.close()
    assert complaints == []


def phone(page: Page, title: str) -> Locator:
    """Find a phone."""
    return page.get_by_role("region", name=title)


async def say(where: Locator, text: str) -> None:
    """Type and press Enter."""
    await where.get_by_label("Nhập tin nhắn").fill(text)
    await where.get_by_label("Nhập tin nhắn").press("Enter")


async def test_a_tip_goes_from_one_phone_to_the_other(page: Page) -> None:
    """The two minutes a stranger has."""
    lan, hung = phone(page, "Chị Lan"), phone(page, "Đ/c Hùng")
    await say(lan, "Có trộm <b>xe</b> & phá cửa ở phường Cái Khế")
    await expect(lan.get_by_text("Phường Cái Khế", exact=True)).to_be_visible()
    await lan.get_by_role("button", name="Gửi tin").click()
    await expect(lan.locator("code")).to_have_text(re.compile(r"^\d{4} \d{4} \d{4} \d{4}$"))
    await hung.get_by_role("button", name="Mở tin 1").click()
    await expect(hung.get_by_text("Có trộm <b>xe</b> & phá cửa")).to_be_visible()
    assert await hung.locator(".bubble b", has_text="xe").count() == 0
    await hung.get_by_role("button", name="Nhận xử lý").click()
    await expect(hung.get_by_role("button", name="Nhận xử lý")).to_have_count(0)
    await expect(hung.get_by_text("không chuyển tiếp được").last).to_be_visible()


async def test_traces_disappear_from_the_phone(page: Page) -> None:
    """Deleting is seen, not only answered."""
    lan = phone(page, "Chị Lan")
    await say(lan, "Có trộm xe ở phường Cái Khế")
    await lan.get_by_role("button", name="Gửi tin").click()
    await lan.get_by_role("button", name="Xóa dấu vết").click()
    await lan.get_by_role("button", name="Xóa dấu vết").last.click()
    await expect(lan.get_by_text("Đã quên cuộc trò chuyện")).to_be_visible()
    await expect(lan.get_by_text("Có trộm xe")).to_have_count(0)


async def test_commands_are_suggested_and_a_location_can_be_shared(page: Page) -> None:
    """What a phone offers while typing."""
    lan = phone(page, "Chị Lan")
    await expect(lan.get_by_label("Nhập tin nhắn")).to_be_visible()
    await say(lan, "Có trộm xe trong hẻm")
    await expect(lan.get_by_role("button", name="Không nhớ")).to_be_visible()
    await lan.get_by_label("Nhập tin nhắn").fill("/rieng")
    await lan.get_by_role("button", name="/riengtu").click()
    await lan.get_by_label("Nhập tin nhắn").press("Enter")
    await expect(lan.get_by_text("Công an không biết bạn là ai")).to_be_visible()
    await lan.get_by_text("Khác", exact=True).click()
    await lan.get_by_role("button", name="Vị trí bến Ninh Kiều").click()
    await expect(lan.get_by_role("button", name="Ninh Kiều (Thới Bình, Tân An, Xuân Khánh cũ)")).to_be_visible()
