"""Stores and the technicians who work for them: who they are, and what may be asked of them."""

from __future__ import annotations

from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from sellingpartner.contract.errors import InvalidArgument, InvalidInput
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.appointments.model import Resource, ResourceKind
from sellingpartner.market.appointments.refusals import NoSuchResource
from sellingpartner.market.appointments.tables import service_resources
from sellingpartner.market.events.appointments import ResourceRegistered
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert


class _Kept(NamedTuple):
    document: Resource


_this = (service_resources.c.seller_id == bindparam("of_seller")) & (
    service_resources.c.resource_id == bindparam("of_id")
)
_see = Question(select(service_resources.c.document).where(_this), _Kept)
_hold = Question(select(service_resources.c.document).where(_this).with_for_update(), _Kept)
_keep = Prepared(upsert(service_resources, lambda offered: {"document": offered.document}))


def register(unit: UnitOfWork, resource: Resource) -> Resource:
    """Have a store or a technician be there, or change what is known of them; raises `InvalidInput`."""
    check_marketplaces(unit, unit.seller_id, [resource.marketplace_id])
    known = resource_if_there(unit, resource.resource_id)
    if known is not None and (known.kind, known.marketplace_id) != (resource.kind, resource.marketplace_id):
        message = (
            f"{resource.resource_id} is a {known.kind.value} in {known.marketplace_id}, and stays one; name another id."
        )
        raise InvalidInput(message)
    if resource.kind is ResourceKind.STORE:
        _check_zone(resource.time_zone)
        if resource.store_id != resource.resource_id:
            message = f"A store is its own store; storeId is {resource.store_id!r}."
            raise InvalidInput(message)
    else:
        store = resource_of(unit, resource.store_id)
        if store.kind is not ResourceKind.STORE or store.marketplace_id != resource.marketplace_id:
            message = f"{resource.store_id!r} is no store in marketplace {resource.marketplace_id}."
            raise InvalidInput(message)
    _keep.run(
        unit.connection,
        {
            "seller_id": unit.seller_id,
            "resource_id": resource.resource_id,
            "marketplace_id": resource.marketplace_id,
            "kind": resource.kind.value,
            "document": resource,
        },
    )
    unit.emit(
        ResourceRegistered(resource_id=resource.resource_id, kind=resource.kind.value, store_id=resource.store_id)
    )
    return resource


def resource_if_there(unit: UnitOfWork, resource_id: str) -> Resource | None:
    """A store or a technician of the seller's; None if there is none of that id."""
    found = _see.first(unit.connection, {"of_seller": unit.seller_id, "of_id": resource_id})
    return None if found is None else found.document


def resource_of(unit: UnitOfWork, resource_id: str) -> Resource:
    """A store or a technician; raises `NoSuchResource`."""
    found = resource_if_there(unit, resource_id)
    if found is None:
        raise NoSuchResource(resource_id)
    return found


def resource_to_book(unit: UnitOfWork, resource_id: str) -> Resource | None:
    """The same, whose time nobody else takes until the unit ends; None if there is none."""
    found = _hold.first(unit.connection, {"of_seller": unit.seller_id, "of_id": resource_id})
    return None if found is None else found.document


def resources_in(unit: UnitOfWork, marketplace_id: str) -> list[Resource]:
    """All stores and technicians of a marketplace, by id."""
    at = service_resources.c
    wanted = select(at.document).where(at.seller_id == unit.seller_id, at.marketplace_id == marketplace_id)
    return list(unit.execute(wanted.order_by(at.resource_id)).scalars())


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # a name that no file can have, or of which there is none
        message = f"{name[:60]!r} is no time zone of the IANA's list, such as America/New_York."
        raise InvalidArgument(message) from None
