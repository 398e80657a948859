"""Documents made of bytes, without anybody to fetch them from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sellingpartner.client import Drift
from sellingpartner.client.documents import Document, Row
from sellingpartner.client.documents.document import Facts

JP, DE, US, UK = "A1VC38T7YXB528", "A1PA6795UKMFR9", "ATVPDKIKX0DER", "A1F83G8C2ARO7P"


class Shelf:
    """Makes documents of bytes, and keeps what surprised in them."""

    def __init__(self, folder: Path) -> None:
        self.drift = Drift()
        self._path = folder / "document.txt"

    def __call__(
        self,
        body: bytes,
        kind: type[Any] = Row,
        *,
        content_type: str = "text/plain; charset=UTF-8",
        marketplace: str = US,
        charset: str | None = None,
        report_type: str | None = None,
    ) -> Document[Any]:
        self._path.write_bytes(body)
        facts = Facts(
            name="A_REPORT",
            document_id="doc-1",
            report_type=report_type,
            marketplace_ids=(marketplace,) if marketplace else (),
            content_type=content_type,
            charset=charset,
        )
        return Document(self._path, kind, facts, self.drift, is_temporary=False)

    def noted(self) -> list[tuple[str, str]]:
        return [(surprise.field, surprise.what) for surprise in self.drift]


def columns(document: Document[Any], **how: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    return [row.columns for row in document.rows(**how)]
