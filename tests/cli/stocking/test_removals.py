"""`spapi removal`, and what `spapi stock` says of centers."""

from __future__ import annotations

from tests.cli.conftest import Spapi

from sellingpartner.testing import TestMarket


def test_units_are_removed_listed_shown_and_taken_back(market: TestMarket, spapi: Spapi) -> None:
    made = spapi("removal", "create", "LAMP-OAK", "3", "--number", "BACK-1")
    assert made.code == 0, made.err
    assert market.seller.stock("LAMP-OAK") == 97
    market.advance(days=20)

    shown = spapi("removal", "show", "BACK-1").out
    assert "Completed" in shown
    assert "1Z861E7F03" in spapi("removal", "show", "BACK-1", "--parcels").out
    assert "BACK-1" in spapi("removal", "list", "--csv").out
    destroyed = spapi("removal", "create", "LAMP-OAK", "2", "--kind", "disposal", "--json").json()
    canceled = spapi("removal", "cancel", destroyed["removalId"])
    assert (canceled.code, "Cancelled" in canceled.out) == (0, True)
    assert market.seller.stock("LAMP-OAK") == 97


def test_what_cannot_be_removed_is_said_and_where_to_look(spapi: Spapi) -> None:
    too_many = spapi("removal", "create", "LAMP-OAK", "101")
    assert (too_many.code, too_many.out) == (1, "")
    assert "100 sellable units can be removed, so 101 cannot." in too_many.err

    unknown = spapi("removal", "cancel", "NONE")
    assert (unknown.code, unknown.out) == (1, "")
    assert "`spapi removal list`" in unknown.err


def test_centers_are_shown_and_stranded_units_listed(spapi: Spapi) -> None:
    assert spapi("stock", "add", "LAMP-OAK", "5", "--fba", "--center", "BFI4").code == 0
    assert spapi("stock", "transfer", "LAMP-OAK", "2", "TPA1", "--out-of", "BFI4").code == 0

    shown = spapi("stock", "show", "LAMP-OAK").out

    assert "in BFI4, Kent (US)" in shown
    assert "TRANSSHIPMENT" in shown
    assert "Nothing is stranded." in spapi("stock", "stranded").out
    assert spapi("listing", "delete", "LAMP-OAK").code == 0
    stranded = spapi("stock", "stranded", "--csv").out
    assert "LAMP-OAK,105,Listing deleted" in stranded
