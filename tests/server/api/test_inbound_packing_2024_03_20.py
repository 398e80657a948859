"""How a plan of Fulfillment Inbound is packed: groups, options that are offered for a while, boxes that add up."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from forwarder import BASE, DOCUMENT, Forwarder, box, package, packed, refused, units
from modeled import check_form

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.events.inbound import InboundPacked, PackingConfirmed
from sellingpartner.testing import TestMarket

ELSEWHERE = "po00000000-0000-4000-8000-000000000000"
NO_GROUP = "pg00000000-0000-4000-8000-000000000000"
NO_SHIPMENT = "sh00000000-0000-4000-8000-000000000000"


@pytest.fixture
def harbor(market: TestMarket) -> Forwarder:
    made = Forwarder(market)
    made.sells("ATLAS")
    made.sells("GUIDE")
    return made


@pytest.fixture
def plan_id(harbor: Forwarder) -> str:
    """A plan of 12 atlases and 6 guides."""
    return harbor.plans(units("ATLAS", 12), units("GUIDE", 6))


def boxes_of(harbor: Forwarder, plan_id: str) -> list[api.Box]:
    found: list[api.Box] = harbor.asks(api.ListInboundPlanBoxes(inbound_plan_id=plan_id, page_size=1000)).boxes
    return found


def test_a_packing_option_says_what_boxes_may_be_and_how_they_may_travel(harbor: Forwarder, plan_id: str) -> None:
    before = harbor.asks(api.ListPackingOptions(inbound_plan_id=plan_id)).packing_options

    option = harbor.offers_packing(plan_id)

    assert before == []
    assert (option.status, option.fees, option.discounts, len(option.packing_groups)) == ("OFFERED", [], [], 1)
    (configuration,) = option.supported_configurations
    assert configuration.box_requirements is not None
    weight = configuration.box_requirements.weight
    assert (weight.minimum, weight.maximum, weight.unit) == (1, 50, "LB")
    assert configuration.box_packing_methods == ["BOX_CONTENT_PROVIDED", "BARCODE_2D", "MANUAL_PROCESS"]
    assert {one.solution for one in configuration.shipping_requirements or []} == {
        "USE_YOUR_OWN_CARRIER",
        "AMAZON_PARTNERED_CARRIER",
    }
    assert harbor.plan(plan_id).packing_options == [
        api.PackingOptionSummary(packing_option_id=option.packing_option_id, status="OFFERED")
    ]


def test_what_may_not_share_a_box_makes_groups_of_its_own(harbor: Forwarder) -> None:
    harbor.sells("BANK", "POWER_BANK")
    harbor.sells("GLOBE", **package(inches=(30, 20, 20), pounds=15))
    harbor.sells("WAX", "CANDLE")
    for sku in ("BANK", "WAX"):
        detail = api.MskuPrepDetailInput(
            msku=sku, prep_category=api.PrepCategory.NONE, prep_types=[api.PrepType.ITEM_NO_PREP]
        )
        harbor.does(api.SetPrepDetails(marketplace_id=harbor.marketplace_id, msku_prep_details=[detail]))
    plan_id = harbor.plans(*(units(sku, 2) for sku in ("ATLAS", "BANK", "GLOBE", "WAX", "GUIDE")))

    groups = harbor.groups(plan_id)

    found = [sorted(harbor.items_in(plan_id, group)) for group in groups]
    assert found == [["ATLAS", "GUIDE"], ["BANK"], ["GLOBE"], ["WAX"]]
    option = harbor.asks(api.ListPackingOptions(inbound_plan_id=plan_id)).packing_options[0]
    assert option.supported_configurations[0].box_packing_methods == ["BOX_CONTENT_PROVIDED"]


def test_what_comes_over_a_border_goes_by_no_partnered_carrier(harbor: Forwarder) -> None:
    abroad = {"sourceAddress": {**_SHENZHEN}}
    plan_id = harbor.plans(units("ATLAS"), **abroad)

    option = harbor.offers_packing(plan_id)

    assert {one.shipping_solution for one in option.supported_shipping_configurations} == {"USE_YOUR_OWN_CARRIER"}


def test_boxes_are_packed_and_shown(harbor: Forwarder, market: TestMarket, plan_id: str) -> None:
    (group,) = harbor.groups(plan_id)
    pair = box(units("ATLAS", 6), units("GUIDE", 2), quantity=2, weight={"unit": "KG", "value": 9.5})
    rest = box(units("GUIDE", 2))

    harbor.does(packed(plan_id, {"packingGroupId": group, "boxes": [pair, rest]}))

    first, second = harbor.asks(api.ListPackingGroupBoxes(inbound_plan_id=plan_id, packing_group_id=group)).boxes
    assert (first.quantity, first.weight.value, first.weight.unit, first.dimensions.length) == (2, 9.5, "KG", 16)
    assert [(one.msku, one.quantity, one.fnsku[:2]) for one in first.items] == [("ATLAS", 6, "X0"), ("GUIDE", 2, "X0")]
    assert (first.template_name, second.template_name, first.box_id) == ("P1 - B1", "P1 - B2", None)
    assert boxes_of(harbor, plan_id) == [first, second]
    assert harbor.asks(api.ListInboundPlanPallets(inbound_plan_id=plan_id)).pallets == []
    assert [fact.boxes for fact in market.facts(InboundPacked)] == [3]
    assert [fact.groups for fact in market.facts(PackingConfirmed)] == [1]


def test_boxes_that_are_told_again_take_the_place_of_those_before(harbor: Forwarder, plan_id: str) -> None:
    (group,) = harbor.groups(plan_id)
    all_in_one = {"packingGroupId": group, "boxes": [box(units("ATLAS", 12), units("GUIDE", 6))]}
    apart = {"packingGroupId": group, "boxes": [box(units("ATLAS", 12)), box(units("GUIDE", 6))]}

    harbor.does(packed(plan_id, all_in_one))
    harbor.does(packed(plan_id, apart))

    assert [[one.msku for one in each.items or []] for each in boxes_of(harbor, plan_id)] == [["ATLAS"], ["GUIDE"]]


def test_what_is_in_a_box_may_be_told_by_its_barcode_or_by_nobody(harbor: Forwarder, plan_id: str) -> None:
    (group,) = harbor.groups(plan_id)
    silent = [box(contentInformationSource=source) for source in ("BARCODE_2D", "MANUAL_PROCESS")]

    harbor.does(packed(plan_id, {"packingGroupId": group, "boxes": [*silent, box(units("ATLAS", 3))]}))

    assert [len(one.items or []) for one in boxes_of(harbor, plan_id)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ([box(units("ATLAS", 11), units("GUIDE", 6))], "expected items and/or quantities"),
        ([box(units("ATLAS", 13), units("GUIDE", 6))], "expected items and/or quantities"),
        ([box(units("ATLAS", 12))], "expected items and/or quantities"),
        ([box(units("ATLAS", 6), units("GUIDE", 6), quantity=3)], "expected items and/or quantities"),
        ([box(units("ATLAS", 12), units("GUIDE", 6), units("OTHER"))], "expected items and/or quantities"),
        ([box(contentInformationSource="BARCODE_2D"), box(units("ATLAS", 13))], "expected items and/or quantities"),
        (
            [box(units("ATLAS", 12, labelOwner="AMAZON"), units("GUIDE", 6))],
            "Invalid item details for ATLAS, expected:",
        ),
        ([box(units("ATLAS", 12, expiration="2027-02-30"), units("GUIDE", 6))], "expiration=2027-02-30T00:00Z"),
        ([box(units("ATLAS", 12, manufacturingLotCode="L"), units("GUIDE", 6))], "provided: Item(msku=ATLAS, mlc=L,"),
        ([box(units("ATLAS", 12), weight={"unit": "LB", "value": 50.5})], "from 1 to 50 LB; 50.5 LB was provided"),
        ([box(units("ATLAS", 12), weight={"unit": "KG", "value": 23})], "23 KG was provided"),
        ([box(units("ATLAS", 12), weight={"unit": "LB", "value": 0.5})], "from 1 to 50 LB"),
        ([box(units("ATLAS", 12), weight={"unit": "LB", "value": 0})], "must be more than 0"),
    ],
)
def test_boxes_that_do_not_add_up_or_are_too_heavy_are_refused_and_none_is_kept(
    harbor: Forwarder, market: TestMarket, plan_id: str, boxes: list[dict[str, Any]], words: str
) -> None:
    (group,) = harbor.groups(plan_id)

    code, said = refused(market.seller, packed(plan_id, {"packingGroupId": group, "boxes": boxes}))

    assert code == "BadRequest"
    assert words in said
    assert boxes_of(harbor, plan_id) == []
    assert harbor.asks(api.ListInboundPlanItems(inbound_plan_id=plan_id)).items[0].quantity == 12
    assert market.facts(InboundPacked) == []


def test_the_refusal_of_wrong_contents_tells_what_was_expected(harbor: Forwarder, plan_id: str) -> None:
    (group,) = harbor.groups(plan_id)

    with pytest.raises(SellingPartnerError) as refusal:
        harbor.asks(packed(plan_id, {"packingGroupId": group, "boxes": [box(units("ATLAS", 11), units("GUIDE", 6))]}))

    assert refusal.value.message == (f"ERROR: Package group {group} did not contain expected items and/or quantities")
    assert refusal.value.details == "Expected item quantities ATLAS: 12"


@pytest.mark.parametrize(
    ("dimensions", "unit", "is_refused"),
    [((25, 10, 10), "IN", False), ((25.5, 10, 10), "IN", True), ((10, 10, 64), "CM", True), ((0, 9, 9), "IN", True)],
)
def test_no_side_of_a_box_with_several_units_is_too_long(
    harbor: Forwarder, market: TestMarket, plan_id: str, dimensions: tuple[float, ...], unit: str, *, is_refused: bool
) -> None:
    (group,) = harbor.groups(plan_id)
    sides = dict(zip(("length", "width", "height"), dimensions, strict=True))
    one = box(units("ATLAS", 12), units("GUIDE", 6), dimensions={"unitOfMeasurement": unit, **sides})
    asked = packed(plan_id, {"packingGroupId": group, "boxes": [one]})

    if is_refused:
        assert refused(market.seller, asked)[0] == "BadRequest"
    else:
        harbor.does(asked)
    assert len(boxes_of(harbor, plan_id)) == (0 if is_refused else 1)


def test_a_single_unit_may_be_heavier_and_larger_than_a_box_may_be(harbor: Forwarder) -> None:
    harbor.sells("ANVIL", **package(inches=(30, 20, 20), pounds=90))
    plan_id = harbor.plans(units("ANVIL", 3))
    (group,) = harbor.groups(plan_id)
    sides = {"unitOfMeasurement": "IN", "length": 31, "width": 21, "height": 21}
    alone = box(units("ANVIL"), quantity=3, weight={"unit": "LB", "value": 95}, dimensions=sides)

    harbor.does(packed(plan_id, {"packingGroupId": group, "boxes": [alone]}))

    assert [one.quantity for one in boxes_of(harbor, plan_id)] == [3]


def test_groupings_name_one_group_or_shipment_each(harbor: Forwarder, market: TestMarket, plan_id: str) -> None:
    (group,) = harbor.groups(plan_id)
    boxes = [box(units("ATLAS", 12), units("GUIDE", 6))]
    whole = {"packingGroupId": group, "boxes": boxes}
    wrong: dict[str, list[dict[str, Any]]] = {
        "One of packingGroupId or shipmentId": [{"boxes": boxes}],
        "must be provided for each": [whole | {"shipmentId": NO_SHIPMENT}],
        "more than once": [whole, whole],
        "The requested packingGroupId does not exist for the specified inbound plan.": [
            whole | {"packingGroupId": NO_GROUP}
        ],
        "only be provided after a placement option is confirmed": [{"shipmentId": NO_SHIPMENT, "boxes": boxes}],
    }

    for words, groupings in wrong.items():
        code, said = refused(market.seller, packed(plan_id, *groupings))
        assert (code, words in said) == ("BadRequest", True), said
    assert boxes_of(harbor, plan_id) == []


def test_many_boxes_come_page_after_page_each_once(harbor: Forwarder) -> None:
    plan_id = harbor.plans(units("ATLAS", 25))
    (group,) = harbor.groups(plan_id)
    harbor.does(packed(plan_id, {"packingGroupId": group, "boxes": [box(units("ATLAS")) for _ in range(25)]}))

    found, token, sizes = [], None, []
    while True:
        asked = api.ListPackingGroupBoxes(
            inbound_plan_id=plan_id, packing_group_id=group, page_size=10, pagination_token=token
        )
        page = harbor.asks(asked)
        found += [one.template_name for one in page.boxes]
        sizes.append(len(page.boxes))
        token = page.pagination.next_token
        if token is None:
            break

    assert (found, sizes) == ([f"P1 - B{number}" for number in range(1, 26)], [10, 10, 5])


@pytest.mark.parametrize(
    ("method", "target", "definition"),
    [
        ("GET", "/packingOptions", "ListPackingOptionsResponse"),
        ("POST", "/packingOptions", "GeneratePackingOptionsResponse"),
        ("GET", "/packingGroups/{group}/items", "ListPackingGroupItemsResponse"),
        ("GET", "/packingGroups/{group}/boxes", "ListPackingGroupBoxesResponse"),
        ("GET", "/boxes", "ListInboundPlanBoxesResponse"),
        ("GET", "/pallets", "ListInboundPlanPalletsResponse"),
        ("POST", "/packingInformation", "SetPackingInformationResponse"),
        ("GET", "", "InboundPlan"),
    ],
)
def test_answers_have_the_form_of_amazons_document(
    harbor: Forwarder, plan_id: str, method: str, target: str, definition: str
) -> None:
    (group,) = harbor.groups(plan_id)
    whole = {"packingGroupId": group, "boxes": [box(units("ATLAS", 12), units("GUIDE", 6))]}
    harbor.does(packed(plan_id, whole))

    path = f"{BASE}/inboundPlans/{plan_id}{target}".format(group=group)
    body = msgspec.json.encode({"packageGroupings": [whole]}) if target == "/packingInformation" else None
    reply = harbor.seller.call(method, path, headers={"content-type": "application/json"}, body=body)

    assert reply.status == (202 if method == "POST" else 200)
    check_form(reply.json(), DOCUMENT, definition)


_SHENZHEN = {
    "name": "Harbor Goods",
    "addressLine1": "1 Beihuan Street",
    "city": "Shenzhen",
    "postalCode": "518000",
    "countryCode": "CN",
    "phoneNumber": "+86 755 5550 100",
}
