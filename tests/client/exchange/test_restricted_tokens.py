from __future__ import annotations

from scripted import FINE, Bench, refused, reply

from sellingpartner.contract.orders_v0 import GetOrder, GetOrderAddress, GetOrderItems
from sellingpartner.contract.reports_2021_06_30 import GetReportDocument
from sellingpartner.contract.shipment_invoicing_v0 import GetShipmentDetails

ORDER = {
    "payload": {
        "AmazonOrderId": "902-1",
        "PurchaseDate": "2026-11-02T09:00:00Z",
        "LastUpdateDate": "2026-11-02T09:00:00Z",
        "OrderStatus": "Unshipped",
    }
}
EXPIRED = refused(403, "Unauthorized", "The access token you provided has expired.")
RDT = reply({"restrictedDataToken": "Atz.sprdt|1", "expiresIn": 3600})


def test_personal_data_is_asked_for_with_a_token_for_every_id(bench: Bench) -> None:
    elements = ("buyerInfo", "shippingAddress")
    bench.play(GetOrder(order_id="902-1"), RDT, reply(ORDER), personal_data=elements)
    bench.play(GetOrder(order_id="902-2"), reply(ORDER), personal_data=elements)

    made, first, second = bench.sent
    assert made.url == "http://market.test/tokens/2021-03-01/restrictedDataToken"
    assert made.headers["x-amz-access-token"] == "Atza|1"
    assert made.body == (
        b'{"restrictedResources":[{"method":"GET","path":"/orders/v0/orders/{orderId}",'
        b'"dataElements":["buyerInfo","shippingAddress"]}]}'
    )
    assert [first.headers["x-amz-access-token"], second.headers["x-amz-access-token"]] == ["Atz.sprdt|1"] * 2


def test_only_the_elements_that_an_operation_has_are_asked_for(bench: Bench) -> None:
    personal = ("buyerInfo", "shippingAddress")
    bench.play(GetOrderItems(order_id="902-1"), RDT, reply(FINE), personal_data=personal)
    bench.play(GetOrderAddress(order_id="902-1"), RDT, reply(FINE), personal_data=personal)

    assert b'"dataElements":["buyerInfo"]' in (bench.sent[0].body or b"")
    assert b"dataElements" not in (bench.sent[2].body or b"")


def test_an_operation_without_the_element_needs_no_token_for_it(bench: Bench) -> None:
    bench.play(GetOrderItems(order_id="902-1"), reply(FINE), personal_data=("shippingAddress",))

    assert len(bench.sent) == 1


def test_an_operation_that_always_needs_such_a_token_gets_it_by_itself(bench: Bench) -> None:
    bench.play(GetShipmentDetails(shipment_id="S1"), RDT, reply({"payload": {}}))

    assert bench.sent[1].headers["x-amz-access-token"] == "Atz.sprdt|1"


def test_a_report_document_is_named_by_its_very_path(bench: Bench) -> None:
    document = {"reportDocumentId": "d", "url": "https://documents.test/d"}
    for name in ("amzn1.spdoc.1", "amzn1.spdoc.2"):
        bench.play(GetReportDocument(report_document_id=name), RDT, reply(document), personal_data=("buyerInfo",))

    made = [sent.body for sent in bench.sent if sent.method == "POST"]
    assert [b"documents/amzn1.spdoc.1" in (made[0] or b""), b"documents/amzn1.spdoc.2" in (made[1] or b"")] == [
        True
    ] * 2


def test_a_refused_restricted_token_is_made_anew(bench: Bench) -> None:
    bench.play(GetOrder(order_id="902-1"), RDT, EXPIRED, RDT, reply(ORDER), personal_data=("buyerInfo",))

    assert [sent.method for sent in bench.sent] == ["POST", "GET", "POST", "GET"]
