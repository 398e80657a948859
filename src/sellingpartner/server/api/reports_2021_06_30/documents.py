"""Links to what reports were written to."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, Unauthorized
from sellingpartner.contract.reports_2021_06_30 import CompressionAlgorithm, GetReportDocument, ReportDocument
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.documents.documents import Document, Purpose, document_if_kept
from sellingpartner.server.documents_out import download_link
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.unit import UnitOfWork

_OF_REPORTS = frozenset({Purpose.REPORT, Purpose.ERROR})


@handles(GetReportDocument)
def get_report_document(unit: UnitOfWork, request: GetReportDocument, caller: Caller, origin: Origin) -> ReportDocument:
    """Give a link under which a report can be downloaded for a short time."""
    document = _document(unit, request.report_document_id)
    if document.is_restricted and not caller.is_restricted:
        raise Unauthorized().because(
            "The report holds personal data; it takes a restricted data token for its document."
        )
    link = download_link(
        unit, document, grant_id=caller.grant_id, tells_encoding=bool(request.enable_content_encoding_url_header)
    )
    return ReportDocument(
        report_document_id=document.document_id,
        url=origin + link,
        compression_algorithm=CompressionAlgorithm(document.compression) if document.compression else None,
    )


def _document(unit: UnitOfWork, document_id: str) -> Document:
    document = document_if_kept(unit, document_id)
    if document is None or document.purpose not in _OF_REPORTS:
        raise InvalidInput("Invalid or unsupported document ID found")
    return document
