"""Transport: who may carry the shipments of a plan and for how much, and what follows once it is fixed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from forwarder import BASE, DOCUMENT, WAREHOUSE, refused, units
from modeled import check_form
from sender import CONTACT, Sender, alike

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.market.events.inbound import InboundTransportConfirmed
from sellingpartner.testing import TestMarket

PALLET = {
    "quantity": 2,
    "dimensions": {"length": 48, "width": 40, "height": 50, "unitOfMeasurement": "IN"},
    "weight": {"value": 400, "unit": "LB"},
    "stackability": "STACKABLE",
}
FREIGHT = {"freightClass": "FC_92_5", "declaredValue": {"amount": 500, "code": "USD"}}


class Placed(Sender):
    """Harbor Goods with a plan that is placed: a shipment or more, of four boxes with ten units each."""

    plan_id: str
    option: api.PlacementOption

    def __init__(self, market: TestMarket, shipments: int = 1) -> None:
        super().__init__(market)
        self.sells("ATLAS")
        self.plan_id = self.plans(units("ATLAS", 40))
        self.packs(self.plan_id, alike(4, ATLAS=10))
        self.option = self.places(self.plan_id, shipments=shipments)

    @property
    def first(self) -> str:
        """The first shipment."""
        return self.option.shipment_ids[0]

    def chosen(
        self, *, solution: str = "AMAZON_PARTNERED_CARRIER", mode: str = "GROUND_SMALL_PARCEL", name: str = ""
    ) -> list[api.TransportationOption]:
        """The first option of a kind for each shipment."""
        found = self.offered(self.plan_id)
        return [
            next(
                one
                for one in found
                if (one.shipment_id, one.shipping_solution, one.shipping_mode) == (shipment_id, solution, mode)
                and name in (one.carrier.name or "")
            )
            for shipment_id in self.option.shipment_ids
        ]

    def fails(self, chosen: list[api.TransportationOption]) -> tuple[str, str]:
        """With which code and words the choice of transport fails."""
        found = self.done(self.asks(self.confirmation(self.plan_id, chosen)).operation_id)
        assert found.operation_status == "FAILED"
        assert self.shipment(self.plan_id, self.first).status == "WORKING"
        return found.operation_problems[0].code, found.operation_problems[0].message


@pytest.fixture
def harbor(market: TestMarket) -> Placed:
    return Placed(market)


def test_a_partner_tells_a_price_and_own_carriers_want_a_window(harbor: Placed) -> None:
    found = harbor.transports(harbor.plan_id, harbor.option)

    partnered = [one for one in found if one.shipping_solution == "AMAZON_PARTNERED_CARRIER"]
    own = [one for one in found if one.shipping_solution == "USE_YOUR_OWN_CARRIER"]
    (ups,) = partnered
    assert (ups.carrier.alpha_code, ups.shipping_mode, ups.preconditions) == ("UPSN", "GROUND_SMALL_PARCEL", [])
    assert ups.quote is not None
    assert ups.quote.cost.amount > 0
    assert {("FEDEX GROUND (CORPORATE)", "FDEG"), ("ESTES EXPRESS LINES", "EXLA"), ("Other", None)} <= {
        (one.carrier.name, one.carrier.alpha_code) for one in own
    }
    assert all(one.preconditions == ["CONFIRMED_DELIVERY_WINDOW"] and one.quote is None for one in own)


def test_freight_has_a_price_where_pallets_and_their_class_are_told(harbor: Placed) -> None:
    harbor.transports(harbor.plan_id, harbor.option, pallets=[PALLET], freightInformation=FREIGHT)

    (estes,) = harbor.chosen(mode="FREIGHT_LTL", name="ESTES")
    assert estes.quote is not None
    assert estes.carrier_appointment is not None
    assert estes.carrier_appointment.start_time > harbor.now + timedelta(days=1)
    (pallet,) = harbor.asks(api.ListShipmentPallets(inbound_plan_id=harbor.plan_id, shipment_id=harbor.first)).pallets
    assert (pallet.quantity, pallet.stackability) == (2, "STACKABLE")
    shown = harbor.shipment(harbor.plan_id, harbor.first)
    assert shown.freight_information is not None
    assert shown.freight_information.freight_class == "FC_92_5"


@pytest.mark.parametrize(
    "more",
    [
        {"freightInformation": FREIGHT},
        {"pallets": [PALLET]},
        {"pallets": [PALLET], "freightInformation": {"freightClass": "NONE"}},
        {"pallets": [{"quantity": 2}], "freightInformation": FREIGHT},
        {"pallets": [PALLET], "freightInformation": FREIGHT, "readyToShipWindow": {"start": "2026-12-01T00:00:00Z"}},
    ],
)
def test_no_partner_carries_pallets_of_which_something_is_missing(harbor: Placed, more: dict[str, Any]) -> None:
    found = harbor.transports(harbor.plan_id, harbor.option, **more)

    kinds = {(one.shipping_solution, one.shipping_mode) for one in found}
    assert ("AMAZON_PARTNERED_CARRIER", "FREIGHT_LTL") not in kinds
    assert ("USE_YOUR_OWN_CARRIER", "FREIGHT_LTL") in kinds


def test_heavier_pallets_and_higher_classes_cost_more(harbor: Placed) -> None:
    heavy = PALLET | {"weight": {"value": 900, "unit": "LB"}}
    costs = []
    for pallet, freight_class in ((PALLET, "FC_50"), (heavy, "FC_50"), (heavy, "FC_500")):
        freight = {"freightClass": freight_class}
        harbor.transports(harbor.plan_id, harbor.option, pallets=[pallet], freightInformation=freight)
        (estes,) = harbor.chosen(mode="FREIGHT_LTL", name="ESTES")
        assert estes.quote is not None
        costs.append(estes.quote.cost.amount)

    assert costs == sorted(costs)
    assert len({*costs}) == 3


def test_a_confirmed_carrier_gives_boxes_their_ids_and_labels(harbor: Placed, market: TestMarket) -> None:
    harbor.transports(harbor.plan_id, harbor.option)
    (ups,) = harbor.chosen()

    harbor.does(harbor.confirmation(harbor.plan_id, [ups]))

    shown = harbor.shipment(harbor.plan_id, harbor.first)
    assert shown.status == "READY_TO_SHIP"
    assert shown.shipment_confirmation_id is not None
    assert shown.shipment_confirmation_id.startswith("FBA15")
    assert len(shown.shipment_confirmation_id) == 12
    assert shown.selected_transportation_option_id == ups.transportation_option_id
    boxes = harbor.boxes(harbor.plan_id, harbor.first)
    assert [one.box_id for one in boxes] == [f"{shown.shipment_confirmation_id}U{n:06d}" for n in range(1, 5)]
    assert len({one.package_id for one in boxes}) == 4
    assert {one.quantity for one in boxes} == {1}
    details = shown.tracking_details
    assert details is not None
    assert details.spd_tracking_detail is not None
    numbers = details.spd_tracking_detail.spd_tracking_items or []
    assert [one.box_id for one in numbers] == [one.box_id for one in boxes]
    assert {str(one.tracking_id)[:2] for one in numbers} == {"1Z"}
    (fact,) = market.facts(InboundTransportConfirmed)
    assert ups.quote is not None
    assert (fact.is_partnered, Decimal(fact.cost_minor)) == (True, ups.quote.cost.amount * 100)


def test_what_a_partner_carries_is_fetched_and_then_the_plan_has_shipped(harbor: Placed, market: TestMarket) -> None:
    harbor.transports(harbor.plan_id, harbor.option)
    harbor.does(harbor.confirmation(harbor.plan_id, harbor.chosen()))
    market.advance(hours=23)
    before = harbor.shipment(harbor.plan_id, harbor.first).status

    harbor.waits_for("SHIPPED", harbor.plan_id, harbor.first)

    assert before == "READY_TO_SHIP"
    assert harbor.plan(harbor.plan_id).status == "SHIPPED"


def test_an_own_carrier_is_confirmed_after_its_window(harbor: Placed) -> None:
    harbor.transports(harbor.plan_id, harbor.option)
    chosen = harbor.chosen(solution="USE_YOUR_OWN_CARRIER")

    early = harbor.fails(chosen)
    harbor.takes_window(harbor.plan_id, harbor.first)
    harbor.does(harbor.confirmation(harbor.plan_id, chosen))

    assert early == ("BadRequest", "ERROR: No delivery window is confirmed for the transportation option.")
    assert harbor.shipment(harbor.plan_id, harbor.first).status == "READY_TO_SHIP"


def test_a_quote_is_over_after_three_days(harbor: Placed, market: TestMarket) -> None:
    harbor.transports(harbor.plan_id, harbor.option)
    chosen = harbor.chosen()

    market.advance(days=3)

    code, words = harbor.fails(chosen)
    assert code == "BadRequest"
    assert words.endswith("is expired.")


def test_freight_with_a_partner_wants_somebody_to_ask(harbor: Placed) -> None:
    harbor.transports(
        harbor.plan_id, harbor.option, pallets=[PALLET], freightInformation=FREIGHT, contactInformation=None
    )
    chosen = harbor.chosen(mode="FREIGHT_LTL")

    assert harbor.fails(chosen) == (
        "FBA_INB_0352",
        "ERROR: Provided PCP-LTL shipment has missing freight information.",
    )
    request = harbor.confirmation(harbor.plan_id, chosen)
    told = [
        msgspec.structs.replace(one, contact_information=msgspec.convert(CONTACT, api.ContactInformation))
        for one in request.transportation_selections
    ]
    harbor.does(msgspec.structs.replace(request, transportation_selections=told))
    shown = harbor.shipment(harbor.plan_id, harbor.first)
    assert shown.amazon_reference_id is not None
    assert shown.contact_information is not None


def test_partners_and_own_carriers_mix_by_different_modes_alone(market: TestMarket) -> None:
    harbor = Placed(market, shipments=4)
    harbor.transports(harbor.plan_id, harbor.option, pallets=[PALLET], freightInformation=FREIGHT)
    for shipment_id in harbor.option.shipment_ids:
        harbor.takes_window(harbor.plan_id, shipment_id)
    partnered, own = harbor.chosen(), harbor.chosen(solution="USE_YOUR_OWN_CARRIER")
    freight = harbor.chosen(solution="USE_YOUR_OWN_CARRIER", mode="FREIGHT_LTL")

    alike = harbor.fails([*partnered[:2], *own[2:]])
    harbor.does(harbor.confirmation(harbor.plan_id, [*partnered[:2], *freight[2:]]))

    assert alike[0] == "FBA_INB_0354"
    assert harbor.shipment(harbor.plan_id, harbor.first).status == "READY_TO_SHIP"


def test_all_shipments_are_chosen_for_at_once(market: TestMarket) -> None:
    harbor = Placed(market, shipments=4)
    harbor.transports(harbor.plan_id, harbor.option)
    chosen = harbor.chosen()

    code, words = refused(harbor.seller, harbor.confirmation(harbor.plan_id, chosen[:1]))

    assert code == "BadRequest"
    assert words == (
        f"ERROR: Provided shipment ids [{chosen[0].shipment_id}] do not match the shipments in the confirmed placement "
        "option"
    )
    assert refused(harbor.seller, harbor.confirmation(harbor.plan_id, [*chosen, chosen[0]]))[0] == "BadRequest"


def test_transport_is_confirmed_after_the_placement_and_once(market: TestMarket) -> None:
    harbor = Sender(market)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS", 40))
    harbor.packs(plan_id, alike(4, ATLAS=10))
    option = harbor.placements(plan_id)[0]
    found = harbor.transports(plan_id, option)  # before the placement is confirmed, as it is packed

    early = refused(harbor.seller, harbor.confirmation(plan_id, found[:1]))
    harbor.does(api.ConfirmPlacementOption(inbound_plan_id=plan_id, placement_option_id=option.placement_option_id))
    harbor.does(harbor.confirmation(plan_id, found[:1]))
    again = refused(harbor.seller, harbor.confirmation(plan_id, found[:1]))
    anew = refused(harbor.seller, harbor.wish(plan_id, option))

    assert early == ("BadRequest", f"ERROR: No placement option is confirmed for inboundPlan {plan_id}.")
    assert again[1].endswith("cannot be processed because transportation options are already confirmed.")
    assert anew[1].endswith("cannot be processed because transportation options are already confirmed.")


def test_what_is_not_packed_has_no_transport_before_its_placement(market: TestMarket) -> None:
    harbor = Sender(market)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS", 40))
    option = harbor.placements(plan_id)[0]

    found = harbor.done(harbor.asks(harbor.wish(plan_id, option)).operation_id)

    (problem,) = found.operation_problems
    assert (problem.code, problem.message) == ("FBA_INB_0344", "ERROR: No placement option was confirmed.")
    assert option.shipment_ids[0] in str(problem.details)


def test_what_was_packed_later_goes_on_pallets_without_a_word_on_boxes(market: TestMarket) -> None:
    harbor = Sender(market)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS", 40))
    option = harbor.places(plan_id, shipments=1)

    bare = harbor.done(harbor.asks(harbor.wish(plan_id, option)).operation_id)
    found = harbor.transports(plan_id, option, pallets=[PALLET], freightInformation=FREIGHT)

    assert [one.code for one in bare.operation_problems] == ["FBA_INB_0313"]
    modes = {one.shipping_mode for one in found if one.shipping_solution == "AMAZON_PARTNERED_CARRIER"}
    assert modes == {"FREIGHT_LTL"}


def test_an_option_of_another_shipment_is_none(market: TestMarket) -> None:
    harbor = Placed(market, shipments=4)
    harbor.transports(harbor.plan_id, harbor.option)
    chosen = harbor.chosen()
    swapped = [
        msgspec.structs.replace(one, shipment_id=other.shipment_id)
        for one, other in zip(chosen, [*chosen[1:], chosen[0]], strict=True)
    ]

    code, words = refused(harbor.seller, harbor.confirmation(harbor.plan_id, swapped))

    assert code == "BadRequest"
    assert words == "The requested transportationOptionId does not exist for the specified shipment."


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"readyToShipWindow": {"start": "2026-11-01T00:00:00Z"}}, "must not be in the past"),
        ({"freightInformation": {"freightClass": "FC_51"}}, "Freight class FC_51 is not valid"),
        ({"freightInformation": FREIGHT | {"declaredValue": {"amount": -1, "code": "USD"}}}, "declaredValue -1 USD"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_at_once(harbor: Placed, more: dict[str, Any], words: str) -> None:
    code, said = refused(harbor.seller, harbor.wish(harbor.plan_id, harbor.option, **more))

    assert code == "BadRequest"
    assert words in said
    assert harbor.offered(harbor.plan_id) == []


def test_who_leaves_from_elsewhere_is_quoted_anew(harbor: Placed) -> None:
    harbor.transports(harbor.plan_id, harbor.option)
    there = WAREHOUSE | {"city": "Toronto", "stateOrProvinceCode": "ON", "postalCode": "M5V 3L9", "countryCode": "CA"}
    change = {"inboundPlanId": harbor.plan_id, "shipmentId": harbor.first, "address": there}

    harbor.does(msgspec.convert(change, api.UpdateShipmentSourceAddress))

    assert harbor.offered(harbor.plan_id) == []
    address = harbor.shipment(harbor.plan_id, harbor.first).source.address
    assert address is not None
    assert address.city == "Toronto"
    abroad = harbor.transports(harbor.plan_id, harbor.option)
    assert {one.shipping_solution for one in abroad} == {"USE_YOUR_OWN_CARRIER"}


def test_the_source_stays_once_a_carrier_is_confirmed(harbor: Placed) -> None:
    harbor.transports(harbor.plan_id, harbor.option)
    harbor.does(harbor.confirmation(harbor.plan_id, harbor.chosen()))
    change = {"inboundPlanId": harbor.plan_id, "shipmentId": harbor.first, "address": WAREHOUSE}

    code, words = refused(harbor.seller, msgspec.convert(change, api.UpdateShipmentSourceAddress))

    assert code == "BadRequest"
    assert "only before its transportation option is confirmed" in words


def test_an_address_in_no_country_is_no_source(harbor: Placed) -> None:
    change = {"inboundPlanId": harbor.plan_id, "shipmentId": harbor.first, "address": WAREHOUSE | {"countryCode": "ZZ"}}

    assert refused(harbor.seller, msgspec.convert(change, api.UpdateShipmentSourceAddress))[0] == "BadRequest"
    assert harbor.shipment(harbor.plan_id, harbor.first).source.address is not None


def test_options_boxes_and_pallets_have_the_form_of_amazons(harbor: Placed) -> None:
    harbor.transports(harbor.plan_id, harbor.option, pallets=[PALLET], freightInformation=FREIGHT)
    path = f"{BASE}/inboundPlans/{harbor.plan_id}"
    options = harbor.shown(f"{path}/transportationOptions?shipmentId={harbor.first}&pageSize=5")
    harbor.does(harbor.confirmation(harbor.plan_id, harbor.chosen()))

    check_form(options, DOCUMENT, "ListTransportationOptionsResponse")
    assert "nextToken" in options["pagination"]
    for name, form in (("boxes", "ListShipmentBoxesResponse"), ("pallets", "ListShipmentPalletsResponse")):
        check_form(harbor.shown(f"{path}/shipments/{harbor.first}/{name}"), DOCUMENT, form)
    check_form(harbor.shown(f"{path}/shipments/{harbor.first}"), DOCUMENT, "Shipment")


@pytest.mark.parametrize(
    "said", ["2026-12-01T10:30Z", "2026-12-01T11:30+01:00", "2026-12-01T10:30:45.5Z", "2026-12-01T10:30:00"]
)
def test_the_day_on_which_a_load_is_ready_is_told_to_the_minute(harbor: Placed, said: str) -> None:
    configuration = {"shipmentId": harbor.first, "readyToShipWindow": {"start": said}}
    body = {
        "placementOptionId": harbor.option.placement_option_id,
        "shipmentTransportationConfigurations": [configuration],
    }

    reply = harbor.seller.call(
        "POST",
        f"{BASE}/inboundPlans/{harbor.plan_id}/transportationOptions",
        headers={"content-type": "application/json"},
        body=msgspec.json.encode(body),
    )
    harbor.done(reply.json()["operationId"])

    dates = harbor.shipment(harbor.plan_id, harbor.first).dates
    assert dates is not None
    assert dates.ready_to_ship_window is not None
    assert dates.ready_to_ship_window.start == datetime(2026, 12, 1, 10, 30, tzinfo=UTC)
