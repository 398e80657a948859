"""What goes wrong from the start of a market that is served."""

from __future__ import annotations

from pathlib import Path

import pytest

from sellingpartner.server.process.chaos import rules_for, set_faults
from sellingpartner.server.process.settings import CannotServe, Settings
from sellingpartner.testing import TestMarket


def test_a_profile_and_a_file_take_the_place_of_what_went_wrong_before(market: TestMarket, tmp_path: Path) -> None:
    file = tmp_path / "faults.toml"
    file.write_text('[[fault]]\nkind = "cut"\n')
    market.faults.add("page")

    set_faults(market.market, Settings())
    assert [rule.fault.kind for rule in market.faults.rules] == ["page"]

    set_faults(market.market, Settings(chaos="throttled", faults=file))
    assert [rule.fault.kind for rule in market.faults.rules] == ["refuse", "rate-header", "cut"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(chaos="prime-dya"), "Did you mean prime-day"),
        (Settings(faults=Path("/nowhere/faults.toml")), "No such file"),
    ],
)
def test_what_cannot_be_read_is_said_before_anything_is_served(settings: Settings, words: str) -> None:
    with pytest.raises(CannotServe, match=words):
        rules_for(settings)


def test_a_rule_about_nobody_of_the_market_is_said_and_what_went_wrong_goes_on(
    market: TestMarket, tmp_path: Path
) -> None:
    file = tmp_path / "faults.toml"
    file.write_text('[[fault]]\nkind = "cut"\nseller_id = "A1NOBODY"\n')
    market.faults.add("page")

    with pytest.raises(CannotServe, match="There is no seller A1NOBODY"):
        set_faults(market.market, Settings(faults=file))

    assert [rule.fault.kind for rule in market.faults.rules] == ["page"]
