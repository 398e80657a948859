"""Everybody who comes to a page: who sees it in the dark, on a narrow screen, or has it read out."""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_NARROWEST = 320  # WCAG 2.1, 1.4.10


def can_use(page: Page) -> None:
    """Assert that axe-core finds nothing in light and dark, and that a narrow screen shows all of it."""
    for scheme in _SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=_RULES)
        assert found.response["violations"] == [], found.generate_report()
    page.set_viewport_size({"width": _NARROWEST, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= _NARROWEST
