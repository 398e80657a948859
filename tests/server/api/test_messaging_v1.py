from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import md5
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from modeled import check_form

from sellingpartner.contract import messaging_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.operation import Request
from sellingpartner.contract.solicitations_v1 import CreateProductReviewAndSellerFeedbackSolicitation
from sellingpartner.contract.uploads_2020_11_01 import CreateUploadDestinationForResource
from sellingpartner.market.events.messaging import MessageSent
from sellingpartner.market.messaging.commands import answer
from sellingpartner.market.messaging.questions import messages_of
from sellingpartner.market.orders.commands import cancel, deliver, ship
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import US

FORM = "messaging.json"
FILE = b"the papers"
EARLY = {"legalDisclosure", "unexpectedProblem"}


def allowed(seller: Caller, order_id: str) -> set[str]:
    answer = seller.send(
        v1.GetMessagingActionsForOrder(amazon_order_id=order_id, marketplace_ids=[seller.marketplace_id])
    )
    assert answer.links is not None
    return {one.name or "" for one in answer.links.actions} - {"attributes"}


def shipped(market: TestMarket, order_id: str) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        quantities = order_of(unit, order_id).unshipped_quantities()
        ship(unit, order_id, Parcel(reference="1", shipped_at=unit.now, quantities=quantities, carrier_code="UPS"))


def uploaded(market: TestMarket, order_id: str, kind: str) -> str:
    asked = CreateUploadDestinationForResource(
        resource=f"messaging/v1/orders/{order_id}/messages/{kind}",
        marketplace_ids=[market.marketplace_id],
        content_md5=b64encode(md5(FILE).digest()).decode(),
    )
    to = market.seller.send(asked).payload
    link, headers = urlsplit(to.url or ""), {name: str(value) for name, value in (to.headers or {}).items()}
    assert market.anybody().call("PUT", f"{link.path}?{link.query}", headers=headers, body=FILE).status == 200
    return to.upload_destination_id or ""


def sent(market: TestMarket) -> list[tuple[str, str | None]]:
    with market.market.read(market.seller_account.seller_id) as unit:
        return [(one.said.kind, one.said.text) for one in messages_of(unit)]


def problem(order_id: str, text: str | None = "It broke.") -> v1.CreateUnexpectedProblem:
    return v1.CreateUnexpectedProblem(amazon_order_id=order_id, marketplace_ids=[US], text=text)


def test_what_may_be_said_follows_the_order_from_payment_to_a_month_after_delivery(market: TestMarket) -> None:
    order_id = market.buys(paid=False)
    assert allowed(market.seller, order_id) == set()
    order_id = market.buys()
    assert allowed(market.seller, order_id) == EARLY | {"confirmOrderDetails", "confirmDeliveryDetails"}

    shipped(market, order_id)
    assert allowed(market.seller, order_id) == EARLY | {"confirmDeliveryDetails", "warranty"}

    market.advance(days=20)
    assert allowed(market.seller, order_id) == EARLY | {"warranty"}

    market.advance(days=30)
    assert allowed(market.seller, order_id) == set()


def test_a_customized_item_a_canceled_order_and_amazons_parcels_have_their_own(market: TestMarket) -> None:
    customized = market.buys(lines=(PurchaseLine(sku="MUG-BLUE", customized_url="https://x.example/1"),))
    assert "confirmCustomizationDetails" in allowed(market.seller, customized)
    assert allowed(market.seller, market.buys("LAMP-OAK")) == EARLY
    with market.market.write(market.seller_account.seller_id) as unit:
        cancel(unit, customized, by=Canceler.BUYER, reason="x")
    assert allowed(market.seller, customized) == set()


