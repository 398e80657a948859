from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import msgspec
import pytest
from scripted import CREDENTIALS, LOST, NEVER_LEFT, Bench, refused, reply

from sellingpartner.client._shells.steps import Outcome
from sellingpartner.client.events import Answered, Sending, TokenFetched, Waiting
from sellingpartner.client.throttle import Unthrottled
from sellingpartner.contract.awd_2024_05_09 import ListInboundShipments
from sellingpartner.contract.errors import (
    DENIED,
    AnswerUnreadable,
    AuthorizationRevoked,
    ConnectionFailed,
    DeadlineExceeded,
    InternalFailure,
    InvalidInput,
    NotFound,
    QuotaExceeded,
    ScopeMissing,
    SellingPartnerError,
    ServiceUnavailable,
    Unauthorized,
)
from sellingpartner.contract.feeds_2021_06_30 import CreateFeed
from sellingpartner.contract.notifications_v1 import GetDestinations
from sellingpartner.contract.operation import Request
from sellingpartner.contract.orders_v0 import (
    ConfirmShipment,
    ConfirmShipmentOrderItem,
    GetOrder,
    GetOrderResponse,
    PackageDetail,
)
from sellingpartner.contract.product_fees_v0 import GetMyFeesEstimates

ORDER = {
    "payload": {
        "AmazonOrderId": "902-1",
        "PurchaseDate": "2026-11-02T09:00:00Z",
        "LastUpdateDate": "2026-11-02T09:00:00Z",
        "OrderStatus": "Unshipped",
    }
}
FOUND = msgspec.convert(ORDER, GetOrderResponse)
CREATE_FEED = CreateFeed(feed_type="JSON_LISTINGS_FEED", marketplace_ids=["ATVPDKIKX0DER"], input_feed_document_id="d")
EXPIRED = refused(403, "Unauthorized", "The access token you provided has expired.")
REVOKED = refused(403, "Unauthorized", "The access token you provided is revoked, malformed or invalid.")
RDT = reply({"restrictedDataToken": "Atz.sprdt|1", "expiresIn": 3600})


def order(bench: Bench, *outcomes: Outcome, **options: Any) -> GetOrderResponse:  # noqa: ANN401 - OptionFields
    return bench.play(GetOrder(order_id="902-1"), *outcomes, **options)


def test_a_call_shows_the_sellers_token_and_nothing_secret_else(bench: Bench) -> None:
    assert order(bench, reply(ORDER)) == FOUND

    (sent,) = bench.sent
    assert (sent.method, sent.url) == ("GET", "http://market.test/orders/v0/orders/902-1")
    assert sent.headers["x-amz-access-token"] == "Atza|1"
    assert sent.headers["User-Agent"].startswith("sellingpartner/")
    assert sent.body is None
    assert CREDENTIALS.client_secret not in str(sent)


NOON = datetime(2026, 11, 2, 12, 0)  # noqa: DTZ001 - the zone that is missing is the point
PARCEL = PackageDetail(
    package_reference_id="1",
    carrier_code="UPS",
    tracking_number="1Z999",
    ship_date=NOON,
    order_items=[ConfirmShipmentOrderItem(order_item_id="1", quantity=1)],
)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (ListInboundShipments(updated_after=NOON), "updated_after"),
        (ConfirmShipment(order_id="902-1", marketplace_id="1", package_detail=PARCEL), "package_detail.ship_date"),
    ],
)
def test_a_time_without_a_zone_is_sent_nowhere(bench: Bench, asked: Request[Any], field: str) -> None:
    with pytest.raises(InvalidInput, match=f"{field} has no time zone"):
        bench.play(asked)

    assert bench.sent == []


def test_a_token_is_made_once_and_renewed_a_minute_before_its_end(bench: Bench) -> None:
    order(bench, reply(ORDER))
    bench.now += 3500
    order(bench, reply(ORDER))
    assert bench.logins == 1

    bench.now += 60
    order(bench, reply(ORDER))
    assert bench.logins == 2


def denied(**entry: str | None) -> Outcome:
    return reply({"errors": [{"code": "Unauthorized", **entry}]}, 403)


@pytest.mark.parametrize(
    "denial",
    [
        EXPIRED,
        REVOKED,
        denied(message=None, details="The access token you provided has expired."),
        denied(details="The token\nhas expired"),
        denied(message="The access token you provided has expired."),
        reply({"errors": "The access token you provided has expired."}, 401),
    ],
    ids=["expired", "revoked", "null", "details", "message", "text"],
)
def test_a_token_that_is_refused_is_made_anew_and_the_call_repeated_once(bench: Bench, denial: Outcome) -> None:
    assert bench.play(CREATE_FEED, denial, reply({"feedId": "1"}, 202)).feed_id == "1"

    assert bench.logins == 2
    assert [sent.headers["x-amz-access-token"] for sent in bench.sent] == ["Atza|1", "Atza|2"]


