"""A seller means to send units to Amazon: from a SKU that nobody has prepared to boxes that hold all of the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from forwarder import Forwarder, box, package, packed, units
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.contract import fba_inbound_eligibility_v1 as eligibility
from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.testing import TestMarket

AtOnce = Callable[..., list[Any]]
SKUS = ("ATLAS", "GUIDE", "CHART")


def test_a_plan_is_refused_prepared_made_and_packed(market: TestMarket) -> None:
    harbor = Forwarder(market)
    harbor.sells("ATLAS")
    harbor.sells("LAMP", "LAMP", **package(inches=(12, 10, 8), pounds=6))
    harbor.sells("GLOBE", **package(inches=(30, 20, 20), pounds=15))
    wanted = (units("ATLAS", 40), units("LAMP", 9, prepOwner="SELLER"), units("GLOBE", 2))

    first = harbor.done(harbor.begins(*wanted).operation_id)
    assert (first.operation_status, [one.code for one in first.operation_problems]) == ("FAILED", ["FBA_INB_0182"])
    detail = api.MskuPrepDetailInput(
        msku="LAMP",
        prep_category=api.PrepCategory.FRAGILE,
        prep_types=[api.PrepType.ITEM_BUBBLEWRAP, api.PrepType.ITEM_LABELING],
    )
    harbor.does(api.SetPrepDetails(marketplace_id=harbor.marketplace_id, msku_prep_details=[detail]))

    plan_id = harbor.plans(*wanted)
    usual, oversize = harbor.groups(plan_id)
    lamps = box(units("LAMP", 3, prepOwner="SELLER"), quantity=3)
    globes = box(units("GLOBE"), quantity=2, dimensions=_sides(31, 21, 21))
    harbor.does(
        packed(
            plan_id,
            {"packingGroupId": usual, "boxes": [box(units("ATLAS", 20), quantity=2), lamps]},
            {"packingGroupId": oversize, "boxes": [globes]},
        )
    )

    assert held_in_boxes(harbor, plan_id) == {"ATLAS": 40, "LAMP": 9, "GLOBE": 2}
    plan = harbor.plan(plan_id)
    assert (plan.status, harbor.options(plan_id)) == ("ACTIVE", ["ACCEPTED"])
    statuses = [one.status for one in harbor.asks(api.ListInboundPlans()).inbound_plans]
    assert statuses == ["ACTIVE", "ERRORED"]


def test_of_many_who_begin_something_at_once_one_does(market: TestMarket, at_once: AtOnce) -> None:
    harbor = Forwarder(market)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS"))
    requests = [api.GeneratePackingOptions(inbound_plan_id=plan_id), api.CancelInboundPlan(inbound_plan_id=plan_id)]

    answers = at_once(*[partial(market.seller.send, request) for request in requests] * 4)

    begun = [answer for answer in answers if not isinstance(answer, Exception)]
    assert len(begun) == 1
    refusals = [answer for answer in answers if isinstance(answer, Exception)]
    assert {type(one) for one in refusals} <= {SellingPartnerError, *SellingPartnerError.__subclasses__()}
    assert harbor.done(begun[0].operation_id).operation_status == "SUCCESS"
    market.advance(minutes=1)
    plan = harbor.plan(plan_id)
    assert (plan.status == "VOIDED") != (harbor.options(plan_id) == ["OFFERED"])


def test_what_an_eligibility_preview_says_a_plan_says_too(market: TestMarket) -> None:
    harbor = Forwarder(market)
    dangerous = {"supplier_declared_dg_hz_regulation": [{"value": "transportation"}]}
    asins = {
        "FIT": harbor.sells("FIT"),
        "USED": harbor.sells("USED", "LAMP", condition="Used", condition_subtype="Good"),
        "WEIGHTLESS": harbor.sells("WEIGHTLESS", item_package_weight=[]),
        "PRESCRIBED": harbor.sells("PRESCRIBED", is_regulated=True),
        "DANGEROUS": harbor.sells("DANGEROUS", **dangerous),
        "CHARGED": harbor.sells("CHARGED", batteries_required=[{"value": True}]),
    }

    for sku, asin in asins.items():
        preview = harbor.asks(
            eligibility.GetItemEligibilityPreview(
                asin=asin, program=eligibility.Program.INBOUND, marketplace_ids=[harbor.marketplace_id]
            )
        ).payload
        ended = harbor.done(harbor.begins(units(sku)).operation_id)

        codes = [one.code for one in ended.operation_problems if one.code != "FBA_INB_0182"]
        assert codes == [one.value for one in preview.ineligibility_reason_list or []], sku
        assert preview.is_eligible_for_program is (not codes)


@settings(max_examples=15)
@given(quantities=st.tuples(*[st.integers(1, 30)] * len(SKUS)), seed=st.integers(0, 2**32), wrong=st.booleans())
def test_boxes_are_taken_when_they_hold_the_plan_and_never_else(
    quantities: tuple[int, ...],
    seed: int,
    wrong: bool,  # noqa: FBT001 - as it is drawn
) -> None:
    luck, planned = Random(seed), dict(zip(SKUS, quantities, strict=True))
    with TestMarket() as market:
        harbor = Forwarder(market)
        for sku in SKUS:
            harbor.sells(sku)
        plan_id = harbor.plans(*(units(sku, quantity) for sku, quantity in planned.items()))
        (group,) = harbor.groups(plan_id)
        held = [Counter[str]() for _ in range(luck.randint(1, 5))]
        for sku, quantity in planned.items():
            for _ in range(quantity):
                luck.choice(held)[sku] += 1
        if wrong:
            luck.choice(held)[luck.choice(SKUS)] += 1
        boxes = [box(*(units(sku, count) for sku, count in one.items() if count)) for one in held if one.total()]
        asked = packed(plan_id, {"packingGroupId": group, "boxes": boxes})

        if wrong:
            try:
                harbor.asks(asked)
            except SellingPartnerError as refused:
                assert refused.message.endswith("did not contain expected items and/or quantities")  # noqa: PT017
            else:
                raise AssertionError("A unit too many was taken.")
            assert held_in_boxes(harbor, plan_id) == {}
        else:
            harbor.does(asked)
            assert held_in_boxes(harbor, plan_id) == planned
        assert market.market.failures() == []


def held_in_boxes(harbor: Forwarder, plan_id: str) -> dict[str, int]:
    """How many units of which SKU are in all boxes of a plan together."""
    asked = api.ListInboundPlanBoxes(inbound_plan_id=plan_id, page_size=1000)
    held: Counter[str] = Counter()
    for one in harbor.asks(asked).boxes:
        for item in one.items or []:
            held[item.msku] += item.quantity * (one.quantity or 1)
    return dict(held)


def _sides(*inches: float) -> dict[str, Any]:
    return {"unitOfMeasurement": "IN", **dict(zip(("length", "width", "height"), inches, strict=True))}