def test_an_invoice_is_sent_where_sellers_write_invoices() -> None:
    market = TestMarket(marketplaces=[BY_COUNTRY["DE"].marketplace_id])
    order_id = market.buys()
    shipped(market, order_id)
    assert "invoice" in allowed(market.seller, order_id)

    files = [v1.Attachment(upload_destination_id=uploaded(market, order_id, "invoice"), file_name="invoice.pdf")]
    market.seller.send(
        v1.SendInvoice(amazon_order_id=order_id, marketplace_ids=[market.marketplace_id], attachments=files)
    )

    assert sent(market) == [("invoice", None)]
    attributes = market.seller.send(v1.GetAttributes(amazon_order_id=order_id, marketplace_ids=[market.marketplace_id]))
    assert attributes == v1.GetAttributesResponse(buyer=v1.GetAttributesResponseBuyer(locale="de-DE"))
    market.close()


def test_the_list_of_what_may_be_said_is_linked_as_amazon_has_it(market: TestMarket) -> None:
    order_id = market.buys()
    path = f"/messaging/v1/orders/{order_id}?marketplaceIds={US}"
    replies = [market.seller.call("GET", path) for _ in range(3)]
    refused = market.seller.call("GET", "/messaging/v1/orders/nothing")

    told = replies[0].json()
    assert [(one.headers["content-type"], one.json()) for one in replies] == [("application/hal+json", told)] * 3
    assert (refused.status, refused.headers["content-type"]) == (400, "application/json")
    check_form(told, FORM, "GetMessagingActionsForOrderResponse")
    base = f"/messaging/v1/orders/{order_id}"
    assert told["_links"]["self"] == {"href": f"{base}?marketplaceIds={US}"}
    first = told["_embedded"]["actions"][0]
    assert first["payload"] == {"name": "confirmDeliveryDetails"}
    assert first["_links"]["self"]["href"] == f"{base}/messages/confirmDeliveryDetails?marketplaceIds={US}"
    assert first["_embedded"]["schema"]["payload"]["properties"]["text"]["maxLength"] == 2000
    for action in told["_links"]["actions"][:-1]:
        assert market.seller.call("POST", action["href"]).status in {400, 415}  # it is there, and wants a body


def test_a_message_is_kept_and_told(market: TestMarket) -> None:
    order_id = market.buys()

    reply = market.seller.call(
        "POST",
        f"/messaging/v1/orders/{order_id}/messages/unexpectedProblem?marketplaceIds={US}",
        headers={"content-type": "application/json"},
        body=msgspec.json.encode({"text": "It broke. 3 < 4 & more"}),
    )

    assert (reply.status, reply.json()) == (201, {})
    assert sent(market) == [("unexpectedProblem", "It broke. 3 < 4 & more")]
    assert [(fact.order_id, fact.kind) for fact in market.facts(MessageSent)] == [(order_id, "unexpectedProblem")]


@pytest.mark.parametrize(
    ("message", "product_type"),
    [
        (v1.CreateConfirmDeliveryDetails, "MUG"),
        (v1.CreateConfirmOrderDetails, "MUG"),
        (v1.ConfirmCustomizationDetails, "MUG"),
        (v1.CreateDigitalAccessKey, "DIGITAL_SOFTWARE"),
        (v1.CreateConfirmServiceDetails, "HOME_SERVICE"),
    ],
)
def test_a_question_is_asked_of_the_orders_that_it_is_for(
    market: TestMarket, message: Callable[..., Request[object]], product_type: str
) -> None:
    market.lists("THING", product_type=product_type)
    order_id = market.buys(lines=(PurchaseLine(sku="THING", customized_url="https://x.example/1"),))

    market.seller.send(message(amazon_order_id=order_id, marketplace_ids=[US], text="Is this right?"))

    [(kind, text)] = sent(market)
    assert text == "Is this right?"
    assert [(fact.order_id, fact.kind) for fact in market.facts(MessageSent)] == [(order_id, kind)]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (v1.CreateConfirmDeliveryDetails, True),
        (v1.CreateConfirmOrderDetails, True),
        (v1.CreateUnexpectedProblem, True),
        (v1.ConfirmCustomizationDetails, True),
        (v1.CreateDigitalAccessKey, True),
        (v1.CreateConfirmServiceDetails, True),
        (v1.CreateWarranty, False),
        (v1.CreateLegalDisclosure, False),
        (v1.SendInvoice, False),
    ],
)
def test_what_is_not_allowed_now_is_refused_in_amazons_words(
    market: TestMarket, message: Callable[..., Request[object]], text: object
) -> None:
    order_id = market.buys(paid=False)
    more = {"text": "Hello"} if text else {}

    with pytest.raises(Unauthorized, match=r"Invalid amazonOrderId and template combination\."):
        market.seller.send(message(amazon_order_id=order_id, marketplace_ids=[US], **more))

    assert sent(market) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "text is missing"),
        (" ", "1 to 2000"),
        ("x" * 2001, "text"),
        ("Look <b>here</b>", "HTML"),
        ("Look &nbsp; here", "HTML"),
        ("Write to me@shop.example.com", "email"),
        ("See https://shop.example", "link"),
        ("See www.shop.example", "link"),
    ],
)
def test_a_text_that_buyers_may_not_get_is_refused(market: TestMarket, text: str | None, reason: str) -> None:
    order_id = market.buys()

    with pytest.raises(InvalidInput, match=reason):
        market.seller.send(problem(order_id, text))

    assert sent(market) == []


