"""`spapi fault`: what is to go wrong, by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


def test_faults_are_added_listed_and_taken_away(spapi: Spapi, market: TestMarket) -> None:
    added = spapi("fault", "add", "refuse", "503", "times=1", "message=Slow down.")
    market.seller.call("GET", "/sellers/v1/marketplaceParticipations")

    assert added.out == "Fault 1: refuse 503 'message=Slow down.' times=1\n"
    listed = spapi("fault", "list").out
    assert [line.split()[0] for line in listed.splitlines()] == ["Fault", "1"]
    assert listed.splitlines()[1].split()[-2:] == ["1", "1"]
    assert spapi("fault", "profile", "slow").out.splitlines()[1].startswith("2")
    assert spapi("fault", "remove", "1").out == "Fault 1 is gone.\n"
    assert spapi("fault", "clear").out == "All goes well again.\n"
    assert spapi("fault", "list").out == "Nothing goes wrong.\n"


def test_a_file_of_faults_is_loaded_or_says_what_is_wrong_with_it(
    spapi: Spapi, market: TestMarket, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text('[[fault]]\nkind = "page"\n')
    bad.write_text('[[fault]]\nkind = "pge"\n')

    assert spapi("fault", "load", str(good)).out == "1 fault added.\n"
    assert "fault 1: There is no fault of the kind 'pge'. Did you mean page?" in spapi("fault", "load", str(bad)).err
    assert [rule.fault.kind for rule in market.faults.rules] == ["page"]


def test_what_is_wrong_is_said_with_what_would_be_right(spapi: Spapi, market: TestMarket) -> None:
    assert "Did you mean getOrders" in spapi("fault", "add", "refuse 503 operation=getOrdrs").err
    assert "`spapi fault list` lists them" in spapi("fault", "remove", "9").err
    assert "Say what is to go wrong" in spapi("fault", "add").err
    assert market.faults.rules == ()
