"""UPLOAD_VAT_INVOICE: the PDF of an order's invoice or credit note; what it is for stands in feedOptions.

Refusals have the codes and the words of Amazon's guide. Option names count whether `metadata:` stands before them or
not, and in any case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.feeds.families.order_messages import minor_of
from sellingpartner.market.feeds.kinds import FeedFile, Finding, Form, Message, Refused, feed
from sellingpartner.market.money.invoices.vat_invoices import InvoiceKind, VatInvoice, keep_vat_invoice
from sellingpartner.market.orders.identifiers import shipment_meant, shipping_id_of
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.refusals import MalformedOrderId, NoSuchOrder
from sellingpartner.storage.unit import UnitOfWork

_COUNTRIES = ("ES", "GB", "FR", "DE", "IT", "NL", "PL", "SE", "IE", "BE")
MARKETPLACES = frozenset(BY_COUNTRY[country].marketplace_id for country in _COUNTRIES)
"""Assumed: Ireland and Belgium take invoices as the others do; Amazon's guide is older than their shops."""
_PREFIX = "metadata:"
_PDF = b"%PDF-"
_PDF_WITHIN = 1024
_LONGEST = 100
_REQUIRED = ("invoicenumber", "totalamount", "totalvatamount")
OPTIONS = ("OrderId", "ShippingId", "InvoiceNumber", "DocumentType", "TotalAmount", "TotalVATAmount", "TransactionId")


def _read(file: FeedFile) -> Iterator[Message]:
    """One message: what the options say, and whether the file is a PDF."""
    yield Message(1, _begins(file))


def _begins(file: FeedFile) -> bytes:
    """How the file begins; it is read to its end, so that one that is not whole is refused."""
    begun = b""
    for piece in file.pieces():
        if len(begun) < _PDF_WITHIN:
            begun += piece[:_PDF_WITHIN]
    return begun


def _told(error: SellingPartnerError, _: bytes) -> Finding:
    return Finding(code="79513", text=error.message)


@feed("UPLOAD_VAT_INVOICE", read=_read, tell=_told, form=Form.FLAT, options=OPTIONS)
def take(unit: UnitOfWork, file: FeedFile, begins: bytes) -> None:
    """Keep an invoice, or say why not."""
    said = _options(file.options)
    kind = _checked(file, said, begins)
    order = _order(unit, file, said)
    transaction_id = said.get("transactionid")
    if kind is InvoiceKind.CREDIT_NOTE and transaction_id is None:
        raise _refused("79513", "Please provide metadata:transactionid")
    keep_vat_invoice(
        unit,
        VatInvoice(
            invoice_id=0,
            order_id=order.order_id,
            shipping_id=said.get("shippingid"),
            transaction_id=transaction_id,
            marketplace_id=file.marketplace_id,
            kind=kind,
            number=said["invoicenumber"],
            total_minor=_minor(order, said, "totalamount"),
            vat_minor=_minor(order, said, "totalvatamount"),
            currency=order.currency,
            document_id=file.document_id,
            uploaded_at=unit.now,
        ),
    )


def _options(options: Mapping[str, str]) -> dict[str, str]:
    """What the options say, by their names in lower case; Amazon trims blanks."""
    said = {name.lower().removeprefix(_PREFIX): value.strip()[:_LONGEST] for name, value in options.items()}
    return {name: value for name, value in said.items() if value}


def _checked(file: FeedFile, said: Mapping[str, str], begins: bytes) -> InvoiceKind:
    """Of which kind a document is; raises `Refused`."""
    if len(file.marketplace_ids) > 1 or file.marketplace_id not in MARKETPLACES:
        raise _refused("79523", "Please provide only one valid marketplace while uploading an invoice.")
    missing = [f"{_PREFIX}{name}" for name in _REQUIRED if name not in said]
    if "orderid" not in said and "shippingid" not in said:
        missing.insert(0, "metadata:shippingid or metadata:orderid")
    if missing:
        raise _refused("79513", f"Please provide {','.join(missing)}")
    document_type = said.get("documenttype", InvoiceKind.INVOICE.value)
    if document_type not in {kind.value for kind in InvoiceKind}:
        raise _refused("79531", f"The document type {document_type} is not supported")
    kind = InvoiceKind(document_type)
    about = f"shipmentId {_or_none(said, 'shippingid')}, orderId {_or_none(said, 'orderid')}"
    if not begins:
        code = "79540" if kind is InvoiceKind.INVOICE else "79544"
        text = f"Invoice missing in feed submission. Please provide an invoice for {about} and invoiceNumber "
        raise _refused(code, text + said["invoicenumber"])
    if _PDF not in begins:
        raise _refused("79503", f"Invoice uploaded is not pdf for {about} and InvoiceNumber {said['invoicenumber']}")
    return kind


def _order(unit: UnitOfWork, file: FeedFile, said: Mapping[str, str]) -> Order:
    """The order that the document is for: by its shipment, if that is said, and else by itself; raises `Refused`.

    Assumed: what Amazon says of an order that is unknown, not the seller's, or not dispatched.
    """
    shipping_id = said.get("shippingid")
    order_id = said.get("orderid", "")
    if shipping_id is not None:
        order_id, _ = shipment_meant(shipping_id) or (order_id, "")
    about = f"shipmentId {_or_none(said, 'shippingid')}, orderId {_or_none(said, 'orderid')}"
    text = f"Nothing was dispatched for {about}; invoices are taken once it has been."
    try:
        order = order_of(unit, order_id)
    except (NoSuchOrder, MalformedOrderId) as reason:
        raise _refused("79517", text) from reason
    sent = {shipping_id_of(order.order_id, package.reference) for package in order.packages}
    if order.marketplace_id != file.marketplace_id or not sent or (shipping_id is not None and shipping_id not in sent):
        raise _refused("79517", text)
    return order


def _minor(order: Order, said: Mapping[str, str], name: str) -> int:
    try:
        return minor_of(name, said[name], order.currency)
    except Refused as reason:
        raise _refused("79513", f"Please provide {_PREFIX}{name} as an amount of {order.currency}.") from reason


def _or_none(said: Mapping[str, str], name: str) -> str:
    return said.get(name, "N/A")


def _refused(code: str, text: str) -> Refused:
    return Refused(Finding(code=code, text=text))
