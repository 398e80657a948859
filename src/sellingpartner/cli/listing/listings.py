"""`spapi listing`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from cyclopts import App, Parameter

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line
from sellingpartner.cli.words.amounts import amount_of, told
from sellingpartner.cli.words.marketplace_names import Marketplace, marketplace_id_of
from sellingpartner.contract.market_v1 import (
    DeleteListing,
    GetListing,
    GetListingExample,
    LiftSuppression,
    Listing,
    ListListings,
    PutListing,
    SuppressListing,
)

app = App(name="listing", help="What sellers list: put, show, take down, suppress.")
_COLUMNS = ("SKU", "ASIN", "Title", "Price", "Available", "Fulfilled by", "Status", "Issues")


@Parameter(name="*", group="Shop")
@dataclass(frozen=True)
class Shop:
    """Whose listing, and where."""

    seller: str | None = None
    "The seller's id; the market's first seller unless said."
    marketplace: Marketplace = None
    "Where, by country (US) or marketplace id; the seller's home unless said."

    @property
    def marketplace_id(self) -> str | None:
        """The marketplace that is named, by its id."""
        return None if self.marketplace is None else marketplace_id_of(self.marketplace)


@Parameter(name="*", group="Product")
@dataclass(frozen=True)
class What:
    """What is listed; of a SKU that is listed already, what is left out stays."""

    title: str | None = None
    "What it is called."
    price: str | None = None
    "What it costs, in the marketplace's currency."
    stock: int | None = None
    "How many units can be promised."
    fba: Annotated[bool | None, Parameter(negative="--no-fba", show_default=False)] = None
    "Amazon fulfills."
    product_type: str | None = None
    "What it is (MUG, SHIRT, ...); PRODUCT unless said."
    asin: str | None = None
    "Offer this item of the catalog, instead of a product of its own."
    brand: str | None = None
    "Its brand."


@app.command
def put(sku: str, *, what: What | None = None, shop: Shop | None = None, to: Connection | None = None) -> None:
    """List a product with its price and stock, or change what a SKU offers.

    Args:
        sku: The seller's own name for it.
        what: The product.
        shop: The seller.
        to: Which market.
    """
    to, what, shop = to or Connection(), what or What(), shop or Shop()
    answer = to.send(
        PutListing(
            sku=sku,
            seller_id=shop.seller,
            marketplace_id=shop.marketplace_id,
            title=what.title,
            price=amount_of(what.price, "--price"),
            stock=what.stock,
            is_amazon_fulfilled=what.fba,
            product_type=what.product_type,
            asin=what.asin,
            brand=what.brand,
        )
    )
    _show(to, answer)


@app.command
def show(sku: str, *, shop: Shop | None = None, to: Connection | None = None) -> None:
    """Show a listing, with what is wrong with it."""
    to, shop = to or Connection(), shop or Shop()
    _show(to, to.send(GetListing(sku=sku, seller_id=shop.seller, marketplace_id=shop.marketplace_id)))


@app.command
def example(product_type: str, *, shop: Shop | None = None, to: Connection | None = None) -> None:
    """Print what putListingsItem takes for a product type, ready for spapi call putListingsItem --body FILE."""
    to, shop = to or Connection(), shop or Shop()
    print_json(
        to.send(GetListingExample(product_type=product_type, seller_id=shop.seller, marketplace_id=shop.marketplace_id))
    )


@app.command(name="list")
def list_listings(
    *,
    after: str = "",
    limit: int = 100,
    csv: Annotated[bool, FLAG] = False,
    shop: Shop | None = None,
    to: Connection | None = None,
) -> None:
    """List a seller's listings, in the order of SKU.

    Args:
        after: Only SKUs after this one.
        limit: How many at most, up to 1,000.
        csv: Print CSV.
        shop: The seller.
        to: Which market.
    """
    to, shop = to or Connection(), shop or Shop()
    answer = to.send(ListListings(seller_id=shop.seller, marketplace_id=shop.marketplace_id, after=after, limit=limit))
    rows = [
        (one.sku, one.asin, one.title, told(one.price), one.available, _by(one), one.status, len(one.issues) or None)
        for one in answer.listings
    ]
    Printed(to, csv=csv).show(answer, _COLUMNS, rows, empty="The seller lists nothing there.")


@app.command
def delete(sku: str, *, shop: Shop | None = None, to: Connection | None = None) -> None:
    """Take a listing down."""
    to, shop = to or Connection(), shop or Shop()
    answer = to.send(DeleteListing(sku=sku, seller_id=shop.seller, marketplace_id=shop.marketplace_id))
    if to.json:
        print_json(answer)
    else:
        print_line(f"{sku} is not listed any more.")


@app.command
def suppress(sku: str, kind: str, *, value: str = "", shop: Shop | None = None, to: Connection | None = None) -> None:
    """Impose an issue on a listing, as Amazon's people do.

    Args:
        sku: The SKU.
        kind: image_marked, image_unreachable, restricted_product or conflict.
        value: What it is about, such as the address of a picture.
        shop: The seller.
        to: Which market.
    """
    to, shop = to or Connection(), shop or Shop()
    asked = SuppressListing(sku=sku, kind=kind, value=value, seller_id=shop.seller, marketplace_id=shop.marketplace_id)
    _show(to, to.send(asked))


@app.command
def lift(sku: str, kind: str | None = None, *, shop: Shop | None = None, to: Connection | None = None) -> None:
    """Take back what was imposed on a listing.

    Args:
        sku: The SKU.
        kind: One kind of it; all unless said.
        shop: The seller.
        to: Which market.
    """
    to, shop = to or Connection(), shop or Shop()
    asked = LiftSuppression(sku=sku, kind=kind, seller_id=shop.seller, marketplace_id=shop.marketplace_id)
    _show(to, to.send(asked))


def _by(one: Listing) -> str:
    return "Amazon" if one.is_amazon_fulfilled else "seller"


def _show(to: Connection, one: Listing) -> None:
    if to.json:
        print_json(one)
        return
    print_facts(
        [
            ("SKU", one.sku),
            ("ASIN", one.asin),
            ("Title", one.title),
            ("Product type", one.product_type),
            ("Price", told(one.price)),
            ("Available", f"{one.available}, fulfilled by {_by(one)}"),
            ("Status", one.status or "neither BUYABLE nor DISCOVERABLE"),
            *((f"Issue {issue.code}", f"{issue.severity}: {issue.message}") for issue in one.issues),
            ("Seller", one.seller_id),
            ("Marketplace", one.marketplace_id),
        ]
    )
