"""FBA Outbound: another shop's order is priced, held, let go, shipped out of the same stock, followed, returned."""

from __future__ import annotations

import pytest
from outside_shop import ADDRESS, LAMP, STANDARD, line

from sellingpartner import SellingPartner
from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v1
from sellingpartner.contract.fba_inventory_v1 import GranularityType
from sellingpartner.market.sandbox import SANDBOX
from sellingpartner.testing import TestMarket


def orders(market: TestMarket, client: SellingPartner, order_id: str, action: v1.FulfillmentAction) -> None:
    client.fulfillment_outbound_2020_07_01.create_fulfillment_order(
        seller_fulfillment_order_id=order_id,
        displayable_order_id=order_id,
        displayable_order_date=market.now,
        displayable_order_comment="Thank you",
        shipping_speed_category=STANDARD,
        destination_address=ADDRESS,
        items=[line()],
        fulfillment_action=action,
    )


def status(client: SellingPartner, order_id: str) -> str:
    shown = client.fulfillment_outbound_2020_07_01.get_fulfillment_order(seller_fulfillment_order_id=order_id).payload
    assert shown is not None
    return shown.fulfillment_order.fulfillment_order_status.value


def test_an_order_of_another_shop_leaves_the_same_stock_and_comes_back(
    market: TestMarket, client: SellingPartner
) -> None:
    outbound, here, before = client.fulfillment_outbound_2020_07_01, market.marketplace_id, market.seller.stock(LAMP)
    features = outbound.get_features(marketplace_id=here).payload
    assert features is not None
    blank = features.features[0].feature_name
    assert outbound.get_feature_inventory(marketplace_id=here, feature_name=blank).payload is not None
    one = outbound.get_feature_sku(marketplace_id=here, feature_name=blank, seller_sku=LAMP).payload
    assert one is not None
    offered = outbound.delivery_offers(
        product=v1.GetDeliveryOffersProduct(product_identifier=v1.ProductIdentifier(merchant_sku=LAMP)),
        terms=v1.GetDeliveryOffersTerms(
            origin=v1.Origin(country_code="US"),
            destination=v1.Destination(
                delivery_address=v1.VariablePrecisionAddress(postal_code="97201", country_code="US")
            ),
        ),
    ).payload
    assert offered is not None
    wanted = v1.GetFulfillmentPreviewItem(seller_sku=LAMP, quantity=2, seller_fulfillment_order_item_id="1")
    preview = outbound.get_fulfillment_preview(address=ADDRESS, items=[wanted]).payload
    assert preview is not None
    assert STANDARD in [each.shipping_speed_category for each in preview.fulfillment_previews or []]

    orders(market, client, "SHOP-1", v1.FulfillmentAction.HOLD)
    orders(market, client, "SHOP-2", v1.FulfillmentAction.HOLD)
    outbound.cancel_fulfillment_order(seller_fulfillment_order_id="SHOP-2")
    outbound.update_fulfillment_order(
        seller_fulfillment_order_id="SHOP-1", fulfillment_action=v1.FulfillmentAction.SHIP
    )
    listed = outbound.list_all_fulfillment_orders(query_start_date=market.now.replace(day=1)).payload
    assert listed is not None
    told = {each.seller_fulfillment_order_id: each.fulfillment_order_status for each in listed.fulfillment_orders or []}
    assert told["SHOP-2"] == "Cancelled"
    assert market.seller.stock(LAMP) == before - 2
    market.advance(days=12)

    shown = outbound.get_fulfillment_order(seller_fulfillment_order_id="SHOP-1").payload
    assert shown is not None
    assert shown.fulfillment_order.fulfillment_order_status == "Complete"
    [shipment] = shown.fulfillment_shipments or []
    [package] = shipment.fulfillment_shipment_package or []
    parcel = outbound.get_package_tracking_details(package_number=package.package_number).payload
    assert parcel is not None
    assert parcel.current_status == "DELIVERED"
    reasons = outbound.list_return_reason_codes(seller_sku=LAMP, seller_fulfillment_order_id="SHOP-1").payload
    assert reasons is not None
    back = v1.CreateReturnItem(
        seller_return_item_id="R1",
        seller_fulfillment_order_item_id="1",
        amazon_shipment_id=shipment.amazon_shipment_id,
        return_reason_code=(reasons.reason_code_details or [])[0].return_reason_code,
    )
    returned = outbound.create_fulfillment_return(seller_fulfillment_order_id="SHOP-1", items=[back]).payload
    assert returned is not None
    assert len(returned.return_authorizations or []) == 1
    assert market.seller.stock(LAMP) == before - 2
    found = client.fba_inventory.get_inventory_summaries(
        granularity_type=GranularityType.MARKETPLACE, granularity_id=here, marketplace_ids=[here], seller_skus=[LAMP]
    ).payload
    assert [each.total_quantity for each in found.inventory_summaries] == [before - 2]


@pytest.fixture
def sandbox(market: TestMarket) -> TestMarket:
    """A market that is a sandbox itself."""
    market.market.remember(SANDBOX, "yes")
    return market


def test_in_a_sandbox_an_order_is_brought_to_its_end(sandbox: TestMarket, client: SellingPartner) -> None:
    before = sandbox.seller.stock(LAMP)
    orders(sandbox, client, "SHOP-1", v1.FulfillmentAction.SHIP)

    client.fulfillment_outbound_2020_07_01.submit_fulfillment_order_status_update(
        seller_fulfillment_order_id="SHOP-1", fulfillment_order_status=v1.FulfillmentOrderStatus.COMPLETE
    )

    assert (status(client, "SHOP-1"), sandbox.seller.stock(LAMP)) == ("Complete", before - 2)
