"""What is written for a shipment: its invoice, by the marketplace, and the labels of its packages, as files."""

from __future__ import annotations

from sellingpartner.market.events.external import ExternalInvoiceGenerated
from sellingpartner.market.external.lifecycle import PackageStatus
from sellingpartner.market.external.model import ExternalShipment, Invoice, Ships
from sellingpartner.market.external.packing import weight_of
from sellingpartner.market.external.refusals import NoSuchArtifact, WrongStep
from sellingpartner.market.external.rules import rules
from sellingpartner.market.external.store import find_shipment, load_shipment, save_shipment
from sellingpartner.market.external.telling import tell
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.labels.documents import Document, drawn, label_document, paper_of, recipient_of
from sellingpartner.market.shipping.labels.invoices import invoice_document
from sellingpartner.market.shipping.labels.layout import Subject
from sellingpartner.market.shipping.questions import find_shipment as find_bought
from sellingpartner.market.supply.questions import source_of
from sellingpartner.storage.unit import UnitOfWork


def needs_invoice(unit: UnitOfWork, shipment: ExternalShipment) -> bool:
    """Whether a package may leave only with the marketplace's invoice."""
    country = source_of(unit, shipment.supply_source_id).address.country_code
    return shipment.ships is Ships.MARKETPLACE and country in rules().invoices_required


def generate_invoice(unit: UnitOfWork, shipment_id: str) -> Document:
    """Have the invoice of a shipment written; one that was written before is given again.

    Assumed: the marketplace writes an invoice for whoever asks, where none is required, too.
    """
    shipment = load_shipment(unit, shipment_id)
    shipment.check(ExternalInvoiceGenerated)
    if shipment.ships is Ships.MARKETPLACE:
        seen = [PackageStatus.PICKUP_SLOT_RETRIEVED, PackageStatus.INVOICE_GENERATED]
        for package in shipment.packages:
            if package.status not in seen:
                subject = f"Package {package.package_id}"
                raise WrongStep(subject, package.status.value, [one.value for one in seen])
    if shipment.invoice is None:
        code = source_of(unit, shipment.supply_source_id).code
        number = unit.next_number("external invoices")
        shipment.invoice = Invoice(f"IN-{code[:20]}-{number}", unit.now)
    for package in shipment.packages:
        package.move(ExternalInvoiceGenerated)
    if shipment.follow(ExternalInvoiceGenerated, PackageStatus.INVOICE_GENERATED):
        save_shipment(unit, shipment)
        tell(unit, shipment, ExternalInvoiceGenerated)
    return _invoice(unit, shipment, shipment.invoice)


def invoice_of(unit: UnitOfWork, shipment_id: str) -> Document:
    """The invoice of a shipment; raises `NoSuchArtifact` while nobody has had it written."""
    shipment = find_shipment(unit, shipment_id)
    if shipment.invoice is None:
        raise NoSuchArtifact("INVOICE")
    return _invoice(unit, shipment, shipment.invoice)


def label_of(unit: UnitOfWork, shipment_id: str, package_id: str) -> Document:
    """The label of a package as a PDF; raises `NoSuchArtifact` where it has none."""
    shipment = find_shipment(unit, shipment_id)
    package = shipment.package(package_id)
    order, label = order_of(unit, shipment.order_id), package.label
    if label is None:
        raise NoSuchArtifact("SHIP_LABEL")
    if label.bought_as is not None:
        return label_document(find_bought(unit, label.bought_as), order)
    source = source_of(unit, shipment.supply_source_id).address
    town = " ".join(filter(None, (source.city, source.state_or_region, source.postal_code)))
    subject = Subject(
        paper=paper_of(source.country_code),
        carrier=label.carrier_name,
        service="",
        tracking_id=label.tracking_id,
        order_id=order.order_id,
        sender=(source.name, source.address_line1, source.address_line2 or "", town, source.country_code),
        recipient=recipient_of(order),
        weight=f"{weight_of(package).grams / 1000:.3f} kg",
        ships_on=f"{shipment.ships_by:%Y-%m-%d}",
        is_hazmat=bool(package.hazmat_labels),
    )
    return drawn(subject, "PDF")


def _invoice(unit: UnitOfWork, shipment: ExternalShipment, invoice: Invoice) -> Document:
    order = order_of(unit, shipment.order_id)
    lines = tuple(order.item(item_id).some(units) for item_id, units in shipment.quantities.items())
    return invoice_document(invoice.number, invoice.written_at, order, lines)