def test_a_file_goes_along_once_it_was_uploaded_for_this_kind_of_message(market: TestMarket) -> None:
    order_id = market.buys()
    shipped(market, order_id)
    right, other = (uploaded(market, order_id, kind) for kind in ("warranty", "legalDisclosure"))
    begins, ends = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)

    def warranty(upload: str, name: str = "warranty.pdf", **more: Any) -> v1.CreateWarranty:  # noqa: ANN401 - its fields
        files = [v1.Attachment(upload_destination_id=upload, file_name=name)]
        return v1.CreateWarranty(amazon_order_id=order_id, marketplace_ids=[US], **{"attachments": files} | more)

    for message, reason in (
        (warranty(other), "was made for"),
        (warranty("x"), "is unknown"),
        (warranty(right, "warranty"), "fileName"),
        (warranty(right, "../x.pdf"), "fileName"),
        (warranty(right, attachments=[]), "attachments"),
        (warranty(right, attachments=warranty(right).attachments * 6), "attachments"),  # type: ignore[operator]
        (warranty(right, coverage_start_date=ends, coverage_end_date=begins), "coverageEndDate"),
    ):
        with pytest.raises(InvalidInput, match=reason):
            market.seller.send(message)
    assert sent(market) == []
    market.seller.send(warranty(right, coverage_start_date=begins, coverage_end_date=ends))

    assert sent(market) == [("warranty", None)]


def test_an_order_that_is_not_the_sellers_or_of_another_place_is_refused(market: TestMarket) -> None:
    order_id = market.buys()

    with pytest.raises(NotFound):
        market.caller(seller=market.join("Quay Goods")).send(problem(order_id))
    with pytest.raises(InvalidInput, match="marketplaceIds"):
        market.seller.send(
            v1.GetAttributes(amazon_order_id=order_id, marketplace_ids=[BY_COUNTRY["CA"].marketplace_id])
        )
    with pytest.raises(InvalidInput):
        market.seller.send(v1.GetAttributes(amazon_order_id="1", marketplace_ids=[US]))


def test_what_was_said_is_kept_on_both_databases(database_url: str) -> None:
    market = TestMarket(database_url)
    order_id = market.buys()
    market.seller.send(problem(order_id))
    with market.market.write(market.seller_account.seller_id) as unit:
        answer(unit, order_id, "Then send another.")
    shipped(market, order_id)
    with market.market.write(market.seller_account.seller_id) as unit:
        deliver(unit, order_id)
    market.advance(days=6)
    market.seller.send(CreateProductReviewAndSellerFeedbackSolicitation(amazon_order_id=order_id, marketplace_ids=[US]))

    assert sent(market) == [
        ("productReviewAndSellerFeedback", None),
        ("answer", "Then send another."),
        ("unexpectedProblem", "It broke."),
    ]
    market.close()
