"""Who writes a seller's tax invoices in Brazil."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.invoicing.commands import save_biller
from sellingpartner.market.invoicing.model import Biller
from sellingpartner.market.invoicing.questions import biller_of
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant


def get_invoicing(desk: Desk, request: v1.GetInvoicing) -> v1.Invoicing:
    """Who writes them."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        return v1.Invoicing(seller_id=seller_id, biller=v1.InvoiceBiller(biller_of(unit).value))


def set_invoicing(desk: Desk, request: v1.SetInvoicing) -> v1.Invoicing:
    """Say who is to write them."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        save_biller(unit, Biller(request.biller.value))
    return v1.Invoicing(seller_id=seller_id, biller=request.biller)
