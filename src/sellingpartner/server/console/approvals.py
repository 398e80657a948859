"""Asking to sell what is restricted: the page that links of getListingsRestrictions lead to."""

from __future__ import annotations

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.catalog.questions import item_of
from sellingpartner.market.listings.enforcing import ask_for_approval, restrictions_to_lift
from sellingpartner.server.console.fields import Fields
from sellingpartner.server.console.troubles import Trouble
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork


def show(visit: Visit) -> HttpAnswer:
    """What is restricted of a product, and the button that asks for approval.

    Differs: opening Amazon's page alone was seen to clear a restriction; here the seller asks by a button.
    """
    with visit.market.write() as unit:
        asin, marketplace_id = _asked(visit, unit, visit.query)
        found = restrictions_to_lift(unit, asin, marketplace_id)
        return _page(visit, unit, asin, marketplace_id, "" if found else "Nothing keeps you from selling this product.")


def ask(visit: Visit) -> HttpAnswer:
    """Ask; some restrictions end at once, and others wait for whoever approves."""
    with visit.market.write() as unit:
        asin, marketplace_id = _asked(visit, unit, visit.form)
        lifted, waiting = ask_for_approval(unit, asin, marketplace_id)
        notice = "You are approved." if lifted and not waiting else "You have asked; somebody has to approve it."
        return _page(
            visit, unit, asin, marketplace_id, notice if lifted or waiting else "There was nothing to ask for."
        )


def _asked(visit: Visit, unit: UnitOfWork, fields: Fields) -> tuple[str, str]:
    """The product and the marketplace that it is about; the unit is the seller's from here on."""
    _, unit.seller_id = visit.enter_for_seller(unit, "Sign in with the account of a person who sells.")
    marketplace_id = fields.one("marketplaceId")
    if marketplace_id not in MARKETPLACES:
        raise Trouble(
            400,
            "Which marketplace?",
            "The address names no marketplace.",
            fix="Follow the link as getListingsRestrictions gave it.",
        )
    return fields.one("asin"), marketplace_id


def _page(visit: Visit, unit: UnitOfWork, asin: str, marketplace_id: str, notice: str) -> HttpAnswer:
    item = item_of(unit, asin)
    return visit.page(
        "approval.html",
        seller=seller_of(unit, unit.seller_id),
        asin=asin,
        title=item.title(marketplace_id) or asin,
        brand=item.brand,
        marketplace=MARKETPLACES[marketplace_id],
        restrictions=restrictions_to_lift(unit, asin, marketplace_id),
        notice=notice,
    )
