"""Reports: asked for, called off, waited for, read, listed; and made again by a schedule until that ends."""

from __future__ import annotations

from urllib.parse import urlsplit

from sellingpartner import SellingPartner
from sellingpartner.contract.reports_2021_06_30 import Period, ProcessingStatus
from sellingpartner.testing import TestMarket

SHIPPING = "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING"
ALL_ORDERS = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"


def test_reports_hold_the_orders_each_time_until_the_schedule_ends(market: TestMarket, client: SellingPartner) -> None:
    here, reports = [market.marketplace_id], client.reports
    since = market.now.replace(hour=0)
    order_id = market.buys(quantity=2)
    wanted = reports.create_report(report_type=ALL_ORDERS, marketplace_ids=here, data_start_time=since).report_id
    second = reports.create_report(report_type=ALL_ORDERS, marketplace_ids=here, data_start_time=since).report_id
    reports.cancel_report(report_id=second)
    market.advance(minutes=2)

    made = reports.get_report(report_id=wanted)
    called_off = reports.get_report(report_id=second)
    document = reports.get_report_document(report_document_id=made.report_document_id or "")
    link = urlsplit(document.url)
    content = market.anybody().call("GET", f"{link.path}?{link.query}").body.decode()

    assert (made.processing_status, called_off.processing_status) == ("DONE", "CANCELLED")
    header, row = (line.split("\t") for line in content.splitlines())
    said = dict(zip(header, row, strict=True))
    assert (said["amazon-order-id"], said["sku"], said["quantity"]) == (order_id, "MUG-BLUE", "2")
    scheduled = reports.create_report_schedule(
        report_type=SHIPPING, marketplace_ids=here, period=Period.P1D
    ).report_schedule_id
    assert reports.get_report_schedule(report_schedule_id=scheduled).period == "P1D"
    listed = reports.get_report_schedules(report_types=[SHIPPING]).report_schedules
    assert [one.report_schedule_id for one in listed] == [scheduled]

    def made_by_it() -> int:
        market.buys()
        market.advance(days=1)
        done = reports.get_reports(report_types=[SHIPPING], processing_statuses=[ProcessingStatus.DONE]).reports
        return [one.report_schedule_id for one in done].count(scheduled)

    assert made_by_it() + 1 == made_by_it()
    reports.cancel_report_schedule(report_schedule_id=scheduled)
    assert made_by_it() == made_by_it()
    assert reports.get_report_schedules(report_types=[SHIPPING]).report_schedules == []
