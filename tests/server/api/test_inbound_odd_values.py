"""One odd value at a time in what is told of plans, items and boxes, each operation carried out: never a defect.

What begins an operation may break who carries it out, seconds later; `test_odd_values.py` calls and goes on.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from forwarder import WAREHOUSE, Forwarder, units
from odd_values import ODD_JSON
from right_requests import RightRequest

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.operation import Request
from sellingpartner.testing import TestMarket
from soak import TIMES

EACH = 2 if TIMES == 1 else 50
TOLD: list[type[Request[Any]]] = [
    api.CreateInboundPlan,
    api.UpdateInboundPlanName,
    api.SetPackingInformation,
    api.SetPrepDetails,
    api.UpdateItemComplianceDetails,
    api.CreateMarketplaceItemLabels,
]


@pytest.mark.parametrize("request_class", TOLD)
def test_no_value_breaks_who_carries_an_operation_out(market: TestMarket, request_class: type[Request[Any]]) -> None:
    harbor, luck = Forwarder(market), Random(request_class.__name__)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS", 1))
    (group,) = harbor.groups(plan_id)
    known = WAREHOUSE | {
        "inboundPlanId": plan_id,
        "packingGroupId": group,
        "marketplaceId": harbor.marketplace_id,
        "destinationMarketplace": harbor.marketplace_id,
        "msku": "ATLAS",
        "item": "which a box may leave out",
        "prepOwner": "NONE",
        "labelOwner": "SELLER",
        "prepCategory": "NONE",
        "prepType": "ITEM_NO_PREP",
        "pageType": "A4_21",
        "value": 5,
        "hsnCode": "720299",
        "code": "USD",
    }
    right, begun = RightRequest(request_class, known), 0

    for way in [(), *right.ways]:
        for odd in luck.sample(ODD_JSON, EACH if way else 1):
            operation = request_class.operation
            target, body = right.target(), right.body(way, odd) if way else right.body()
            headers = {"content-type": "application/json"}
            reply = harbor.seller.call(operation.method, target, headers=headers, body=body)
            assert reply.status < 500, (way, odd, reply)
            begun += reply.status < 300
            market.advance(seconds=10)

    assert begun > 0
    assert market.market.failures() == []
    assert harbor.plan(plan_id).status == "ACTIVE"
