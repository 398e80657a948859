"""`spapi query`: from the text to a file, and what there is of queries in a market of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Spapi

from sellingpartner.contract.data_kiosk_2023_11_15 import CreateQuery
from sellingpartner.testing import TestMarket

QUERY = (
    'query { analytics_economics_2024_03_15 { economics(startDate: "2026-11-02", endDate: "2026-11-04", '
    'marketplaceIds: ["ATVPDKIKX0DER"]) { msku sales { unitsOrdered } } } }'
)


def test_queries_are_listed_and_shown_as_they_begin(market: TestMarket, spapi: Spapi) -> None:
    assert "No query has been asked." in spapi("query", "list").out
    market.buys()
    query_id = market.query(QUERY).query.query_id

    listed = spapi("query", "list", "--status", "DONE").out.splitlines()
    shown = spapi("query", "show", query_id, "--rows", "1")

    assert ["analytics_economics_2024_03_15.economics" in line for line in listed] == [False, True]
    assert shown.code == 0
    assert json.loads(shown.out.splitlines()[-1]) == {"msku": "MUG-BLUE", "sales": {"unitsOrdered": 1}}
    answer = spapi("query", "show", query_id, "--json").json()
    assert (answer["text"], answer["query"]["rows"], answer["contentType"]) == (
        QUERY,
        1,
        "application/jsonl; charset=UTF-8",
    )
    assert spapi("query", "list", "--status", "FATAL").out.count("\n") <= 1
    assert spapi("query", "show", "1").code == 1
    assert "1 QUERY, " in spapi("status").out


@pytest.mark.usefixtures("ready")
def test_a_query_is_fetched_to_a_file(
    market: TestMarket, spapi: Spapi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    market.buys()
    query_id = market.seller.send(CreateQuery(query=QUERY)).query_id
    market.advance(minutes=1)

    fetched = spapi("query", "download", "--query-id", query_id, "--json")

    assert fetched.code == 0, fetched.err
    assert fetched.json()["query_id"] == query_id
    assert json.loads((tmp_path / "query.jsonl").read_text()) == {"msku": "MUG-BLUE", "sales": {"unitsOrdered": 1}}
    again = spapi("query", "download", "--query-id", query_id)
    assert (again.code, "is there already; say --to" in again.err) == (2, True)
    to_stdout = spapi("query", "download", "--query-id", query_id, "--to", "-")
    assert json.loads(to_stdout.out)["msku"] == "MUG-BLUE"


@pytest.mark.usefixtures("ready")
def test_what_is_no_query_is_said(spapi: Spapi, tmp_path: Path) -> None:
    assert "Say its text, @FILE or -" in spapi("query", "download").err
    assert "cannot be read" in spapi("query", "download", f"@{tmp_path / 'none'}").err
    refused = spapi("query", "download", "{ sales { asin } }", "--to", "-")
    assert refused.code == 1
    assert "versioned domain field" in refused.err
