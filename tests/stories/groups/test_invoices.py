"""Invoices, Brazil: what Amazon wrote is listed, looked at, exported and read, and adds up to what buyers paid."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from bookkeeper import LAMP, order_in, shop_in_brazil

from sellingpartner import SellingPartner
from sellingpartner.market.invoicing.model import Biller
from sellingpartner.market.invoicing.nfe import read
from sellingpartner.testing import TestMarket


@pytest.fixture
def market() -> Iterator[TestMarket]:
    """A market of Brazil, in which Amazon writes the invoices."""
    made = shop_in_brazil(Biller.AMAZON)
    yield made
    made.close()


def test_what_amazon_wrote_is_listed_exported_and_adds_up(market: TestMarket, client: SellingPartner) -> None:
    orders = [market.buys(LAMP, quantity) for quantity in (1, 2)]
    market.advance(days=2)
    here, since = market.marketplace_id, market.now.replace(day=1)
    attributes = client.invoices.get_invoices_attributes(marketplace_id=here).invoices_attributes
    assert attributes is not None
    statuses = [str(one.value) for one in attributes.invoice_status_options or []]

    listed = client.invoices.get_invoices(marketplace_id=here, date_start=since, statuses=statuses).invoices or []
    each = [client.invoices.get_invoice(invoice_id=one.id or "", marketplace_id=here).invoice for one in listed]
    asked = client.invoices.create_invoices_export(marketplace_id=here, date_start=since.date()).export_id
    market.advance(minutes=6)
    exports = client.invoices.get_invoices_exports(marketplace_id=here).exports or []
    export = client.invoices.get_invoices_export(export_id=asked or "").export
    assert export is not None
    [file_id] = export.invoices_document_ids or []
    document = client.invoices.get_invoices_document(invoices_document_id=file_id).invoices_document
    assert document is not None
    link = urlsplit(document.invoices_document_url or "")
    content = market.anybody().call("GET", f"{link.path}?{link.query}").body

    assert each == listed
    assert exports == [export]
    assert {one.id for paper in listed for one in paper.transaction_ids or []} >= {*orders}
    with ZipFile(BytesIO(content)) as packed:
        papers = [read(packed.read(name)) for name in packed.namelist()]
    paid = sorted(order_in(market, one).total.decimal for one in orders)
    assert sorted(paper.total for paper in papers) == paid
    assert sorted(paper.key for paper in papers) == sorted(str(one.external_invoice_id) for one in listed)
