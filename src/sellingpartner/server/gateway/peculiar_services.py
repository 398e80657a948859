"""How Services refuses a body that it cannot read: by the operation, as Amazon's published examples show it."""

from __future__ import annotations

import re

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.operation import Operation
from sellingpartner.market.appointments.refusals import BrokenRule, InvalidCapacityQuery, InvalidParameters
from sellingpartner.server.gateway.shapes import found_in

_PATHS = "/service/v1/"
_LONGEST = 60
_TIMES = frozenset({"startTime", "endTime"})
_WHERE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_NOT_PARSED = {
    "addAppointmentForServiceJobByServiceJobId": "Failed to parse ISO8601 input: {}",
    "rescheduleAppointmentForServiceJobByServiceJobId": "Failed to parse ISO8601 input: {}",
    "setAppointmentFulfillmentData": "Could not parse given time input {}. Please provide time in ISO8601 format",
}
_ARRIVAL = (
    "Failed to process input. Reason: ETA start and end time both are mandatory field as part of estimatedArrivalTime "
    "object. Please check the input again"
)
_IN_UTC = {
    "addAppointmentForServiceJobByServiceJobId": ("ISO8601 time {} is not in UTC.", ("appointmentTime",)),
    "rescheduleAppointmentForServiceJobByServiceJobId": ("ISO8601 time {} is not in UTC.", ("appointmentTime",)),
    "setAppointmentFulfillmentData": (
        "ISO8601 time {} is not in UTC format. Please provide time in UTC",
        ("fulfillmentTime", "estimatedArrivalTime"),
    ),
}
"""Where times must be said in UTC, and not only mean a moment: in which words that is refused, in which fields."""
_UTC = re.compile(r".*(Z|z|[+-]00:?00)")


def check_times(operation: Operation, sent: bytes) -> None:
    """Raise `BrokenRule` for the first time of a body that is not said in UTC, where it must be."""
    rule = _IN_UTC.get(operation.name)
    if rule is None:
        return
    words, fields = rule
    body = msgspec.json.decode(sent)
    for field in fields:
        for name, text in (body.get(field) or {}).items():
            if name in _TIMES and isinstance(text, str) and _UTC.fullmatch(text) is None:
                raise BrokenRule(words.format(text[:_LONGEST]))


def is_services(operation: Operation) -> bool:
    """Whether an operation is one of Services."""
    return operation.path.startswith(_PATHS)


def body_refused(operation: Operation, found: str, sent: bytes, fault: InvalidInput) -> InvalidInput:
    """The refusal of a field of the body; `found` is the decoder's own word on it."""
    where = _WHERE.search(found)
    path = (where["path"] if where else "").removeprefix(".")
    rule = _WHERE.sub("", found)
    if missing := _MISSING.fullmatch(rule):
        return _because(_of_missing(path, missing[1]), fault)
    if "RFC3339" in rule:
        return _because(_of_time(operation, path, _text(operation, path, sent)), fault)
    if path == "contentType" and rule.startswith("Invalid enum value"):
        known = "['TIFF', 'JPG', 'PNG', 'JPEG', 'GIF', 'PDF']"
        return _because(BrokenRule(f"contentType parameter is invalid. Use one of {known}"), fault)
    return fault


def _of_missing(path: str, name: str) -> InvalidInput:
    if name in {"startDateTime", "endDateTime"}:
        return InvalidCapacityQuery("startDateTime or endDateTime are not present")
    if name == "resources":
        return InvalidInput("Resources not provided in input JSON payload.")
    if path == "estimatedArrivalTime":
        return BrokenRule(_ARRIVAL)
    return InvalidParameters(f"{path}.{name}".removeprefix("."), is_missing=True)


def _of_time(operation: Operation, path: str, text: str) -> InvalidInput:
    if words := _NOT_PARSED.get(operation.name):
        return BrokenRule(words.format(text))
    if path in {"startDateTime", "endDateTime"}:
        return InvalidCapacityQuery(f"{path} is not a valid ISO date/time object")
    return InvalidParameters(path, is_missing=True, why=f"{text!r} is no time in ISO 8601, as 2026-11-02T09:00:00Z is.")


def _text(operation: Operation, path: str, sent: bytes) -> str:
    try:
        value, _ = found_in(msgspec.json.decode(sent), f".{path}", operation.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return str(value)[:_LONGEST]


def _because(error: InvalidInput, fault: InvalidInput) -> InvalidInput:
    error.reason = fault.reason
    return error
