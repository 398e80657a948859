"""A bookkeeper in Brazil: writes the invoice of an order, rightly or wrongly, and hands it in."""

from __future__ import annotations

from base64 import b64encode
from decimal import Decimal
from hashlib import md5
from random import Random
from typing import Any

import msgspec

from sellingpartner.contract.shipment_invoicing_v0 import GetInvoiceStatus, SubmitInvoice
from sellingpartner.market.invoicing.access_key import AccessKey, check_digit, cnpj_of, made, parsed
from sellingpartner.market.invoicing.commands import save_biller
from sellingpartner.market.invoicing.model import Biller
from sellingpartner.market.invoicing.nfe import Nfe, NfeItem, moment, written
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket

LAMP = "LAMP-OAK"
CNPJ = cnpj_of(Random(7))


def shop_in_brazil(biller: Biller = Biller.SELLER, url: str | None = None) -> TestMarket:
    """A market of Brazil whose seller writes its invoices itself, unless said."""
    market = TestMarket(marketplaces=("BR",)) if url is None else TestMarket(url, marketplaces=("BR",))
    with market.market.write(market.seller.seller_id) as unit:
        save_biller(unit, biller)
    return market


def order_in(market: TestMarket, order_id: str) -> Order:
    with market.market.read(market.seller.seller_id) as unit:
        return order_of(unit, order_id)


def invoice_of(order: Order, number: int = 1, **changed: Any) -> bytes:  # noqa: ANN401 - fields of Nfe
    """The authorized invoice of an order; `changed` are fields of it, and `key` what is done to its access key."""
    key = made(order.purchased_at, state="SP", cnpj=CNPJ, series=1, number=number, luck=Random(number))
    items = tuple(
        NfeItem(sku=item.sku, title=item.title, units=Decimal(item.held), price=_reais(item.held_amounts.price))
        for item in order.items
    )
    goods, total = sum((item.price for item in items), Decimal(0)), _reais(order.total.minor)
    said = Nfe(
        key=key.text,
        series="1",
        number=str(number),
        issued_at=moment(order.purchased_at),
        issuer=CNPJ,
        issuer_name="Harbor Goods",
        buyer_number="",
        buyer_name=order.buyer.name,
        items=items,
        goods=goods,
        freight=total - goods,
        discount=Decimal(0),
        other=Decimal(0),
        total=total,
        protocol_key=key.text,
        authorization="100",
    )
    found = msgspec.structs.replace(said, **changed)
    return written(found, parsed(found.key) or key, purpose="Venda de mercadoria")


def with_wrong_digit(order: Order, number: int = 1) -> bytes:
    """The same with a check digit that is none."""
    right = parsed(_key_in(invoice_of(order, number)))
    assert right is not None
    wrong = right.text[:-1] + str((int(right.digit) + 1) % 10)
    return invoice_of(order, number, key=wrong, protocol_key=wrong)


def with_other_issuer(order: Order) -> bytes:
    """The same with a key that names another issuer."""
    right = parsed(_key_in(invoice_of(order)))
    assert right is not None
    other: AccessKey = msgspec.structs.replace(right, cnpj=cnpj_of(Random(8)))
    key = other.text[:-1] + check_digit(other.text[:-1])
    return invoice_of(order, key=key, protocol_key=key)


def handed_in(market: TestMarket, shipment_id: str, content: bytes, **changed: Any) -> None:  # noqa: ANN401
    said: dict[str, Any] = {
        "shipment_id": shipment_id,
        "invoice_content": b64encode(content).decode(),
        "content_md5_value": md5(content, usedforsecurity=False).hexdigest(),
    }
    market.seller.send(SubmitInvoice(**(said | changed)))


def standing(market: TestMarket, shipment_id: str) -> str | None:
    found = market.seller.send(GetInvoiceStatus(shipment_id=shipment_id)).payload.shipments
    return None if found is None else found.invoice_status


def _key_in(content: bytes) -> str:
    return content.decode().partition('Id="NFe')[2][:44]


def _reais(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)
