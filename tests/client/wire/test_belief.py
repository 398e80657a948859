"""What came with a success and is no answer is believed of no operation; what can be one is believed of each."""

from __future__ import annotations

import json
from enum import Enum
from typing import Any, get_origin

import msgspec
import pytest

from sellingpartner.client.wire import Refused, check, decode, is_doubtful
from sellingpartner.contract import registry
from sellingpartner.contract.errors import AnswerUnreadable, InvalidInput, SellingPartnerError
from sellingpartner.contract.fields import Annotation, bare, fields_of, is_model
from sellingpartner.contract.operation import Request, answer_type
from sellingpartner.contract.orders_v0 import GetOrder, GetOrders
from sellingpartner.contract.product_fees_v0 import GetMyFeesEstimates
from sellingpartner.contract.product_pricing_v0 import GetItemOffersBatch
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations

OPERATIONS = [registry.load(entry) for entry in registry.operations()]
ERRORS = [{"code": "InvalidInput", "message": "no"}]
REFUSALS: list[Any] = [
    {"errors": ERRORS},
    {"errors": ERRORS, "payload": None},
    {"payload": ERRORS},
    {"payload": {"errors": ERRORS}},
    {"code": "InvalidInput", "message": "no"},
    {"message": "Forbidden"},
    {"error": "invalid_request"},
    ERRORS,
    "no",
]
OWN_SHAPE = {"validateContentDocumentAsinRelations", "deleteScheduleTransaction"}
"""Whose success is a list of errors, or a message."""


def is_believed(kind: Annotation, found: object) -> bool:
    try:
        check(kind, found)
    except (Refused, ValueError):
        return False
    return True


def holds_fields(kind: Annotation) -> bool:
    return not is_model(kind) or bool(fields_of(kind))


def is_free(kind: Annotation) -> bool:
    return kind is Any or get_origin(kind) is dict or (is_model(kind) and not fields_of(kind))


def smallest(kind: Annotation, *, depth: int = 0) -> Any:  # noqa: ANN401 - JSON
    """The least that the contract lets an operation answer."""
    wanted = bare(kind)
    if is_model(wanted):
        needed = {name: field for name, field in fields_of(wanted).items() if field.required or name == "payload"}
        some = needed if needed or depth else dict([one for one in fields_of(wanted).items() if one[0] != "errors"][:1])
        return {name: smallest(field.type, depth=depth + 1) for name, field in some.items()}
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return next(iter(wanted)).value
    if get_origin(wanted) is list:
        return []
    return {} if get_origin(wanted) is dict else "1"


def test_no_refusal_passes_as_the_success_of_any_operation() -> None:
    passed = [
        (request.operation.name, body)
        for request in OPERATIONS
        for body in REFUSALS
        if is_believed(answer_type(request), body)
        and request.operation.name not in OWN_SHAPE
        # to what has no content, `payload` is nothing that the contract knows, and says nothing
        # and where it may hold whatever it likes, a list in it is no list of errors for sure
        and ("payload" not in body or holds_fields(answer_type(request)))
    ]

    assert passed == []


@pytest.mark.parametrize("body", ["{}", "null", "[]", "7", '{"unknown": 1}', '{"errors": 5}'])
def test_what_must_say_something_is_not_believed_when_it_says_nothing(body: str) -> None:
    must = [
        request
        for request in OPERATIONS
        if is_model(kind := answer_type(request))
        and any(
            field.required or (name in {"payload", "responses"} and not is_free(bare(field.type)))
            for name, field in fields_of(kind).items()
        )
    ]
    found = json.loads(body)

    assert len(must) > 240
    assert [each.operation.name for each in must if is_believed(answer_type(each), found)] == []


def test_the_least_that_the_contract_lets_an_operation_answer_is_believed() -> None:
    refused = [
        request.operation.name
        for request in OPERATIONS
        if not is_believed(answer_type(request), smallest(answer_type(request)))
    ]

    assert refused == []


@pytest.mark.parametrize(
    ("request_type", "body"),
    [
        (GetOrder, {"payload": {}}),
        (GetOrder, {"payload": []}),
        (GetOrder, {"payload": "free"}),
        (GetOrders, {"payload": {"Orders": ERRORS}}),
        (GetMarketplaceParticipations, {"payload": {}}),
        (GetMarketplaceParticipations, {"payload": ["x"]}),
        (GetMyFeesEstimates, None),
        (GetMyFeesEstimates, {}),
        (GetMyFeesEstimates, [{"unknown": 1}]),
        (GetItemOffersBatch, {"responses": [{"request": {"MarketplaceId": "1"}, "body": {"payload": {}}}]}),
        (GetItemOffersBatch, {"responses": [{"status": {}, "request": {"MarketplaceId": "1"}, "body": {}}]}),
    ],
)
def test_an_answer_of_another_form_is_not_believed(request_type: type[Request[Any]], body: object) -> None:
    assert not is_believed(answer_type(request_type), body)
    with pytest.raises(SellingPartnerError):
        decode(request_type, 200, json.dumps(body).encode())


def test_a_part_of_a_batch_may_be_a_refusal() -> None:
    part = {"status": {"statusCode": 404}, "request": {"MarketplaceId": "1"}, "body": {"errors": ERRORS}}

    check(answer_type(GetItemOffersBatch), {"responses": [part]})


def test_a_refusal_with_200_is_the_error_that_it_says() -> None:
    with pytest.raises(InvalidInput, match="no") as raised:
        decode(GetOrder, 200, json.dumps({"errors": ERRORS}).encode())
    assert (raised.value.status, raised.value.code) == (200, "InvalidInput")
    with pytest.raises(AnswerUnreadable):
        decode(GetOrder, 200, b"{}")


@pytest.mark.parametrize("body", ["{}", '{"errors": [{"code": "x", "message": "y"}]}', '{"payload": null}'])
def test_what_was_read_as_a_model_and_says_nothing_is_looked_at_again(body: str) -> None:
    kind = answer_type(GetMarketplaceParticipations)

    assert is_doubtful(msgspec.json.decode(body, type=kind))
    assert not is_doubtful(msgspec.json.decode('{"payload": []}', type=kind))
