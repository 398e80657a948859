"""FBA Inbound: a plan is made, packed, placed, carried, received; one is changed and called off; papers of India."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from forwarder import WAREHOUSE, packed, units
from msgspec import convert
from sender import OWN, Sender, alike

from sellingpartner import SellingPartner
from sellingpartner.client.throttle import Unthrottled
from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.fba_inbound_eligibility_v1 import Program
from sellingpartner.contract.fba_inventory_v1 import GetInventorySummariesResult, GranularityType
from sellingpartner.market.events.inbound import InboundClosed
from sellingpartner.testing import TestMarket

BENGALURU = {
    "name": "Harbor Goods",
    "addressLine1": "12 MG Road",
    "city": "Bengaluru",
    "stateOrProvinceCode": "Karnataka",
    "postalCode": "560001",
    "countryCode": "IN",
    "phoneNumber": "+91 80 5550 0100",
}


class Story(Sender):
    """Harbor Goods, which does with this package's client what its software would do."""

    def __init__(self, market: TestMarket, client: SellingPartner) -> None:
        super().__init__(market, marketplace_id=market.marketplace_id)
        self.client = client
        self.inbound = client.fulfillment_inbound

    def goes_well(self, operation: Any) -> None:  # noqa: ANN401 - any answer that names an operation
        """Wait for an operation, which must end well."""
        found = self.done(operation.operation_id)
        assert (found.operation_status, found.operation_problems) == ("SUCCESS", [])

    def prepares(self, sku: str, asin: str) -> None:
        """May it be sent, and how is it prepared and labeled?"""
        eligible = self.client.fba_inbound_eligibility.get_item_eligibility_preview(
            asin=asin, program=Program.INBOUND, marketplace_ids=[self.marketplace_id]
        ).payload
        assert eligible is not None
        assert eligible.is_eligible_for_program
        detail = api.MskuPrepDetailInput(
            msku=sku, prep_category=api.PrepCategory.NONE, prep_types=[api.PrepType.ITEM_NO_PREP]
        )
        self.goes_well(self.inbound.set_prep_details(marketplace_id=self.marketplace_id, msku_prep_details=[detail]))
        [prep] = self.inbound.list_prep_details(marketplace_id=self.marketplace_id, mskus=[sku]).msku_prep_details
        assert (prep.msku, prep.prep_category) == (sku, "NONE")
        labels = self.inbound.create_marketplace_item_labels(
            label_type=api.LabelPrintType.STANDARD_FORMAT,
            marketplace_id=self.marketplace_id,
            msku_quantities=[api.MskuQuantity(msku=sku, quantity=2)],
            page_type=api.ItemLabelPageType.A4_21,
        )
        assert self.downloads(labels.document_downloads[0].uri).startswith(b"%PDF")

    def makes(self, sku: str, quantity: int) -> str:
        """A plan."""
        begun = self.inbound.create_inbound_plan(
            destination_marketplaces=[self.marketplace_id],
            items=convert([units(sku, quantity)], list[api.ItemInput]),
            source_address=convert(WAREHOUSE, api.AddressInput),
        )
        plan_id = begun.inbound_plan_id
        self.market.advance(minutes=1)
        made = self.inbound.get_inbound_operation_status(operation_id=begun.operation_id)
        assert made.operation_status == "SUCCESS"
        self.inbound.update_inbound_plan_name(inbound_plan_id=plan_id, name="Spring")
        plans = self.inbound.list_inbound_plans().inbound_plans or []
        assert [(one.inbound_plan_id, one.name) for one in plans] == [(plan_id, "Spring")]
        items = self.inbound.list_inbound_plan_items(inbound_plan_id=plan_id).items
        assert [(one.msku, one.quantity) for one in items] == [(sku, quantity)]
        return plan_id

    def fills(self, plan_id: str, sku: str) -> None:
        """Four boxes of ten units."""
        inbound = self.inbound
        self.goes_well(inbound.generate_packing_options(inbound_plan_id=plan_id))
        [option, *_] = inbound.list_packing_options(inbound_plan_id=plan_id).packing_options
        self.goes_well(
            inbound.confirm_packing_option(inbound_plan_id=plan_id, packing_option_id=option.packing_option_id)
        )
        [group] = option.packing_groups
        inside = inbound.list_packing_group_items(inbound_plan_id=plan_id, packing_group_id=group).items
        assert [(one.msku, one.quantity) for one in inside] == [(sku, 40)]
        grouping = {"packingGroupId": group, "boxes": [alike(4, **{sku: 10})]}
        self.goes_well(
            inbound.set_packing_information(
                inbound_plan_id=plan_id, package_groupings=convert([grouping], list[api.PackageGroupingInput])
            )
        )
        boxes = inbound.list_packing_group_boxes(inbound_plan_id=plan_id, packing_group_id=group).boxes
        assert [one.quantity for one in boxes] == [4]
        assert inbound.list_inbound_plan_boxes(inbound_plan_id=plan_id).boxes == boxes

    def takes_a_place(self, plan_id: str) -> tuple[api.PlacementOption, dict[str, Any]]:
        """One shipment, with a name, from another door; returns where that is told of."""
        inbound = self.inbound
        self.goes_well(inbound.generate_placement_options(inbound_plan_id=plan_id))
        options = inbound.list_placement_options(inbound_plan_id=plan_id).placement_options
        option = min(options, key=lambda one: len(one.shipment_ids))
        self.goes_well(
            inbound.confirm_placement_option(inbound_plan_id=plan_id, placement_option_id=option.placement_option_id)
        )
        [shipment_id] = option.shipment_ids
        where: dict[str, Any] = {"inbound_plan_id": plan_id, "shipment_id": shipment_id}
        inbound.update_shipment_name(**where, name="Spring, one")
        door = convert(WAREHOUSE | {"addressLine1": "302 Turnbull Ave"}, api.AddressInput)
        self.goes_well(inbound.update_shipment_source_address(**where, address=door))
        return option, where

    def is_carried(self, option: api.PlacementOption, where: dict[str, Any]) -> None:
        """Within a window, by a carrier of its own."""
        inbound, plan_id = self.inbound, where["inbound_plan_id"]
        wish = self.wish(plan_id, option)
        self.goes_well(
            inbound.generate_transportation_options(
                inbound_plan_id=plan_id,
                placement_option_id=option.placement_option_id,
                shipment_transportation_configurations=wish.shipment_transportation_configurations,
            )
        )
        self.goes_well(inbound.generate_delivery_window_options(**where))
        windows = inbound.list_delivery_window_options(**where).delivery_window_options
        window = next(one for one in windows if one.availability_type == "AVAILABLE")
        self.goes_well(
            inbound.confirm_delivery_window_options(**where, delivery_window_option_id=window.delivery_window_option_id)
        )
        offered = inbound.list_transportation_options(inbound_plan_id=plan_id, page_size=20).transportation_options
        own = next(one for one in offered if one.shipping_solution == OWN and "FEDEX" in (one.carrier.name or ""))
        chosen = api.TransportationSelection(
            shipment_id=where["shipment_id"], transportation_option_id=own.transportation_option_id
        )
        self.goes_well(
            inbound.confirm_transportation_options(inbound_plan_id=plan_id, transportation_selections=[chosen])
        )

    def leaves(self, where: dict[str, Any]) -> None:
        """What is in it, and by which numbers it is followed."""
        inbound = self.inbound
        boxes = inbound.list_shipment_boxes(**where).boxes
        assert [one.quantity for one in inbound.list_shipment_items(**where).items] == [40]
        assert inbound.list_inbound_plan_pallets(inbound_plan_id=where["inbound_plan_id"]).pallets == []
        assert inbound.list_shipment_pallets(**where).pallets == []
        numbers = [
            api.SpdTrackingItemInput(box_id=str(one.box_id), tracking_id=f"77000000000{number}")
            for number, one in enumerate(boxes)
        ]
        details = api.TrackingDetailsInput(spd_tracking_detail=api.SpdTrackingDetailInput(spd_tracking_items=numbers))
        self.goes_well(inbound.update_shipment_tracking_details(**where, tracking_details=details))


