"""How AWD refuses what it cannot read: always BAD_REQUEST, and of some values in words of its own, by operation."""

from __future__ import annotations

import re

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.operation import Operation
from sellingpartner.market.distribution.refusals import BadRequest
from sellingpartner.server.gateway.shapes import UNKNOWN, found_in

_PATHS = "/awd/"
_LONGEST = 60
_WHERE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_PARAMETERS = {
    ("listInboundShipments", "sortBy"): "Invalid shipment sortable field received: {}",
    ("listInventory", "sortOrder"): (
        "Invalid value: {} passed for sort order. Possible values are: [ASCENDING, DESCENDING]"
    ),
    ("listOutbounds", "sortOrder"): "Invalid sort order field: {}",
    ("listReplenishmentOrders", "sortOrder"): "Invalid sort order field: {}",
}
_TYPE = ".type"
_TYPES = "Invalid value (`{}`) passed for `DistributionPackageType`. Valid values are: `CASE`, `PALLET`"
_TYPES_OUT = "Invalid package type: {}"
_OUT = frozenset({"createOutbound", "updateOutbound"})


def is_awds(operation: Operation) -> bool:
    """Whether an operation is one of AWD's."""
    return operation.path.startswith(_PATHS)


def parameter_refused(operation: Operation, name: str, text: str, fault: InvalidInput) -> InvalidInput:
    """The refusal of a parameter's value."""
    words = _PARAMETERS.get((operation.name, name))
    return _bad(fault.message if words is None else words.format(text[:_LONGEST]), fault)


def body_refused(operation: Operation, found: str, sent: bytes, fault: InvalidInput) -> InvalidInput:
    """The refusal of a field of the body; `found` is the decoder's own word on it."""
    where = _WHERE.search(found)
    if where is None or not where["path"].endswith(_TYPE) or not found.startswith("Invalid enum value"):
        return _bad(fault.message, fault)
    value, _ = found_in(msgspec.json.decode(sent), where["path"], operation.body)
    if value is UNKNOWN or not isinstance(value, str):
        return _bad(fault.message, fault)
    words = _TYPES_OUT if operation.name in _OUT else _TYPES
    return _bad(words.format(value[:_LONGEST]), fault)


def _bad(message: str, fault: InvalidInput) -> InvalidInput:
    error = BadRequest(message)
    error.reason = fault.reason
    return error
