"""Scenarios, looked at and checked by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sellingpartner.market.scenarios.reading import names

Spapi = Callable[..., Any]


def test_the_ready_ones_are_listed_and_shown_and_a_copy_of_one_is_in_order(spapi: Spapi) -> None:
    listed = spapi("scenario", "list")
    shown = spapi("scenario", "show", "out-of-stock").out
    Path("mine.toml").write_text(shown)

    assert [line.split()[0] for line in listed.out.splitlines() if not line.startswith(" ")][1:] == list(names())
    assert [one["name"] for one in spapi("scenario", "list", "--json").json()["scenarios"]] == list(names())
    assert (
        spapi("scenario", "check", "mine.toml").out == "mine.toml is in order: 1 seller, 2 SKUs, 5 orders, 0 faults.\n"
    )
    assert spapi("scenario", "check", "out-of-stock", "--json").json() == {
        "seller": 1,
        "SKU": 2,
        "order": 5,
        "fault": 0,
    }


def test_a_mistake_in_a_file_is_told_with_its_place(spapi: Spapi) -> None:
    Path("mine.toml").write_text(spapi("scenario", "show", "out-of-stock").out.replace('"GONE"\ncount', '"GON"\ncount'))

    said = spapi("scenario", "check", "mine.toml")

    assert said.code != 0
    assert "mine.toml cannot be used: There is no 'GON'; there are GONE, LAST-ONE" in said.err
    assert "$.sellers[0].orders[0].sku" in said.err
    assert "Did you mean out-of-stock?" in spapi("scenario", "show", "out-of-stok").err


def test_editors_get_the_schema(spapi: Spapi) -> None:
    kept = (Path(__file__).parents[3] / "docs" / "scenario.schema.json").read_text()

    spapi("scenario", "schema", "--file", "scenario.schema.json")

    assert spapi("scenario", "schema").out == kept == Path("scenario.schema.json").read_text()