def test_a_plan_goes_from_its_items_to_the_shelf(market: TestMarket, client: SellingPartner) -> None:
    harbor, inbound = Story(market, client), client.fulfillment_inbound
    harbor.prepares("ATLAS", harbor.sells("ATLAS"))
    plan_id = harbor.makes("ATLAS", 40)
    harbor.fills(plan_id, "ATLAS")
    option, where = harbor.takes_a_place(plan_id)
    harbor.is_carried(option, where)
    harbor.leaves(where)

    shipment = inbound.get_shipment(**where)
    assert (shipment.status, shipment.name) == ("SHIPPED", "Spring, one")
    assert inbound.get_inbound_plan(inbound_plan_id=plan_id).status == "SHIPPED"
    market.advance(days=40)
    assert inbound.get_shipment(**where).status == "CLOSED"
    [closed] = market.facts(InboundClosed)
    found = client.fba_inventory.get_inventory_summaries(
        granularity_type=GranularityType.MARKETPLACE,
        granularity_id=market.marketplace_id,
        marketplace_ids=[market.marketplace_id],
        seller_skus=["ATLAS"],
    ).payload
    assert isinstance(found, GetInventorySummariesResult)
    assert closed.received > 0
    assert [one.total_quantity for one in found.inventory_summaries] == [closed.received]
    assert market.buys("ATLAS")


