"""Parameters that Amazon refuses in another way than the rest, by operation and name."""

from __future__ import annotations

import re

import msgspec

from sellingpartner.contract.errors import InvalidInput, NotFound, SellingPartnerError
from sellingpartner.contract.fields import Annotation, bare
from sellingpartner.contract.message import OpenEnum
from sellingpartner.contract.operation import Operation
from sellingpartner.server.gateway import peculiar_services
from sellingpartner.server.gateway.peculiar_awd import body_refused, is_awds, parameter_refused
from sellingpartner.server.gateway.shapes import UNKNOWN, found_in, shape_at

_AS_NO_RESOURCE = frozenset({("getPricing", "ItemType"), ("getCompetitivePricing", "ItemType")})
"""A value outside the enumeration leads nowhere: 404 in Amazon's words, which say nothing of the value."""

_BY_NAME = frozenset({("listInboundPlans", "status")})
"""What is wrong is named, and nothing is said of what would be right."""


def as_amazon_refuses(operation: Operation, parameter: str, text: str, fault: InvalidInput) -> SellingPartnerError:
    """The refusal of a parameter's value as Amazon words it for this operation."""
    if is_awds(operation):
        return parameter_refused(operation, parameter, text, fault)
    if (operation.name, parameter) in _AS_NO_RESOURCE:
        return NotFound("The requested resource doesn't exist.").because(fault.message)
    if (operation.name, parameter) in _BY_NAME:
        return InvalidInput(f"The {parameter} is invalid.", code="BadRequest").because(fault.reason)
    return fault


# Assumed: the former paths of two operations of Merchant Fulfillment, which SDKs still call, answer as today's do and
# count against the same limits; the published model names them no more.
FORMER_PATHS = {
    "POST /mfn/v0/eligibleShippingServices": ("/mfn/v0/eligibleServices",),
    "POST /mfn/v0/additionalSellerInputs": ("/mfn/v0/sellerInputs",),
}
"""Paths by which operations were called before, by the operation's key."""

_MERCHANT_FULFILLMENT = "/mfn/v0/"
"""Where Amazon tells of broken rules in the words of its framework, and of all else that is wrong in two."""
_INBOUND = "/inbound/fba/2024-03-20/"
"""Where Amazon tells of broken rules in the words of its framework, too: `request.items.1.member.labelOwner`."""
_TWO_WORDS = "Invalid Input"
_WHERE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_LENGTH = re.compile(r"Expected `\w+` of length (<=|>=) (\d+)")
_PATTERN = re.compile(r"Expected `str` matching regex '(.*)'", re.DOTALL)
_BOUND = re.compile(r"Expected `\w+` (<=|>=) (\S+)")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_LENGTHS = {"<=": "less than or equal to", ">=": "greater than or equal to"}
_LONGEST = 60


def path_as_amazon_refuses(operation: Operation, name: str, text: str, fault: InvalidInput) -> InvalidInput:
    """The refusal of a value in the path as Amazon words it."""
    found = re.search(r"It must match the pattern (.*)\.$", fault.reason)
    if found is None or not operation.path.startswith(_MERCHANT_FULFILLMENT):
        return fault
    constraint = f"Member must satisfy regular expression pattern: {found[1]}"
    return _with_reason(InvalidInput(_validation(text, name, constraint)), fault)


def body_as_amazon_refuses(operation: Operation, found: str, sent: bytes, fault: InvalidInput) -> InvalidInput:
    """The refusal of a field of the body as Amazon words it; `found` is the decoder's own word on it."""
    if is_awds(operation):
        return body_refused(operation, found, sent, fault)
    if peculiar_services.is_services(operation):
        return peculiar_services.body_refused(operation, found, sent, fault)
    if operation.path.startswith(_INBOUND) and operation.body is not None:
        return _of_inbound(operation.body, found, sent, fault)
    if not operation.path.startswith(_MERCHANT_FULFILLMENT) or operation.body is None:
        return fault
    where = _WHERE.search(found)
    path = where["path"] if where else ""
    try:
        value, path = found_in(msgspec.json.decode(sent), path, operation.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = UNKNOWN
    constraint = _constraint(_WHERE.sub("", found), shape_at(operation.body, path))
    if constraint is None or not isinstance(value, str):
        return _with_reason(InvalidInput(_TWO_WORDS), fault)
    place = ".".join(name[:1].lower() + name[1:] for name in path.removeprefix(".").split("."))
    return _with_reason(InvalidInput(_validation(value, place, constraint)), fault)


def _of_inbound(body: Annotation, found: str, sent: bytes, fault: InvalidInput) -> InvalidInput:
    """Assumed: Fulfillment Inbound tells of every broken rule as it was seen to tell of an owner that is none."""
    where = _WHERE.search(found)
    path = where["path"] if where else ""
    rule = _WHERE.sub("", found)
    constraint: str | None
    if missing := _MISSING.fullmatch(rule):
        path, value = f"{path}.{missing[1]}", None
        constraint = _of_enum(bare(shape_at(body, path))) or "Member must not be null"
    else:
        try:
            value, path = found_in(msgspec.json.decode(sent), path, body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return fault
        constraint = _constraint(rule, shape_at(body, path), in_order=True)
    if constraint is None or not isinstance(value, (str, int, float, type(None))):
        return fault
    steps = re.sub(r"\[(\d+)\]", lambda step: f".{int(step[1]) + 1}.member", path.removeprefix("."))
    shown = "null" if value is None else f"'{str(value)[:_LONGEST]}'"
    words = (
        f"1 validation error detected: Value {shown} at 'request.{steps}' failed to satisfy constraint: {constraint}"
    )
    return _with_reason(InvalidInput(words), fault)


def _of_enum(kind: Annotation, *, in_order: bool = True) -> str | None:
    """Which values an enumeration has; `in_order` of the alphabet, as some services tell them."""
    if not isinstance(kind, type) or not issubclass(kind, OpenEnum):
        return None
    values = [one.value for one in kind]
    return f"Member must satisfy enum value set: [{', '.join(sorted(values) if in_order else values)}]"


def _constraint(found: str, shape: Annotation, *, in_order: bool = False) -> str | None:
    """The rule that was broken, in the words of Amazon's framework; None for a rule of another kind."""
    if found.startswith("Invalid enum value"):
        return _of_enum(bare(shape), in_order=in_order)
    if length := _LENGTH.fullmatch(found):
        return f"Member must have length {_LENGTHS[length[1]]} {length[2]}"
    if pattern := _PATTERN.fullmatch(found):
        return f"Member must satisfy regular expression pattern: {pattern[1]}"
    if bound := _BOUND.fullmatch(found):
        return f"Member must have value {_LENGTHS[bound[1]]} {bound[2]}"
    return None


def _validation(value: str, place: str, constraint: str) -> str:
    shown = value[:_LONGEST]
    return f"1 validation error detected: Value '{shown}' at '{place}' failed to satisfy constraint: {constraint}"


def _with_reason(error: InvalidInput, fault: InvalidInput) -> InvalidInput:
    error.reason = fault.reason
    return error


_UNPUBLISHED = {("getLabels", "LabelType"): {"DEFAULT": "BARCODE_2D"}}
"""Values that Amazon takes and has not published, and those that mean the same here."""


def in_published_words(operation: str, name: str, texts: list[str]) -> list[str]:
    """What came for a parameter, in values that are published.

    Assumed: labels of boxes of the type DEFAULT are those with what is in the boxes.
    """
    known = _UNPUBLISHED.get((operation, name))
    return texts if known is None else [known.get(text, text) for text in texts]
