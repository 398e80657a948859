"""Units on their way into AWD: orders, shipments, labels, and what comes of them."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp
from distributor import MUG, ORIGIN, Distributor, case, cases
from modeled import check_form
from msgspec import structs

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound
from sellingpartner.market.distribution.commands import Harm, receive_by_hand
from sellingpartner.market.events.distribution import AwdInboundConfirmed, AwdShipmentClosed
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.testing import TestMarket

FORM = "awd_2024-05-09.json"
BASE = "/awd/2024-05-09"


@pytest.fixture
def seller(market: TestMarket) -> Distributor:
    return Distributor(market)


def test_a_draft_is_confirmed_carried_and_received(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.confirms()
    assert (seller.order(order_id).order_status, seller.shipment(order_id).shipment_status) == ("CONFIRMED", "CREATED")
    assert seller.stock(Place.AWD, Condition.INBOUND_WORKING).on_hand == 100
    seen, coming = ["CREATED"], {0}

    seller.tells(order_id, "1Z999")
    while seen[-1] != "CLOSED":
        market.advance(hours=2)
        status = str(seller.shipment(order_id).shipment_status)
        seen += [status] if status != seen[-1] else []
        coming.add(seller.inventory().total_inbound_quantity or 0)

    assert seen == ["CREATED", "SHIPPED", "IN_TRANSIT", "DELIVERED", "RECEIVING", "CLOSED"]
    assert seller.order(order_id).order_status == "CLOSED"
    assert seller.levels() == (0, 100, 0, 0)
    assert max(coming) == 100
    (closed,) = market.facts(AwdShipmentClosed)
    assert (closed.boxes, closed.missing) == (10, 0)


def test_answers_have_the_form_that_amazon_publishes(seller: Distributor) -> None:
    order_id = seller.stores(cases(2, (MUG, 12), ("MUG-RED", 3)), external_reference_id="PO 7")

    shown = {
        "InboundOrder": f"/inboundOrders/{order_id}",
        "InboundShipment": f"/inboundShipments/{order_id}?skuQuantities=SHOW",
        "ShipmentListing": "/inboundShipments",
        "ShipmentLabels": f"/inboundShipments/{order_id}/labels",
        "ShipmentLabelPageTypes": f"/inboundShipments/{order_id}/labelPageTypes",
        "InventoryListing": "/inventory?details=SHOW",
    }
    for definition, path in shown.items():
        answer = seller.seller.call("GET", BASE + path)
        assert answer.status == 200, answer.body
        check_form(answer.json(), FORM, definition)


def test_packages_are_shown_in_the_metric_system_and_with_their_preparation(seller: Distributor) -> None:
    product = awd.ProductQuantity(
        sku=MUG, quantity=4, prep_details=awd.PrepDetails(prep_category=awd.PrepCategory.FRAGILE)
    )
    package = awd.DistributionPackageQuantity(
        count=3, distribution_package=case(contents=awd.DistributionPackageContents(products=[product]))
    )
    order_id = seller.drafts(package, preferences=awd.InboundPreferences(destination_region="us-east"))

    order = seller.order(order_id)

    (shown,) = order.packages_to_inbound
    sizes, weight = shown.distribution_package.measurements.dimensions, shown.distribution_package.measurements.weight
    assert sizes is not None
    assert (str(sizes.length), sizes.unit_of_measurement) == ("30.48", "CENTIMETERS")
    assert (str(weight.weight), weight.unit_of_measurement) == ("9.071847", "KILOGRAMS")
    (inside,) = shown.distribution_package.contents.products or []
    assert inside.prep_details is not None
    assert inside.prep_details.prep_owner == "SELF"
    assert [one.prep_type for one in inside.prep_details.prep_instructions or []] == ["ITEM_BUBBLEWRAP"]
    assert (order.preferences, order.destination_details) == (
        awd.InboundPreferences(destination_region="us-east"),
        None,
    )


def test_a_confirmed_order_has_a_destination_in_a_region(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.confirms(preferences=awd.InboundPreferences(destination_region="us-east"))

    order, shipment = seller.order(order_id), seller.shipment(order_id)

    assert order.destination_details is not None
    assert order.destination_details.shipment_id == order_id
    assert order.destination_details.destination_region == shipment.destination_region == "us-east"
    assert order.destination_details.destination_address == shipment.destination_address
    assert shipment.destination_address.state_or_region == "PA"
    assert [one.region for one in market.facts(AwdInboundConfirmed)] == ["us-east"]


def test_a_changed_draft_is_checked_and_then_a_draft_again(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.drafts()
    changed = structs.replace(
        seller.order(order_id), packages_to_inbound=[cases(1, ("MUG-RED", 5))], external_reference_id="ignored"
    )

    seller.seller.send(awd.UpdateInbound(order_id=order_id, body=changed))

    assert seller.order(order_id).order_status == "VALIDATING"
    for refused in (awd.ConfirmInbound(order_id=order_id), awd.CancelInbound(order_id=order_id)):
        with pytest.raises(Conflict, match="is VALIDATING"):
            seller.seller.send(refused)
    market.advance(seconds=10)
    shown = seller.order(order_id)
    assert (shown.order_status, shown.packages_to_inbound[0].count, shown.external_reference_id) == ("DRAFT", 1, None)


def test_a_draft_that_nobody_confirms_expires(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.drafts()

    market.advance(days=29)
    assert seller.order(order_id).order_status == "DRAFT"
    market.advance(days=2)

    assert seller.order(order_id).order_status == "EXPIRED"
    with pytest.raises(Conflict, match="is EXPIRED; to be confirmed it must be DRAFT"):
        seller.seller.send(awd.ConfirmInbound(order_id=order_id))


def test_an_order_is_confirmed_once(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.confirms()

    with pytest.raises(Conflict) as refused:
        seller.seller.send(awd.ConfirmInbound(order_id=order_id))

    assert (refused.value.code, "is CONFIRMED" in refused.value.message) == ("CONFLICT", True)
    assert len(market.facts(AwdInboundConfirmed)) == 1
    assert seller.stock(Place.AWD, Condition.INBOUND_WORKING).on_hand == 100


def test_a_canceled_order_takes_its_shipment_with_it(seller: Distributor) -> None:
    order_id = seller.confirms()

    seller.seller.send(awd.CancelInbound(order_id=order_id))

    assert (seller.order(order_id).order_status, seller.shipment(order_id).shipment_status) == (
        "CANCELLED",
        "CANCELLED",
    )
    assert seller.stock(Place.AWD, Condition.INBOUND_WORKING).on_hand == 0
    with pytest.raises(Conflict, match="is CANCELLED"):
        seller.seller.send(awd.CancelInbound(order_id=order_id))
    with pytest.raises(InvalidInput, match="is CANCELLED; to be carried"):
        seller.tells(order_id, "1Z999")


def test_what_is_on_its_way_cannot_be_canceled(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.ships()
    market.advance(days=1)

    with pytest.raises(Conflict, match="shipment of inbound order"):
        seller.seller.send(awd.CancelInbound(order_id=order_id))

    assert (seller.order(order_id).order_status, seller.levels()[0]) == ("CONFIRMED", 100)


def test_units_that_are_short_or_damaged_are_told_apart(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.ships(cases(10, (MUG, 10)), cases(2, ("MUG-RED", 6)))
    with market.market.write(seller.seller.seller_id) as unit:
        receive_by_hand(unit, order_id, {MUG: Harm(short=3, damaged=2)})

    shipment = seller.shipment(order_id)

    assert shipment.shipment_status == "CLOSED"
    counted = shipment.shipment_sku_quantities or []
    assert [(one.sku, int(one.expected_quantity.quantity)) for one in counted] == [(MUG, 100), ("MUG-RED", 12)]
    assert [one.received_quantity and one.received_quantity.quantity for one in counted] == [97, 12]
    assert [str(one.quantity) for one in shipment.received_quantity or []] == ["11"]
    assert (seller.inventory().total_onhand_quantity, seller.levels()) == (97, (0, 95, 0, 0))
    assert seller.stock(Place.AWD, Condition.CARRIER_DAMAGED).on_hand == 2
    assert [one.missing for one in market.facts(AwdShipmentClosed)] == [3]


def test_more_harm_than_there_are_units_is_refused(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.ships(cases(1, (MUG, 5)))

    for harm in ({MUG: Harm(short=6)}, {MUG: Harm(short=3, damaged=3)}, {"MUG-RED": Harm(damaged=1)}):
        with pytest.raises(InvalidInput, match="not so many"), market.market.write(seller.seller.seller_id) as unit:
            receive_by_hand(unit, order_id, harm)

    assert seller.shipment(order_id).shipment_status == "CREATED"


def test_labels_are_drawn_after_the_confirmation_and_their_codes_name_each_box(
    seller: Distributor, market: TestMarket
) -> None:
    draft = seller.drafts(cases(2, (MUG, 10)), cases(1, ("MUG-RED", 4)))
    asked = awd.GetInboundShipmentLabels(shipment_id=draft, page_type="PLAIN_PAPER", format_type="PDF")  # type: ignore[arg-type] # as it travels
    assert seller.seller.send(asked) == awd.ShipmentLabels(label_status=awd.LabelStatus.NOT_READY)
    seller.seller.send(awd.ConfirmInbound(order_id=draft))
    assert seller.seller.send(asked).label_status == "GENERATING"
    assert seller.seller.send(awd.GetLabelPageTypes(shipment_id=draft)).page_types is None

    market.advance(seconds=15)
    labels = seller.seller.send(asked)

    assert seller.seller.send(awd.GetLabelPageTypes(shipment_id=draft)).page_types == ["PLAIN_PAPER"]
    assert labels.label_download_url is not None
    link = labels.label_download_url.partition("/shipping-documents")
    path = link[1] + link[2]
    pdf = market.anybody().call("GET", path)
    assert (pdf.status, pdf.headers["content-type"]) == (200, "application/pdf")
    with closing(pypdfium2.PdfDocument(pdf.body)) as sheets:
        texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
        codes = [zxingcpp.read_barcodes(sheet.render(scale=203 / 72).to_pil().convert("L")) for sheet in sheets]
    assert [[code.text for code in page] for page in codes] == [[f"{draft}U00000{number}"] for number in (1, 2, 3)]
    assert ("10 x MUG-BLUE" in texts[0], "4 x MUG-RED" in texts[2]) == (True, True)
    market.advance(seconds=601)
    assert market.anybody().call("GET", path).status == 403


def test_a_shipment_that_nobody_carries_stays_where_it_is(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.confirms()

    market.advance(days=20)

    assert seller.shipment(order_id).shipment_status == "CREATED"


def test_transport_is_told_anew_until_the_shipment_is_there(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.ships()
    seller.tells(order_id, "B2", carrier="FDEG")

    shown = seller.shipment(order_id)
    assert (shown.tracking_id, shown.carrier_code and shown.carrier_code.carrier_code_value) == ("B2", "FDEG")

    seller.stores()
    market.advance(days=20)
    with pytest.raises(InvalidInput, match="to be carried it must be") as refused:
        seller.tells(order_id, "B3")
    assert refused.value.code == "BAD_REQUEST"
    assert seller.shipment(order_id).tracking_id == "B2"


def test_a_shipment_from_abroad_is_weeks_on_its_way(seller: Distributor, market: TestMarket) -> None:
    abroad = structs.replace(ORIGIN, country_code="CN", state_or_region="Guangdong", postal_code="518000")
    order_id = seller.ships(origin_address=abroad)

    market.advance(days=16)
    assert seller.shipment(order_id).shipment_status == "IN_TRANSIT"
    market.advance(days=30)

    assert seller.shipment(order_id).shipment_status == "CLOSED"


def test_shipments_are_listed_by_status_and_date_page_by_page(seller: Distributor, market: TestMarket) -> None:
    made = []
    for _ in range(5):
        made.append(seller.confirms())
        market.advance(minutes=10)
    seller.seller.send(awd.CancelInbound(order_id=made[1]))
    asked = awd.ListInboundShipments(max_results=2)
    seen: list[str] = []
    while True:
        page = seller.seller.send(asked)
        seen += [one.shipment_id for one in page.shipments or []]
        if page.next_token is None:
            break
        asked = structs.replace(asked, next_token=page.next_token)
    assert seen == [made[1], made[4], made[3], made[2], made[0]]

    def listed(**more: object) -> list[str]:
        found = seller.seller.send(awd.ListInboundShipments(**more))  # type: ignore[arg-type] # as it travels
        return [one.shipment_id for one in found.shipments or []]

    assert listed(sort_by="CREATED_AT", sort_order="ASCENDING") == made
    assert listed(shipment_status="CANCELLED") == [made[1]]
    assert listed(updated_after=market.now - timedelta(minutes=25)) == [made[1], made[4], made[3]]
    assert listed(updated_before=market.now - timedelta(minutes=25)) == [made[2], made[0]]


def test_a_seller_sees_its_own_alone(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.confirms()
    other = Distributor(market, market.caller(seller=market.join("Quay Goods")))

    for refused in (
        awd.GetInbound(order_id=order_id),
        awd.ConfirmInbound(order_id=order_id),
        awd.CancelInbound(order_id=order_id),
        awd.GetInboundShipment(shipment_id=order_id),
        awd.GetInboundShipmentLabels(shipment_id=order_id),
    ):
        with pytest.raises(NotFound) as found:
            other.seller.send(refused)
        assert found.value.code == "NOT_FOUND"
    with pytest.raises(NotFound):
        other.tells(order_id, "1Z999")
    assert other.seller.send(awd.ListInboundShipments()).shipments == []
    assert other.seller.send(awd.ListInventory()).inventory == []
    assert seller.shipment(order_id).shipment_status == "CREATED"


def test_what_expires_is_listed_lot_by_lot(seller: Distributor, market: TestMarket) -> None:
    soon, late = market.now + timedelta(days=200), market.now + timedelta(days=400)
    seller.stores(cases(1, (MUG, 5), expires_at=late), cases(1, (MUG, 3), expires_at=soon), cases(1, (MUG, 2)))

    found = seller.inventory()

    assert [(one.expiration, one.onhand_quantity) for one in found.expiration_details or []] == [(soon, 3), (late, 5)]
    assert found.total_onhand_quantity == 10
    hidden = seller.seller.send(awd.ListInventory(sku=MUG)).inventory[0]
    assert (hidden.inventory_details, hidden.expiration_details) == (None, None)


def test_inventory_is_listed_either_way_page_by_page(seller: Distributor) -> None:
    seller.stores(cases(1, (MUG, 5), ("MUG-RED", 5), ("LAMP-OAK", 1)))

    def listed(**more: object) -> list[str]:
        asked, seen = awd.ListInventory(max_results=2, **more), []  # type: ignore[arg-type] # as it travels
        while True:
            page = seller.seller.send(asked)
            seen += [one.sku for one in page.inventory]
            if page.next_token is None:
                return seen
            asked = structs.replace(asked, next_token=page.next_token)

    assert listed() == ["LAMP-OAK", MUG, "MUG-RED"]
    assert listed(sort_order="DESCENDING") == ["MUG-RED", MUG, "LAMP-OAK"]