def test_a_fresh_token_that_is_refused_means_that_the_grant_has_ended() -> None:
    bench = Bench(application_id="amzn1.sp.solution.1")

    with pytest.raises(AuthorizationRevoked, match="authorize the application again") as raised:
        order(bench, REVOKED, REVOKED)

    consent = "http://market.test/apps/authorize/consent?application_id=amzn1.sp.solution.1"
    assert raised.value.authorize_url == consent
    assert bench.logins == 2


def test_a_fresh_token_that_has_expired_already_points_at_the_clocks(bench: Bench) -> None:
    with pytest.raises(Unauthorized, match="compare the clocks"):
        order(bench, EXPIRED, EXPIRED)


def test_a_denial_without_a_reason_names_the_usual_ones(bench: Bench) -> None:
    with pytest.raises(Unauthorized, match="a role is missing") as raised:
        order(bench, denied(message=DENIED, details=""))

    assert "Inventory and Order Tracking" in raised.value.advice
    assert bench.logins == 1


@pytest.mark.parametrize(
    "entry",
    [{"message": DENIED, "details": "sellerId names another seller."}, {"message": "Invalid order and template."}],
    ids=["details", "message"],
)
def test_a_denial_with_a_reason_is_not_said_to_have_none(bench: Bench, entry: dict[str, str]) -> None:
    with pytest.raises(Unauthorized) as raised:
        order(bench, denied(**entry))

    assert raised.value.advice == ""


def test_a_missing_scope_is_named(bench: Bench) -> None:
    with pytest.raises(ScopeMissing) as raised:
        order(bench, refused(403, "Unauthorized", "getOrder needs the scope sellingpartnerapi::orders."))

    assert raised.value.scope == "sellingpartnerapi::orders"


def test_an_error_names_operation_status_request_and_reason(bench: Bench) -> None:
    lost = reply({"errors": [{"code": "NotFound", "message": "No such order."}]}, 404, x_amzn_requestid="r-7")

    with pytest.raises(NotFound) as raised:
        order(bench, lost)

    assert str(raised.value) == "getOrder: 404 NotFound - No such order. [request r-7]"
    assert (raised.value.operation, raised.value.request_id, raised.value.status) == ("getOrder", "r-7", 404)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, InvalidInput),
        (401, Unauthorized),
        (422, SellingPartnerError),
        (429, QuotaExceeded),
        (503, ServiceUnavailable),
    ],
)
def test_an_unknown_code_is_known_by_its_status(bench: Bench, status: int, kind: type[SellingPartnerError]) -> None:
    with pytest.raises(SellingPartnerError) as raised:
        order(bench, refused(status, "Odd"), retries=0)

    assert type(raised.value) is kind
    assert (raised.value.status, raised.value.code) == (status, "Odd")


@pytest.mark.parametrize("failure", [LOST, NEVER_LEFT, *(refused(status) for status in (429, 500, 502, 503, 504))])
def test_a_question_is_repeated_after_what_may_pass(bench: Bench, failure: Outcome) -> None:
    assert order(bench, failure, failure, reply(ORDER)) == FOUND


@pytest.mark.parametrize("failure", [NEVER_LEFT, refused(429), refused(503)])
def test_what_surely_was_not_carried_out_is_repeated_whatever_it_is(bench: Bench, failure: Outcome) -> None:
    assert bench.play(CREATE_FEED, failure, reply({"feedId": "1"}, 202)).feed_id == "1"


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (LOST, ConnectionFailed),
        (refused(500), InternalFailure),
        (reply(b"<html>Bad Gateway</html>", 502), AnswerUnreadable),
        (reply(b"<html>Unavailable</html>", 503), ServiceUnavailable),
        (refused(504), SellingPartnerError),
        (reply(b'{"feedId": "1', 202), AnswerUnreadable),
    ],
)
def test_what_may_have_been_carried_out_is_never_sent_twice(
    bench: Bench, failure: Outcome, kind: type[SellingPartnerError]
) -> None:
    with pytest.raises(kind) as raised:
        bench.play(CREATE_FEED, failure)

    assert len(bench.sent) == 1
    assert raised.value.operation == "createFeed"


def test_a_lost_answer_says_that_the_call_may_have_been_carried_out(bench: Bench) -> None:
    with pytest.raises(ConnectionFailed, match="may have been carried out") as raised:
        bench.play(CREATE_FEED, LOST)

    assert raised.value.may_have_arrived


def test_the_caller_may_say_that_a_call_can_be_repeated(bench: Bench) -> None:
    assert bench.play(CREATE_FEED, LOST, reply({"feedId": "1"}, 202), idempotent=True).feed_id == "1"


