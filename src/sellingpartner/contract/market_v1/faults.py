"""The market's control API, v1: faults, which have calls and notifications go wrong by rule."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import NoContent, Request, delete, get, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 500, 503)
_CREATES = (201, 400, 403, 404, 409, 415, 500, 503)
_DELETES = (204, 400, 403, 404, 500, 503)


class Fault(Message, rename="camel"):
    """A rule of what goes wrong, and what it has done."""

    fault_id: int
    kind: str
    rule: str
    """The rule as it is written: `refuse 503 operation=getOrders every=3 times=5`."""
    note: str | None = None
    matched: int
    """How many calls it has concerned."""
    struck: int
    """How many of them it has struck."""


class Faults(Message):
    """The rules of a market, the oldest first."""

    faults: list[Fault]


class ListFaults(Request[Faults]):
    """List what goes wrong by rule."""

    operation = get("/market/v1/faults", "listFaults", statuses=_READS, scope=NONE)


class CreateFaultSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The rule to be."""

    rule: Annotated[str, Meta(max_length=1000)]


class CreateFault(Request[Fault], rename="camel"):
    """Have something go wrong by rule."""

    operation = post(
        "/market/v1/faults", "createFault", status=201, statuses=_CREATES, body=CreateFaultSpecification, scope=NONE
    )

    rule: Annotated[str, Meta(max_length=1000)]
    """Its kind, then names with values: `refuse 503 operation=getOrders every=3 times=5`."""


class DeleteFault(Request[NoContent], rename="camel"):
    """Have a rule strike no more."""

    operation = delete("/market/v1/faults/{faultId}", "deleteFault", status=204, statuses=_DELETES, scope=NONE)

    fault_id: Annotated[int, Meta(ge=1, le=2**53)]


class ClearFaults(Request[NoContent]):
    """Have all go well again."""

    operation = delete("/market/v1/faults", "clearFaults", status=204, statuses=_DELETES, scope=NONE)


class ApplyProfile(Request[Faults], rename="camel"):
    """Add the rules of a ready profile, such as `prime-day`; those that are there stay."""

    operation = post("/market/v1/faults/profiles/{profile}", "applyProfile", status=201, statuses=_CREATES, scope=NONE)

    profile: Annotated[str, Meta(max_length=100)]
