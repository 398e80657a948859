"""Invoices are exported: written to ZIP files of their XML, on the clock."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sellingpartner.batched import batched
from sellingpartner.market.events.invoicing import InvoicesExported
from sellingpartner.market.invoicing.model import Export, ExportStatus, InvoiceFilter, RequestStatus
from sellingpartner.market.invoicing.nfe import read
from sellingpartner.market.invoicing.refusals import InvalidRequest, NothingFound
from sellingpartner.market.invoicing.rules import rules, takes
from sellingpartner.market.invoicing.store import (
    contents_of,
    export_with,
    find_export,
    find_invoice,
    find_request,
    insert_export,
    page_of_invoices,
    save_export,
)
from sellingpartner.market.shipping.labels.pdf import as_pdf
from sellingpartner.market.shipping.labels.sheet import Box, Mark, Sheet, Text
from sellingpartner.market.time.chance import chance, uuid_of, wide_number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_A4 = (595.0, 842.0)
_MOST_LINES = 40


class ExportBegins(Due):
    """An export is taken up."""

    export_id: str


class ExportEnds(Due):
    """The files of an export are there."""

    export_id: str


def export(unit: UnitOfWork, wanted: InvoiceFilter) -> Export:
    """Have the invoices that match a filter exported."""
    number = unit.next_number("invoice exports")
    made = Export(
        export_id=uuid_of(wide_number_of(unit.seed, unit.seller_id, "invoice export", number)),
        marketplace_id=wanted.marketplace_id,
        wanted=wanted,
        created_at=unit.now,
    )
    insert_export(unit, made)
    takes_all = takes(chance(unit, "export takes", made.export_id), rules().export_minutes)
    later(unit, ExportBegins(export_id=made.export_id), at=unit.now + takes_all / 4)
    later(unit, ExportEnds(export_id=made.export_id), at=unit.now + takes_all)
    return made


@when(ExportBegins)
def begin(unit: UnitOfWork, due: ExportBegins) -> None:
    """Take it up."""
    made = find_export(unit, due.export_id)
    made.status, made.started_at = ExportStatus.PROCESSING, unit.now
    save_export(unit, made)


@when(ExportEnds)
def end(unit: UnitOfWork, due: ExportEnds) -> None:
    """Say which invoices are in which file; where there are none, say so."""
    made = find_export(unit, due.export_id)
    ids: list[str] = []
    after = None
    while True:
        page = page_of_invoices(unit, made.wanted, after)
        ids += [one.invoice_id for one in page.invoices]
        after = page.next_key
        if after is None:
            break
    parts = batched(ids, rules().in_a_file)
    made.files = {f"{made.export_id}.{place}": tuple(part) for place, part in enumerate(parts, start=1)}
    made.finished_at = unit.now
    made.status = ExportStatus.DONE if ids else ExportStatus.ERROR
    # Assumed: an export of invoices of which none match the filter ends in ERROR.
    made.error = None if ids else "No invoice matches the filter."
    save_export(unit, made)
    unit.emit(InvoicesExported(export_id=made.export_id, marketplace_id=made.marketplace_id, invoices=len(ids)))


def archive(unit: UnitOfWork, file_id: str) -> bytes:
    """A file of an export: the XML of its invoices in one ZIP file; the same each time."""
    part = export_with(unit, file_id).files[file_id]
    contents, kept = contents_of(unit, part), BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as packed:
        for invoice_id in part:
            packed.writestr(ZipInfo(f"{invoice_id}.xml"), contents[invoice_id])
    return kept.getvalue()


def document_of(unit: UnitOfWork, shipment_id: str, kinds: tuple[str, str], file_format: str) -> tuple[str, bytes]:
    """The media type and the bytes of an invoice that the marketplace had issued; raises `NothingFound`."""
    request = find_request(unit, shipment_id, *kinds)
    if request is None or request.status is not RequestStatus.SUCCESS or request.invoice_id is None:
        raise NothingFound("issued invoice of shipment", shipment_id)
    content = contents_of(unit, (request.invoice_id,))[request.invoice_id]
    if file_format == "XML":
        return "application/xml", content
    if file_format != "PDF":
        raise InvalidRequest(f"Invalid value '{file_format[:20]}' for 'fileFormat'; it can be XML or PDF.")
    return "application/pdf", _drawn(content, find_invoice(unit, request.invoice_id).external_id)


def _drawn(content: bytes, external_id: str) -> bytes:
    """An invoice for people to read.

    Differs: of the printed form of an NF-e (the DANFE) it names key, parties, products and sums.
    """
    nfe = read(content)
    lines = [
        f"Chave de acesso {external_id}",
        f"Série {nfe.series}   Número {nfe.number}   {nfe.issued_at}",
        f"Emitente {nfe.issuer_name} {nfe.issuer}",
        f"Destinatário {nfe.buyer_name} {nfe.buyer_number}",
        *(f"{item.units:.0f} x {item.sku} {item.title[:60]}   {item.price:.2f}" for item in nfe.items[:_MOST_LINES]),
        f"Total {nfe.total:.2f}",
    ]
    marks: list[Mark] = [
        Text(x=50, y=60, size=16, text="NF-e", is_bold=True),
        Box(x=50, y=70, width=_A4[0] - 100, height=1),
        *(Text(x=50, y=90 + place * 16, size=10, text=line) for place, line in enumerate(lines)),
    ]
    sheet = Sheet(width=_A4[0], height=_A4[1], marks=tuple(marks))
    return as_pdf([sheet], f"NF-e {external_id}")
