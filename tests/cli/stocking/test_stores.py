"""Stores by hand: opened, closed, ordered of, and what they send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]
MUG = "MUG-BLUE"


def test_a_store_is_opened_ordered_of_and_closed(market: TestMarket, spapi: Spapi) -> None:
    assert spapi("supply", "create", "QUAY").code == 0
    assert spapi("supply", "put", "QUAY", MUG, "3").code == 0
    assert "No supply source of the seller is a store." in spapi("store", "list").out

    opened = spapi("store", "open", "QUAY", "--json").json()["stores"]
    placed = spapi("order", "place", "--sku", MUG, "--from-store", "QUAY", "--json").json()

    assert [(one["code"], one["ships"]) for one in opened] == [("QUAY", "SELF")]
    [sent] = spapi("store", "shipments", "--json").json()["shipments"]
    assert (sent["orderId"], sent["status"], sent["code"]) == (placed["orderId"], "CREATED", "QUAY")
    market.advance(minutes=2)
    assert "ACCEPTED" in spapi("store", "shipments").out
    assert placed["orderId"] in spapi("store", "shipments", "--status", "ACCEPTED", "--csv").out
    assert spapi("store", "open", "QUAY", "--ships", "marketplace").code == 0
    assert spapi("store", "close", "QUAY").code == 0
    assert "No supply source of the seller is a store." in spapi("store", "list").out


def test_what_cannot_be_is_refused_with_its_reason(market: TestMarket, spapi: Spapi) -> None:
    unknown, unplaced = spapi("store", "open", "NOWHERE"), spapi("order", "place", "--from-store", "NOWHERE")
    never = spapi("store", "shipments", "--status", "GONE")
    spapi("supply", "create", "QUAY")
    closed = spapi("store", "close", "QUAY")

    assert "There is no supply source 'NOWHERE'" in unknown.err
    assert "There is no supply source 'NOWHERE'" in unplaced.err
    assert "status cannot be 'GONE'" in never.err
    assert "is no location" in closed.err
    assert [one.code for one in (unknown, unplaced, never, closed)] == [1, 1, 2, 1]
    assert market.facts("OrderPlaced") == []
