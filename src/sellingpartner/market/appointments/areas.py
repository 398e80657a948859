"""Where services at home are done: in the states that one of their stores serves.

Assumed: nobody else is shown such a service; who orders it from elsewhere all the same is refused. States are compared
as addresses write them, capitals aside.
"""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.market.appointments.model import Resource
from sellingpartner.market.appointments.resources import resource_of
from sellingpartner.market.events.orders import ServiceOrdered
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.refusals import NotBuyable
from sellingpartner.market.services.model import Location, Offering
from sellingpartner.market.services.questions import offerings_in
from sellingpartner.storage.unit import UnitOfWork, on


def area_of(unit: UnitOfWork, offering: Offering) -> tuple[str, ...]:
    """The states in which a service is done; none where it is done anywhere."""
    if offering.location is not Location.IN_HOME:
        return ()
    stores = _stores(unit, offering)
    return (
        () if any(not one.states for one in stores) else tuple(sorted({each for one in stores for each in one.states}))
    )


def area_of_skus(unit: UnitOfWork, marketplace_id: str, skus: Iterable[str]) -> tuple[str, ...]:
    """The states in which a buyer of some SKUs has to live; none if it does not matter."""
    offered = offerings_in(unit, marketplace_id)
    areas = (area_of(unit, offered[sku]) for sku in skus if sku in offered)
    return next((one for one in areas if one), ())


def is_in(state: str | None, area: Iterable[str]) -> bool:
    """Whether an address lies in one of some states."""
    return (state or "").casefold() in {one.casefold() for one in area}


def store_for(unit: UnitOfWork, offering: Offering, state: str | None) -> Resource:
    """The store that serves an address.

    Assumed: of the stores of a service, the first that serves the buyer's state; the first one, if none says so.
    """
    stores = _stores(unit, offering)
    return next((one for one in stores if not one.states or is_in(state, one.states)), stores[0])


@on(ServiceOrdered)
def refuse_who_lives_elsewhere(unit: UnitOfWork, fact: ServiceOrdered) -> None:
    """Have nobody order what is not done where they live; raises `NotBuyable`."""
    order, offered = order_of(unit, fact.order_id), offerings_in(unit, fact.marketplace_id)
    state = order.address.state_or_region
    for item in order.items:
        area = area_of(unit, offered[item.sku])
        if area and not is_in(state, area):
            message = (
                f"SKU {item.sku!r} is a service that is done at buyers' homes in {', '.join(area)}; this buyer lives "
                f"in {state or 'no state that is named'}. Let somebody order it who lives there, or a store serve more "
                "states."
            )
            raise NotBuyable(message)


def _stores(unit: UnitOfWork, offering: Offering) -> list[Resource]:
    return [resource_of(unit, one) for one in offering.store_ids]
