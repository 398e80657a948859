"""What is sent to Amazon is kept alike by every database."""

from __future__ import annotations

from forwarder import Forwarder, refused, units

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.testing import TestMarket


def test_plans_are_made_listed_and_given_up(database_url: str) -> None:
    market = TestMarket(database_url)
    harbor = Forwarder(market)
    harbor.sells("ATLAS")
    first = harbor.plans(units("ATLAS", 2))
    market.advance(minutes=1)
    begun = harbor.begins(units("ATLAS", 3))
    refusal = refused(market.seller, api.CancelInboundPlan(inbound_plan_id=begun.inbound_plan_id))
    harbor.done(begun.operation_id)
    harbor.does(api.CancelInboundPlan(inbound_plan_id=first))

    def listed(**asked: object) -> list[str]:
        request = api.ListInboundPlans(**asked)  # type: ignore[arg-type]  # its fields
        return [one.inbound_plan_id for one in harbor.asks(request).inbound_plans]

    by_creation, by_update = listed(), listed(sort_by=api.SortBy.LAST_UPDATED_TIME)
    page = harbor.asks(api.ListInboundPlans(page_size=1))
    rest = listed(pagination_token=page.pagination.next_token)
    voided = listed(status=api.Status.VOIDED)
    market.close()

    assert refusal[0] == "BadRequest"
    assert by_creation == [begun.inbound_plan_id, first]
    assert by_update == [first, begun.inbound_plan_id]
    assert (rest, voided) == ([first], [first])
