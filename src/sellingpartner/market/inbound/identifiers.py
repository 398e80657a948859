"""The identifiers of inbound plans and of what is in them: two letters that say what it is, and a UUID."""

from __future__ import annotations

import re
from enum import StrEnum

from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.storage.unit import UnitOfWork

_COUNTER = "inbound"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Prefix(StrEnum):
    """What an identifier begins with."""

    PLAN = "wf"
    PACKING_OPTION = "po"
    PACKING_GROUP = "pg"
    PLACEMENT_OPTION = "pl"
    SHIPMENT = "sh"
    TRANSPORTATION_OPTION = "to"
    DELIVERY_WINDOW_OPTION = "dw"
    CONTENT_UPDATE = "cu"
    PACKAGE = "pk"
    SLOT = "aa"


def new_ids(unit: UnitOfWork, prefix: Prefix, count: int) -> list[str]:
    """So many identifiers that nothing has yet."""
    if count == 0:
        return []
    first = unit.next_number(_COUNTER, count)
    return [f"{prefix}{_uuid(unit, first + place)}" for place in range(count)]


def new_id(unit: UnitOfWork, prefix: Prefix) -> str:
    """An identifier that nothing has yet."""
    return new_ids(unit, prefix, 1)[0]


def new_operation_id(unit: UnitOfWork) -> str:
    """An identifier of an operation: the UUID alone."""
    return _uuid(unit, unit.next_number(_COUNTER))


def check_plan_id(plan_id: str) -> None:
    """Raise `BadRequest` for what can be no plan's identifier.

    Assumed: an id that does not begin with wf, or goes on with no UUID, is malformed; Amazon does not say what is.
    """
    if not plan_id.startswith(Prefix.PLAN) or _UUID.fullmatch(plan_id[2:].lower()) is None:
        raise BadRequest("The inboundPlanId is malformed.").because(f"{plan_id!r} is no id of an inbound plan.")


def check_operation_id(operation_id: str) -> None:
    """Raise `BadRequest` for what can be no operation's identifier."""
    if _UUID.fullmatch(operation_id.lower()) is None:
        raise BadRequest("The operationId is malformed.").because(f"{operation_id!r} is no id of an operation.")


def _uuid(unit: UnitOfWork, number: int) -> str:
    return uuid_of(wide_number_of(unit.seed, "inbound", unit.seller_id, number))
