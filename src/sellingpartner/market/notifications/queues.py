"""Which queue an application is told in: registered by its developer, one for all that it is told."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from sellingpartner.market.accounts import audit
from sellingpartner.market.accounts.model import THE_MARKET, Actor
from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.accounts.secrets import watch_for_the_end
from sellingpartner.market.notifications.addresses import queue_address
from sellingpartner.market.notifications.lanes import open_lane
from sellingpartner.market.notifications.model import Lane, Queue
from sellingpartner.market.notifications.tables import queues
from sellingpartner.market.notifications.types import DestinationKind
from sellingpartner.market.time.chance import chance, uuid_of
from sellingpartner.storage.unit import UnitOfWork


def register_queue(unit: UnitOfWork, application_id: str, address: str, *, by: Actor = THE_MARKET) -> Queue:
    """Have an application told in this queue from here on; what is on its way to another one still goes there."""
    application_by(unit, application_id=application_id)
    queue_address(address)
    if queue_of(unit, application_id) is None:
        watch_for_the_end(unit, application_id)
    luck = chance(unit, "queue", application_id, unit.next_number("queues"))
    queue = Queue(
        application_id=application_id,
        address=address,
        subscription_id=uuid_of(luck.getrandbits(128)),
        registered_at=unit.now,
    )
    unit.execute(queues.delete().where(queues.c.application_id == application_id))
    unit.execute(queues.insert(), msgspec.structs.asdict(queue))
    lane = Lane(lane=queue.subscription_id, application_id=application_id, kind=DestinationKind.SQS, address=address)
    open_lane(unit, lane)
    audit.note(unit, "queue.registered", by, application_id=application_id, details={"queue": address})
    return queue


def queue_of(unit: UnitOfWork, application_id: str) -> Queue | None:
    """The queue of an application, if one is registered."""
    row = unit.execute(select(queues).where(queues.c.application_id == application_id)).first()
    return None if row is None else Queue(**row._mapping)
