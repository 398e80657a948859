"""Everybody who comes to a page: who sees it in the dark, on a narrow screen, or has it read out."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SAID = {"resultTypes": ["violations"]}  # to gather what is right as well takes longer than to look
_RULES = _SAID | {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_OF_COLORS = _SAID | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
_SCHEMES: tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...] = (
    ("light", _RULES),
    ("dark", _OF_COLORS),  # nothing else is another there, which tests/server/console/test_style.py holds
)
_NARROWEST = 320  # WCAG 2.1, 1.4.10


def can_use(page: Page) -> None:
    """Assert that axe-core finds nothing in light and dark, and that a narrow screen shows all of it."""
    for scheme, rules in _SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=rules)
        assert found.response["violations"] == [], found.generate_report()
    page.set_viewport_size({"width": _NARROWEST, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= _NARROWEST