def test_the_caller_may_say_that_a_call_cannot_be_repeated(bench: Bench) -> None:
    with pytest.raises(ConnectionFailed):
        order(bench, LOST, idempotent=False)


def test_a_post_that_only_asks_is_repeated(bench: Bench) -> None:
    assert bench.play(GetMyFeesEstimates(body=[]), LOST, reply([])) == []


def test_repetitions_have_an_end_and_pauses_a_bound(bench: Bench) -> None:
    with pytest.raises(InternalFailure):
        order(bench, *[refused(500)] * 5)

    assert len(bench.sleeps) == 4
    assert all(pause <= 0.5 * 2**n for n, pause in enumerate(bench.sleeps))


def test_a_service_that_says_when_to_come_back_is_listened_to(bench: Bench) -> None:
    order(bench, refused(503, retry_after="7"), reply(ORDER))

    assert bench.sleeps == [7.0]


def test_a_call_waits_for_its_turn(bench: Bench) -> None:
    for _ in range(29):  # the mirror keeps one token of thirty back
        order(bench, reply(ORDER))
    assert bench.sleeps == []

    order(bench, reply(ORDER))

    assert sum(bench.sleeps) == pytest.approx(2.0, abs=0.7)
    assert {event.reason for event in bench.events if isinstance(event, Waiting)} == {"throttle"}


def test_the_log_says_how_long_a_call_waits(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "sellingpartner.client")
    for _ in range(30):
        order(bench, reply(ORDER))

    (line,) = caplog.messages

    assert re.fullmatch(r"getOrder waits [12]\.\d seconds for its usage plan", line)


def test_a_refused_call_waits_until_there_is_a_token_again(bench: Bench) -> None:
    order(bench, refused(429, "QuotaExceeded"), reply(ORDER))

    assert sum(bench.sleeps) == pytest.approx(2.0)


def test_quota_errors_say_how_long_to_wait(bench: Bench) -> None:
    with pytest.raises(QuotaExceeded) as raised:
        order(bench, refused(429, "QuotaExceeded"), retries=0)

    assert raised.value.wait_seconds == 2.0


def test_without_a_throttle_pauses_are_drawn() -> None:
    bench = Bench(throttle=Unthrottled())

    order(bench, refused(429), refused(429), reply(ORDER))

    assert len(bench.sleeps) == 2
    assert max(bench.sleeps) <= 1.0


def test_a_wait_that_would_be_in_vain_is_not_begun(bench: Bench) -> None:
    with pytest.raises(DeadlineExceeded) as raised:
        order(bench, refused(429), deadline=1.5)

    assert bench.sleeps == []
    assert raised.value.wait_seconds == pytest.approx(2.0, abs=0.1)
    assert raised.value.operation == "getOrder"


def test_who_gives_up_waiting_leaves_the_queue(bench: Bench) -> None:
    for _ in range(29):
        order(bench, reply(ORDER))
    with pytest.raises(DeadlineExceeded):
        order(bench, deadline=0.5)
    steps = bench.exchange.call(GetOrder(order_id="902-1"), bench.options)
    next(steps)
    steps.close()

    order(bench, reply(ORDER))

    assert sum(bench.sleeps) == pytest.approx(2.0, abs=0.7)


def test_a_sandbox_has_a_usage_plan_of_its_own() -> None:
    bench = Bench(sandbox=True)

    for _ in range(15):
        order(bench, reply(ORDER))

    assert sum(bench.sleeps) == pytest.approx(0.2, abs=0.15)


def test_a_grantless_operation_gets_the_applications_own_token(bench: Bench) -> None:
    assert bench.play(GetDestinations(), reply({"payload": []})).payload == []

    fetched = [event for event in bench.events if isinstance(event, TokenFetched)]
    assert [event.kind for event in fetched] == ["grantless"]


def test_hooks_hear_of_every_attempt_and_of_no_secret(bench: Bench) -> None:
    order(bench, refused(500, x_amzn_requestid="r-1"), reply(ORDER, x_amzn_requestid="r-2"))

    kinds = [type(event).__name__ for event in bench.events]
    assert kinds == ["Sending", "Answered", "TokenFetched", "Sending", "Answered", "Waiting", "Sending", "Answered"]
    sent = [event for event in bench.events if isinstance(event, Sending)]
    answered = [event for event in bench.events if isinstance(event, Answered)]
    assert [event.attempt for event in sent] == [1, 1, 2]
    assert [(event.status, event.request_id) for event in answered[1:]] == [(500, "r-1"), (200, "r-2")]
    assert not any(word in str(bench.events) for word in ("Atza", CREDENTIALS.client_secret, "Atzr"))
