"""What the dark changes on a page; the tests in a browser look there for nothing but colors."""

from __future__ import annotations

import re

from sellingpartner.testing import TestMarket

DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{\s*:root \{(?P<said>[^{}]*)\}\s*\}")


def test_in_the_dark_nothing_but_colors_and_a_shadow_is_another(market: TestMarket) -> None:
    style = market.anybody().call("GET", "/console/style.css").body.decode()

    said = DARK.findall(style)

    assert style.count("prefers-color-scheme") == len(said) == 1
    for line in said[0].split(";"):
        name, _, value = line.strip().partition(": ")
        assert not name or name == "--shadow" or (name.startswith("--") and re.fullmatch("#[0-9a-f]{3,8}", value)), line
