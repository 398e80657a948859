"""Items of a sandbox: goods that exist for a test alone, whose units lie at Amazon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.counted import counted
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.commands import add_item
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.inventory.commands import adjust, receive_many
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import movements_of, positions_at
from sellingpartner.market.listings.commands import list_item
from sellingpartner.market.listings.model import FulfillmentChannel, NewListing
from sellingpartner.market.listings.questions import ListingUnknown
from sellingpartner.market.listings.store import record_of, records_of_sku, remove
from sellingpartner.market.skus import checked_sku
from sellingpartner.storage.unit import UnitOfWork

_PRICE_MINOR = 1999
MOST = 2**31 - 1
LONGEST_NAME = 200
LONGEST_TOKEN = 100


class Added(NamedTuple):
    """So many units more of a SKU."""

    sku: str
    marketplace_id: str
    quantity: int


class ItemExists(InvalidInput):
    """The SKU has an item already."""

    def __init__(self, sku: str, marketplace_id: str) -> None:
        super().__init__(f"sellerSku {sku!r} exists already in marketplace {marketplace_id}; delete it first.")


class ItemNotEmpty(InvalidInput):
    """An item with units of which some are still there cannot be deleted."""

    def __init__(self, sku: str, total: int) -> None:
        super().__init__(
            f"sellerSku {sku!r} still has {counted(total, 'unit')}; an item can be deleted when it has none."
        )


def create_virtual_item(unit: UnitOfWork, sku: str, marketplace_id: str, name: str) -> None:
    """Make an item of which Amazon has no unit yet, with a made-up ASIN and FNSKU; raises `ItemExists`.

    Assumed: an item of the sandbox has a price, so that buyers can order it.
    """
    participations_of(unit, unit.seller_id, including=[marketplace_id])
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        message = f"productName must have 1 to {LONGEST_NAME} characters."
        raise InvalidInput(message)
    unit.next_number("listings")  # whoever makes the same item at the same time waits here, and finds it then
    if record_of(unit, checked_sku(sku), marketplace_id) is not None:
        raise ItemExists(sku, marketplace_id)
    item = add_item(unit, NewItem(product_type="PRODUCT", title=name.strip(), brand="Sandbox"))
    list_item(
        unit,
        NewListing(
            sku=sku,
            marketplace_id=marketplace_id,
            asin=item.asin,
            price=Money(_PRICE_MINOR, MARKETPLACES[marketplace_id].currency),
            fulfillment_channel=FulfillmentChannel.AFN,
        ),
    )
    adjust(unit, sku, Place.FBA, on_hand=0, reference="createInventoryItem")


def delete_virtual_item(unit: UnitOfWork, sku: str, marketplace_id: str) -> None:
    """Delete an item that has no units left; raises `ItemNotEmpty`, and `ListingUnknown` if there is none."""
    participations_of(unit, unit.seller_id, including=[marketplace_id])
    of_sku = records_of_sku(unit, sku)
    record = next((one for one in of_sku if one.marketplace_id == marketplace_id), None)
    if record is None:
        raise ListingUnknown(sku, marketplace_id)
    total = sum(one.total for one in positions_at(unit, Place.FBA, limit=1, skus=[sku]))
    if total and len(of_sku) == 1:
        raise ItemNotEmpty(sku, total)
    remove(unit, record)


def add_units(unit: UnitOfWork, added: Sequence[Added], token: str) -> None:
    """Let units come to items; a token that was used before adds nothing again."""
    if not 1 <= len(token) <= LONGEST_TOKEN:
        message = f"x-amzn-idempotency-token must have 1 to {LONGEST_TOKEN} characters."
        raise InvalidInput(message)
    participations_of(unit, unit.seller_id, including=[one.marketplace_id for one in added])
    for one in added:
        if record_of(unit, one.sku, one.marketplace_id) is None:
            raise ListingUnknown(one.sku, one.marketplace_id)
        if not 1 <= one.quantity <= MOST:
            message = f"quantity of sellerSku {one.sku!r} is {one.quantity}; it must be 1 to {MOST}."
            raise InvalidInput(message)
    unit.next_number("sandbox stock")  # calls with the same token wait for each other
    reference = f"addInventory {token}"
    if any(move.reference == reference for one in added[:1] for move in movements_of(unit, one.sku)):
        return
    receive_many(unit, [(one.sku, one.quantity) for one in added], Place.FBA, reference=reference)
