"""Parameters that Amazon refuses in another way than the rest, by operation and name."""

from __future__ import annotations

import re

import msgspec

from sellingpartner.contract.errors import InvalidInput, NotFound, SellingPartnerError
from sellingpartner.contract.fields import Annotation, bare
from sellingpartner.contract.message import OpenEnum
from sellingpartner.contract.operation import Operation
from sellingpartner.server.gateway.peculiar_awd import body_refused, is_awds, parameter_refused
from sellingpartner.server.gateway.shapes import UNKNOWN, found_in, shape_at

_AS_NO_RESOURCE = frozenset({("getPricing", "ItemType"), ("getCompetitivePricing", "ItemType")})
"""A value outside the enumeration leads nowhere: 404 in Amazon's words, which say nothing of the value."""


def as_amazon_refuses(operation: Operation, parameter: str, text: str, fault: InvalidInput) -> SellingPartnerError:
    """The refusal of a parameter's value as Amazon words it for this operation."""
    if is_awds(operation):
        return parameter_refused(operation, parameter, text, fault)
    if (operation.name, parameter) in _AS_NO_RESOURCE:
        return NotFound("The requested resource doesn't exist.").because(fault.message)
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
_TWO_WORDS = "Invalid Input"
_WHERE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_LENGTH = re.compile(r"Expected `\w+` of length (<=|>=) (\d+)")
_PATTERN = re.compile(r"Expected `str` matching regex '(.*)'", re.DOTALL)
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


def _constraint(found: str, shape: Annotation) -> str | None:
    """The rule that was broken, in the words of Amazon's framework; None for a rule of another kind."""
    kind = bare(shape)
    if found.startswith("Invalid enum value") and isinstance(kind, type) and issubclass(kind, OpenEnum):
        return f"Member must satisfy enum value set: [{', '.join(one.value for one in kind)}]"
    if length := _LENGTH.fullmatch(found):
        return f"Member must have length {_LENGTHS[length[1]]} {length[2]}"
    if pattern := _PATTERN.fullmatch(found):
        return f"Member must satisfy regular expression pattern: {pattern[1]}"
    return None


def _validation(value: str, place: str, constraint: str) -> str:
    shown = value[:_LONGEST]
    return f"1 validation error detected: Value '{shown}' at '{place}' failed to satisfy constraint: {constraint}"


def _with_reason(error: InvalidInput, fault: InvalidInput) -> InvalidInput:
    error.reason = fault.reason
    return error
