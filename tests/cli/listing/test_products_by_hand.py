"""Products by hand: listed, sold, competed with, restricted, suppressed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sellingpartner.env_file import read_env
from sellingpartner.server.process.credentials import Credentials
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]
HURTS = "A/B 100%+:#?"


@pytest.mark.parametrize("more", [(), ("--fba",), ("--product-type", "MUG")])
def test_a_listing_in_one_line_can_be_ordered_at_once(spapi: Spapi, more: tuple[str, ...]) -> None:
    said = spapi("listing", "put", HURTS, "--title", "Mug", "--price", "19.99", "--stock", "10", *more, "--json")

    assert said.code == 0, said.err
    put = said.json()
    assert (put["status"], put["available"], put["issues"]) == (["BUYABLE", "DISCOVERABLE"], 10, [])
    assert put["price"] == {"currencyCode": "USD", "amount": "19.99"}
    ordered = spapi("order", "place", "--sku", HURTS, "--quantity", "2")
    assert ordered.code == 0, ordered.err
    assert spapi("listing", "show", HURTS, "--json").json()["available"] == 8


@pytest.mark.parametrize(
    "sku", ["A/B", "..", ".", "50%", "A%2FB", "%41", "a+b c", "a:b?c#d&e=f", " é" * 20, "--x", "'\"\\"]
)
def test_a_sku_that_hurts_works_in_every_command(spapi: Spapi, sku: str) -> None:
    mine = ("--", sku) if sku.startswith("-") else (sku,)

    def told(*words: str, more: tuple[str, ...] = ()) -> Any:  # noqa: ANN401 - whatever it says
        said = spapi(*words, *more, "--json", *mine)
        assert said.code == 0, said.err
        return said.json()

    offered = told("listing", "put", more=("--title", "Mug", "--price", "9", "--stock", "5"))
    assert (offered["sku"], offered["status"]) == (sku, ["BUYABLE", "DISCOVERABLE"])
    assert told("listing", "show") == offered
    assert spapi("order", "place", f"--sku={sku}").code == 0
    assert told("stock", "show")["levels"][0]["available"] == 4
    assert spapi("stock", "set", *mine, "7").code == spapi("stock", "add", *mine, "1").code == 0
    assert told("listing", "show")["available"] == 8
    assert [one["sku"] for one in told("offer", "list")["offers"]] == [sku]
    assert told("fees")["price"]["amount"] == "9.00"
    assert spapi("listing", "suppress", *mine, "restricted_product").code == spapi("listing", "lift", *mine).code == 0
    made = spapi("offer", "compete", offered["asin"], "8", f"--sku={sku}", "--json").json()["offers"][0]
    assert (made["sku"], spapi("offer", "withdraw", made["sellerId"], *mine).code) == (sku, 0)
    assert spapi("listing", "delete", *mine).code == 0
    assert spapi("listing", "show", *mine).code == 1


@pytest.mark.parametrize("product_type", ["MUG", "PRODUCT", "ABIS_BOOK"])
def test_an_example_is_what_a_listing_takes(
    market: TestMarket, spapi: Spapi, ready: Credentials, product_type: str
) -> None:
    Path("example.json").write_text(spapi("listing", "example", product_type).out)

    mine = (f"sellerId={market.seller.seller_id}", "sku=MINE", "--body", "example.json")
    said = spapi("call", "putListingsItem", *mine, "mode=VALIDATION_PREVIEW", "--json")

    assert (said.json()["status"], said.json()["issues"]) == ("VALID", [])


def test_an_example_of_no_product_type_names_the_one_that_was_meant(spapi: Spapi) -> None:
    said = spapi("listing", "example", "mug")

    assert (said.code, said.out) == (2, "")
    assert said.err == "spapi: There is no product type mug in this marketplace. Did you mean MUG?\n"


def test_what_is_left_out_of_a_second_line_stays(spapi: Spapi) -> None:
    spapi("listing", "put", "MUG", "--title", "A Mug", "--price", "19.99", "--stock", "10")
    spapi("order", "place", "--sku", "MUG", "--quantity", "4")

    said = spapi("listing", "put", "MUG", "--price", "9.50", "--json").json()

    assert (said["title"], said["price"]["amount"], said["available"]) == ("A Mug", "9.50", 6)


def test_listings_are_listed_in_the_order_of_sku(spapi: Spapi) -> None:
    skus = [one["sku"] for one in spapi("listing", "list", "--json").json()["listings"]]

    assert skus == ["FLEA-DROPS", "LAMP-OAK", "MUG-BLUE", "MUG-RED", "TEA/50 G&B 100%"]
    page = spapi("listing", "list", "--after", "LAMP-OAK", "--limit", "1", "--csv").out.splitlines()
    assert [line.split(",")[0] for line in page] == ["SKU", "MUG-BLUE"]


def test_a_deleted_listing_cannot_be_ordered(spapi: Spapi) -> None:
    assert spapi("listing", "delete", "MUG-BLUE").out == "MUG-BLUE is not listed any more.\n"

    assert spapi("order", "place", "--sku", "MUG-BLUE").code == 1
    assert spapi("listing", "show", "MUG-BLUE").code == 1


def test_an_item_of_the_catalog_is_created_found_and_offered(spapi: Spapi) -> None:
    made = spapi("product", "create", "Walnut Bowl", "--brand", "Larch", "--gtin", "4006381333931", "--json").json()
    asin = made["asin"]

    offered = spapi("listing", "put", "BOWL", "--asin", asin, "--price", "30", "--stock", "1", "--json")

    assert offered.code == 0, offered.err
    assert (offered.json()["asin"], offered.json()["title"]) == (asin, "Walnut Bowl")
    assert "EAN 4006381333931" in made["identifiers"]
    assert spapi("product", "list", "walnut bowl", "--csv").out.splitlines()[1].startswith(f"{asin},Walnut Bowl,Larch")
    shown = spapi("product", "show", asin, "--json").json()
    assert (shown["asin"], shown["offerCount"]) == (asin, 1)


def test_a_cheaper_competitor_is_featured_until_it_goes(spapi: Spapi) -> None:
    asin = spapi("listing", "show", "MUG-BLUE", "--json").json()["asin"]
    assert [one["isFeatured"] for one in spapi("offer", "list", "MUG-BLUE", "--json").json()["offers"]] == [True]

    offers = spapi("offer", "compete", asin, "9.99", "--name", "Cheap Cups", "--fba", "--json").json()["offers"]

    assert [(one["sellerName"], one["isFeatured"]) for one in offers] == [("Cheap Cups", True), ("Harbor Goods", False)]
    cheap = offers[0]["sellerId"]
    dearer = spapi("offer", "compete", asin, "99", "--competitor", cheap, "--fba", "--json").json()["offers"]
    assert [(one["price"]["amount"], one["isFeatured"]) for one in dearer] == [("14.99", True), ("99.00", False)]
    assert spapi("offer", "withdraw", cheap, asin).code == 0
    assert len(spapi("offer", "list", asin, "--asin", "--json").json()["offers"]) == 1


def test_a_restriction_stops_sales_until_approval(spapi: Spapi) -> None:
    held = spapi("restriction", "add", "BRAND", "Harbor", "--json").json()["restrictionId"]
    assert "BUYABLE" not in spapi("listing", "show", "MUG-BLUE", "--json").json()["status"]
    assert "Harbor" in spapi("restriction", "list").out

    assert spapi("restriction", "approve", str(held)).code == 0

    assert "BUYABLE" in spapi("listing", "show", "MUG-BLUE", "--json").json()["status"]
    assert spapi("restriction", "remove", str(held)).code == 0
    assert spapi("restriction", "list").out == "Nothing is restricted.\n"


def test_a_suppression_is_an_issue_until_it_is_lifted(spapi: Spapi) -> None:
    said = spapi("listing", "suppress", "MUG-BLUE", "restricted_product", "--json").json()
    assert [issue["severity"] for issue in said["issues"]] == ["ERROR"]

    assert spapi("listing", "lift", "MUG-BLUE", "--json").json()["issues"] == []


def test_stock_is_set_and_added_to_and_its_movements_are_told(spapi: Spapi) -> None:
    assert spapi("stock", "set", "MUG-BLUE", "7", "--json").json()["levels"][0]["available"] == 7
    assert spapi("stock", "add", "MUG-BLUE", "5", "--json").json()["levels"][0]["available"] == 12

    moved = spapi("stock", "show", "MUG-BLUE", "--json").json()["movements"]
    assert [one["onHandChange"] for one in moved] == [100, -93, 5]
    assert "MUG-BLUE,SELLER,12,0,12" in spapi("stock", "list", "--csv").out
    assert "RECEIVED" in spapi("stock", "show", "MUG-BLUE", "--movements").out


def test_a_second_seller_lists_and_sells_at_once(spapi: Spapi, tmp_path: Path, market: TestMarket) -> None:
    said = spapi("seller", "create", "Second Shop", "--marketplace", "US", "--env", str(tmp_path / "second.env"))
    assert said.code == 0, said.err
    ready = read_env(tmp_path / "second.env")
    seller = ready["SP_API_SELLER_ID"]

    spapi("listing", "put", "CUP", "--title", "Cup", "--price", "5", "--stock", "3", "--seller", seller)

    assert seller in spapi("order", "place", "--seller", seller).out
    listed = spapi("orders", "list", "--credentials", str(tmp_path / "second.env"), "--since", "2026-01-01", "--json")
    assert listed.code == 0, listed.err
    assert "SP_API_REFRESH_TOKEN=" in spapi("seller", "create", "Third Shop").out


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("listing", "put", "X", "--price", "1"), 1, "say its title"),
        (("listing", "put", "X", "--title", "X"), 1, "say its price"),
        (("listing", "put", "X", "--title", "X", "--price", "much"), 2, "write one like 19.99"),
        (("listing", "put", "X", "--title", "X", "--price", "1", "--product-type", "NO"), 2, "no product type NO"),
        (("listing", "put", "X", "--title", "X", "--price", "-1"), 2, "-1"),
        (("listing", "put", "X", "--title", "X", "--price", "1", "--stock", "-1"), 2, "stock"),
        (("listing", "put", "X", "--title", "X", "--price", "1", "--marketplace", "DE"), 1, "does not sell in"),
        (("listing", "show", "NO-SUCH"), 1, "`spapi listing list` lists a market's SKUs"),
        (("listing", "delete", "NO-SUCH"), 1, "There is no listing"),
        (("listing", "suppress", "MUG-BLUE", "moods"), 2, "must be one of image_marked"),
        (("listing", "list", "--json", "--csv"), 2, "do not go together"),
        (("stock", "show", "NO-SUCH"), 1, "never had anything"),
        (("stock", "set", "NO-SUCH", "1"), 1, "does not list"),
        (("stock", "set", "NO-SUCH", "1", "--fba"), 1, "list it first"),
        (("stock", "add", "NO-SUCH", "1", "--no-fba"), 1, "list it first"),
        (("stock", "add", "MUG-BLUE", "0"), 2, "0"),
        (("product", "show", "B000000000"), 1, "no item B000000000"),
        (("product", "show", "B000000000", "--marketplace", "XX"), 2, "XX is not a marketplace; write one of AE, AU"),
        (("product", "create", "X", "--gtin", "4006381333932"), 2, "4006381333932"),
        (("product", "create", "X", "--marketplace", "XX"), 2, "XX"),
        (("seller", "create", "X", "--marketplace", "XX"), 2, "write one of AE, AU"),
        (("order", "place", "--marketplace", "ZZ"), 2, "ZZ is not a marketplace; write one of AE, AU"),
        (("product", "list", "mug", "--marketplace", "XX"), 2, "XX is not a marketplace"),
        (("offer", "list", "NO-SUCH"), 1, "There is no listing"),
        (("offer", "compete", "B000000000", "1"), 1, "no item B000000000"),
        (("offer", "compete", "B000000000", "1", "--competitor", "A1"), 1, "no competitor A1"),
        (("offer", "withdraw", "A1", "X"), 1, "no competitor A1"),
        (("restriction", "add", "MOOD", "sad"), 2, "those are BRAND"),
        (("restriction", "add", "BRAND"), 1, "names what it is about"),
        (("restriction", "remove", "77"), 1, "no restriction 77"),
        (("restriction", "approve", "77"), 1, "no restriction 77"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(spapi: Spapi, arguments: tuple[str, ...], code: int, why: str) -> None:
    said = spapi(*arguments)

    assert (said.code, said.out) == (code, ""), said
    assert why in said.err
    assert said.err.count("\n") == 1
