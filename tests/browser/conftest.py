"""A real browser on real pages: Debian's Chromium, skipped with a visible reason where it is missing."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.backends.db import SessionStore

from tests.debtboard import factories

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
]
VENDOR = Path(__file__).parent / "vendor"

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and "visitor" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is missing: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session", autouse=True)
def _static_folder() -> None:
    """The live server serves static files from where they lie; whitenoise only wants its folder to be there."""
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def base_url() -> str:
    """Addresses are given whole; this stands in for a plugin's fixture that pytest has come to warn of."""
    return ""


class Visitor:
    """A signed-in page that remembers everything the browser complained of."""

    def __init__(self, page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("dialog", self._dialog)
        page.on("requestfailed", self._failed)

    def _heard(self, message) -> None:
        if message.type in {"error", "warning", "trace"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _failed(self, request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page was opened while it still loaded
            self.complaints.append(f"failed: {request.url}")

    def _dialog(self, dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, path: str):
        """The page, once its plots are drawn."""
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("load")
        if self.page.locator(".db-plot").count():
            self.page.wait_for_selector(".db-plot[data-drawn]")
        return self.page


@pytest.fixture
def board(transactional_db, monkeypatch) -> factories.Board:
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: factories.NOW)
    return factories.board(weeks=30)


@pytest.fixture
def visitor(board, live_server, page, settings) -> Iterator[Visitor]:
    """Alice, signed in; at the end nothing may have been complained of."""
    session = SessionStore()
    session["_auth_user_id"] = str(board.alice.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = board.alice.get_session_auth_hash()
    session.save()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}]
    )
    made = Visitor(page, live_server.url)
    yield made
    assert made.complaints == []
