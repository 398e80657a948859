"""What is assumed in the code that answers an operation is found by following what it names."""

from __future__ import annotations

from tools.reach import Place, marks_of, reached

HANDLER = Place("sellingpartner.server.api.messaging_v1", "get_messaging_actions_for_order")


def test_a_handler_leads_to_the_questions_that_it_asks_and_to_what_they_ask() -> None:
    found = reached(HANDLER)

    assert Place("sellingpartner.market.messaging.questions", "_traits") in found
    assert Place("sellingpartner.market.orders.store", "load_order") not in reached(
        Place("sellingpartner.server.api.sellers_v1", "get_marketplace_participations")
    )


def test_an_operation_is_touched_by_the_marks_on_its_way_and_by_no_others() -> None:
    marks = {(mark.file, mark.subject) for mark in marks_of("messaging_v1", "GetMessagingActionsForOrder")}

    assert ("questions.py", "_traits") in marks
    assert ("questions.py", "_traits") not in {
        (mark.file, mark.subject) for mark in marks_of("sellers_v1", "GetMarketplaceParticipations")
    }


def test_an_operation_that_is_not_served_is_touched_by_none() -> None:
    assert marks_of("vendor_orders_v1", "GetPurchaseOrders") == []
