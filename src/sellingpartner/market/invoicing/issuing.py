"""The marketplace has invoices issued: of what Amazon ships where the seller leaves that to it, and when it is asked.

Assumed: an invoice that the marketplace issues by itself is authorized when the order leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.invoicing import GovernmentInvoiceEnded, InvoiceIssued
from sellingpartner.market.events.orders import OrderShipped
from sellingpartner.market.invoicing.access_key import cnpj_of, is_cnpj, made
from sellingpartner.market.invoicing.checking import ISSUER, buyer_number, rejected
from sellingpartner.market.invoicing.model import (
    CUSTOMER_SALES,
    SALE,
    Biller,
    Good,
    InvoiceState,
    Request,
    RequestStatus,
    TaxInvoice,
)
from sellingpartner.market.invoicing.nfe import Nfe, NfeItem, moment, written
from sellingpartner.market.invoicing.refusals import InvalidRequest
from sellingpartner.market.invoicing.rules import rules, takes
from sellingpartner.market.invoicing.store import biller_of, find_request, insert_invoice, save_request
from sellingpartner.market.invoicing.submitting import BRAZIL, new_invoice_id, shipment_id_of
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import InvoiceStatus
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

_AUTHORIZED = "100"
_SERIES = 1
_PURPOSES = {SALE: "Venda de mercadoria", "SYMBOLIC_RETURN": "Retorno simbólico", "REMITTANCE": "Remessa para depósito"}


class GovernmentAnswers(Due):
    """The tax authority answers about an invoice that the marketplace asked it for."""

    shipment_id: str
    invoice_type: str
    transaction_type: str


@on(OrderShipped)
def issue_of_sale(unit: UnitOfWork, fact: OrderShipped) -> None:
    """Issue the invoice of a sale that has left, where its seller leaves that to the marketplace."""
    if fact.marketplace_id != BRAZIL or fact.channel != FulfillmentChannel.AFN.value:
        return
    if biller_of(unit) is not Biller.AMAZON:
        return
    order = order_of(unit, fact.order_id)
    _issue(
        unit,
        shipment_id_of(order.order_id),
        (SALE, CUSTOMER_SALES),
        _nfe_of_order(unit, order),
        order.order_id,
        _address(order),
        state=order.address.state_or_region or "",
    )
    orders.set_invoice_status(unit, order.order_id, InvoiceStatus.ACCEPTED)


def request_invoice(unit: UnitOfWork, request: Request) -> None:
    """Ask the authority for an invoice; raises `InvalidRequest` where one was asked for and not refused."""
    known = find_request(unit, request.shipment_id, request.invoice_type, request.transaction_type)
    if known is not None and known.status is not RequestStatus.ERROR:
        raise InvalidRequest(f"An invoice of shipment '{request.shipment_id}' is {known.status.value} already.")
    if not request.goods:
        raise InvalidRequest(f"Shipment '{request.shipment_id}' holds nothing that an invoice could be of.")
    save_request(unit, request)
    luck = chance(unit, "authority answers", request.shipment_id, request.invoice_type)
    due = GovernmentAnswers(
        shipment_id=request.shipment_id,
        invoice_type=request.invoice_type,
        transaction_type=request.transaction_type,
    )
    later(unit, due, at=unit.now + takes(luck, rules().issue_minutes))


@when(GovernmentAnswers)
def answer(unit: UnitOfWork, due: GovernmentAnswers) -> None:
    """Authorize the invoice, unless a carrier was named whose number is none."""
    request = find_request(unit, due.shipment_id, due.invoice_type, due.transaction_type)
    if request is None or request.status is not RequestStatus.PROCESSING:
        return
    number = request.carrier_number
    if number is not None and not is_cnpj("".join(filter(str.isdigit, number))):
        found = rejected(ISSUER, "transportador")
        request.status, request.errors = RequestStatus.ERROR, ((found.code, found.text),)
    else:
        order = None if request.order_id is None else order_of(unit, request.order_id)
        nfe = _nfe_of_goods(unit, request) if order is None else _nfe_of_order(unit, order)
        kinds = (request.invoice_type, request.transaction_type)
        invoice = _issue(unit, request.shipment_id, kinds, nfe, request.order_id, (), state="SP")
        request.status, request.invoice_id = RequestStatus.SUCCESS, invoice.invoice_id
    save_request(unit, request)
    unit.emit(
        GovernmentInvoiceEnded(
            shipment_id=request.shipment_id, marketplace_id=request.marketplace_id, status=request.status.value
        )
    )


def goods_of(order: Order) -> tuple[Good, ...]:
    """What an invoice of an order would be of."""
    return tuple(
        Good(sku=item.sku, title=item.title, units=item.held, minor=item.held_amounts.price)
        for item in order.items
        if item.held
    )


def issuer_of(unit: UnitOfWork) -> tuple[str, str]:
    """The CNPJ and the name that the marketplace issues a seller's invoices under.

    Assumed: the number of a seller's business in Brazil is made up unless its account says one.
    """
    return cnpj_of(chance(unit, "CNPJ")), seller_of(unit, unit.seller_id).name


def _issue(
    unit: UnitOfWork,
    shipment_id: str,
    kinds: tuple[str, str],
    nfe: Nfe,
    order_id: str | None,
    address: Sequence[tuple[str, str]],
    *,
    state: str,
) -> TaxInvoice:
    number = unit.next_number("numbers of invoices")
    key = made(
        unit.now,
        state=state,
        cnpj=nfe.issuer,
        series=_SERIES,
        number=number,
        luck=chance(unit, "access key", number),
    )
    numbered = Nfe(
        **{name: getattr(nfe, name) for name in nfe.__struct_fields__}
        | {
            "key": key.text,
            "series": str(_SERIES),
            "number": str(number),
            "protocol_key": key.text,
            "authorization": _AUTHORIZED,
        }
    )
    invoice = TaxInvoice(
        invoice_id=new_invoice_id(unit),
        marketplace_id=BRAZIL,
        issued_at=unit.now,
        status=InvoiceState.AUTHORIZED,
        invoice_type=kinds[0],
        transaction_type=kinds[1],
        external_id=key.text,
        series=str(_SERIES),
        order_id=order_id,
        shipment_id=shipment_id,
    )
    insert_invoice(unit, invoice, written(numbered, key, purpose=_PURPOSES[kinds[0]], address=address))
    unit.emit(
        InvoiceIssued(
            invoice_id=invoice.invoice_id,
            marketplace_id=BRAZIL,
            invoice_type=kinds[0],
            transaction_type=kinds[1],
            external_id=key.text,
        )
    )
    return invoice


def _nfe_of_order(unit: UnitOfWork, order: Order) -> Nfe:
    amounts = [item.held_amounts for item in order.items if item.held]
    goods = sum(one.price for one in amounts)
    total = order.total.minor
    freight = sum(one.shipping for one in amounts)
    discount = sum(one.promotion_discount + one.shipping_discount for one in amounts)
    return _nfe(
        unit,
        goods_of(order),
        buyer=(buyer_number(order), order.buyer.name),
        sums=(goods, freight, discount, total - goods - freight + discount),
        at=unit.now,
    )


def _nfe_of_goods(unit: UnitOfWork, request: Request) -> Nfe:
    goods = sum(one.minor for one in request.goods)
    return _nfe(unit, request.goods, buyer=("", request.receiver), sums=(goods, 0, 0, 0), at=unit.now)


def _nfe(
    unit: UnitOfWork,
    goods: Sequence[Good],
    *,
    buyer: tuple[str, str],
    sums: tuple[int, int, int, int],
    at: datetime,
) -> Nfe:
    issuer, name = issuer_of(unit)
    worth, freight, discount, other = map(_reais, sums)
    return Nfe(
        key="",
        series="",
        number="",
        issued_at=moment(at),
        issuer=issuer,
        issuer_name=name,
        buyer_number=buyer[0],
        buyer_name=buyer[1],
        items=tuple(
            NfeItem(sku=one.sku, title=one.title[:120], units=Decimal(one.units), price=_reais(one.minor))
            for one in goods
        ),
        goods=worth,
        freight=freight,
        discount=discount,
        other=other,
        total=worth + freight + other - discount,
    )


def _reais(minor: int) -> Decimal:
    return Money(minor, MARKETPLACES[BRAZIL].currency).decimal


def _address(order: Order) -> tuple[tuple[str, str], ...]:
    said = order.address
    state = said.state_or_region or ""
    return (("xLgr", said.line_1), ("xMun", said.city), ("UF", state), ("CEP", said.postal_code))
