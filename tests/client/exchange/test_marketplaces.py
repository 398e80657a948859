from __future__ import annotations

from decimal import Decimal

import pytest
from scripted import Bench, reply

from sellingpartner.client._exchange.marketplaces import with_ids
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fba_inventory_v1 import GetInventorySummaries, GranularityType
from sellingpartner.contract.feeds_2021_06_30 import CreateFeed
from sellingpartner.contract.notifications_v1 import (
    CreateSubscription,
    EventFilter,
    EventFilterType,
    ProcessingDirective,
)
from sellingpartner.contract.operation import Request
from sellingpartner.contract.orders_v0 import GetOrder, GetOrders
from sellingpartner.contract.product_fees_v0 import (
    FeesEstimateByIdRequest,
    FeesEstimateRequest,
    GetMyFeesEstimates,
    IdType,
    MoneyType,
    PriceToEstimateFees,
)
from sellingpartner.contract.product_pricing_v0 import GetPricing, ItemType

US, DE, GB = "ATVPDKIKX0DER", "A1PA6795UKMFR9", "A1F83G8C2ARO7P"


def pricing(marketplace_id: str) -> GetPricing:
    return GetPricing(marketplace_id=marketplace_id, item_type=ItemType.ASIN)


def summaries(granularity_id: str) -> GetInventorySummaries:
    kind = GranularityType.MARKETPLACE
    return GetInventorySummaries(granularity_type=kind, granularity_id=granularity_id, marketplace_ids=[US])


def fees(marketplace_id: str) -> GetMyFeesEstimates:
    price = PriceToEstimateFees(listing_price=MoneyType(currency_code="USD", amount=Decimal(1)))
    asked = FeesEstimateRequest(marketplace_id=marketplace_id, price_to_estimate_fees=price, identifier="1")
    return GetMyFeesEstimates(
        body=[FeesEstimateByIdRequest(id_type=IdType.ASIN, id_value="B0", fees_estimate_request=asked)]
    )


def subscription(*marketplace_ids: str) -> CreateSubscription:
    wanted = EventFilter(event_filter_type=EventFilterType.ANY_OFFER_CHANGED, marketplace_ids=list(marketplace_ids))
    return CreateSubscription(
        notification_type="ANY_OFFER_CHANGED",
        payload_version="1.0",
        destination_id="d",
        processing_directive=ProcessingDirective(event_filter=wanted),
    )


@pytest.mark.parametrize(
    ("with_codes", "with_ids_"),
    [
        (GetOrders(marketplace_ids=["US", "de", "UK"]), GetOrders(marketplace_ids=[US, DE, GB])),
        (
            GetPricing(marketplace_id="US", item_type=ItemType.ASIN),
            GetPricing(marketplace_id=US, item_type=ItemType.ASIN),
        ),
        (summaries("US"), summaries(US)),
        (fees("US"), fees(US)),
        (subscription("US", GB), subscription(US, GB)),
    ],
)
def test_a_countrys_code_is_its_marketplaces_id(with_codes: Request[object], with_ids_: Request[object]) -> None:
    assert with_ids(with_codes) == with_ids_
    assert with_ids(with_ids_) is with_ids_


def test_a_request_without_marketplaces_is_left_as_it_is() -> None:
    asked = GetOrder(order_id="US")

    assert with_ids(asked) is asked


def test_a_code_of_no_marketplace_is_refused_before_it_is_sent(bench: Bench) -> None:
    with pytest.raises(InvalidInput, match=r"^createFeed: 400 InvalidInput - 'XX' is no marketplace"):
        bench.play(CreateFeed(feed_type="X", marketplace_ids=["XX"], input_feed_document_id="d"))

    assert bench.sent == []


def test_codes_do_not_leave_the_client(bench: Bench) -> None:
    bench.play(CreateFeed(feed_type="X", marketplace_ids=["US"], input_feed_document_id="d"), reply({"feedId": "1"}))

    assert b'"marketplaceIds":["ATVPDKIKX0DER"]' in (bench.sent[0].body or b"")
