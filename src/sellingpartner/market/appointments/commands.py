"""What others may do with jobs, and with those who do them. Importing this brings the tables and all that follows."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.appointments import areas, booking, ending, offering, services, tables
from sellingpartner.market.appointments.assigning import assign
from sellingpartner.market.appointments.booking import BUYER, BUYERS_WISH, miss, move_appointment, set_appointment
from sellingpartner.market.appointments.ending import cancel, complete, decline, give_up
from sellingpartner.market.appointments.model import ResourceKind
from sellingpartner.market.appointments.proofs import create_destination
from sellingpartner.market.appointments.reserving import cancel_reservation, change_reservation, reserve
from sellingpartner.market.appointments.resources import register, resource_of
from sellingpartner.market.appointments.scheduling import update_schedule
from sellingpartner.market.appointments.telling import tell
from sellingpartner.market.services.model import Offering
from sellingpartner.storage.unit import UnitOfWork

LISTENING = (tables, services, areas, offering, booking, ending)

__all__ = [
    "BUYER",
    "BUYERS_WISH",
    "assign",
    "cancel",
    "cancel_reservation",
    "change_reservation",
    "complete",
    "create_destination",
    "decline",
    "give_up",
    "miss",
    "move_appointment",
    "offer_service",
    "register",
    "reserve",
    "set_appointment",
    "tell",
    "update_schedule",
]


def offer_service(unit: UnitOfWork, wanted: Offering) -> Offering:
    """Make a SKU a service that the seller does from stores, or change how it is done; raises `InvalidInput`."""
    for store_id in wanted.store_ids:
        store = resource_of(unit, store_id)
        if store.kind is not ResourceKind.STORE or store.marketplace_id != wanted.marketplace_id:
            message = f"{store_id!r} is no store in marketplace {wanted.marketplace_id}."
            raise InvalidInput(message)
    return services.offer(unit, wanted)