def test_contents_are_changed_before_they_leave_and_a_plan_is_called_off(
    market: TestMarket, client: SellingPartner
) -> None:
    harbor, inbound = Sender(market), client.fulfillment_inbound
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS", 40))
    harbor.packs(plan_id, alike(4, ATLAS=10))
    option = harbor.places(plan_id)
    [shipment_id] = option.shipment_ids
    partnered = next(one for one in harbor.transports(plan_id, option) if one.shipping_solution != OWN)
    harbor.does(harbor.confirmation(plan_id, [partnered]))
    where: dict[str, Any] = {"inbound_plan_id": plan_id, "shipment_id": shipment_id}

    box = alike(4, ATLAS=11) | {"dimensions": {"length": 14, "width": 12, "height": 10, "unitOfMeasurement": "IN"}}
    asked = inbound.generate_shipment_content_update_previews(
        **where,
        boxes=convert([box], list[api.BoxUpdateInput]),
        items=convert([units("ATLAS", 44)], list[api.ItemInput]),
    )
    assert harbor.done(asked.operation_id).operation_problems == []
    [preview] = inbound.list_shipment_content_update_previews(**where).content_update_previews
    change = {"content_update_preview_id": preview.content_update_preview_id}
    assert inbound.get_shipment_content_update_preview(**where, **change) == preview
    taken = inbound.confirm_shipment_content_update_preview(**where, **change)
    assert harbor.done(taken.operation_id).operation_status == "SUCCESS"
    assert [one.quantity for one in inbound.list_shipment_items(**where).items] == [44]
    called_off = inbound.cancel_inbound_plan(inbound_plan_id=plan_id)
    assert harbor.done(called_off.operation_id).operation_status == "SUCCESS"
    assert inbound.get_inbound_plan(inbound_plan_id=plan_id).status == "VOIDED"
    assert inbound.get_shipment(**where).status == "CANCELLED"
    market.advance(days=40)
    assert market.facts(InboundClosed) == []


@pytest.fixture
def india() -> Iterator[TestMarket]:
    made = TestMarket(marketplaces=("IN",))
    yield made
    made.close()


def test_in_india_a_truck_is_expected_and_carries_its_papers(india: TestMarket) -> None:
    here = india.marketplace_id
    harbor = Sender(india, marketplace_id=here)
    harbor.sells("ATLAS", currency="INR")
    with india.seller.client(throttle=Unthrottled()) as client:
        inbound = client.fulfillment_inbound
        details = api.TaxDetails(
            hsn_code="720299",
            declared_value=api.Currency(amount=Decimal(50), code="INR"),
            tax_rates=[api.TaxRate(tax_type="TOTAL_TAX", gst_rate=Decimal(18), cess_rate=Decimal(1))],
        )
        taxed = inbound.update_item_compliance_details(marketplace_id=here, msku="ATLAS", tax_details=details)
        assert harbor.done(taxed.operation_id).operation_status == "SUCCESS"
        told = inbound.list_item_compliance_details(mskus=["ATLAS"], marketplace_id=here).compliance_details or []
        assert [one.tax_details and one.tax_details.hsn_code for one in told] == ["720299"]
        plan_id = harbor.plans(units("ATLAS", 40), sourceAddress=BENGALURU)
        option = harbor.places(plan_id)
        [shipment_id] = option.shipment_ids
        harbor.does(packed(plan_id, {"shipmentId": shipment_id, "boxes": [alike(4, ATLAS=10)]}))
        where: dict[str, Any] = {"inbound_plan_id": plan_id, "shipment_id": shipment_id}
        harbor.done(inbound.generate_self_ship_appointment_slots(**where).operation_id)
        slots = inbound.get_self_ship_appointment_slots(**where).self_ship_appointment_slots_availability.slots or []
        booked = inbound.schedule_self_ship_appointment(**where, slot_id=slots[0].slot_id)
        assert booked.self_ship_appointment_details.appointment_status == "ARRIVAL_SCHEDULED"
        called_off = inbound.cancel_self_ship_appointment(**where)
        assert harbor.done(called_off.operation_id).operation_status == "SUCCESS"
        [appointment] = inbound.get_shipment(**where).self_ship_appointment_details or []
        assert appointment.appointment_status == "CANCELLED"
        offered = harbor.transports(plan_id, option)
        partnered = next(one for one in offered if one.shipping_solution != OWN)
        harbor.does(harbor.confirmation(plan_id, [partnered]))
        paper = inbound.get_delivery_challan_document(**where).document_download
        assert harbor.downloads(paper.uri).startswith(b"%PDF")
