"""Application management, 2023-11-30: an application has its own client secret rotated."""

from __future__ import annotations

from sellingpartner.contract.application_management_2023_11_30 import RotateApplicationClientSecret
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts.model import Actor, ActorKind, Caller
from sellingpartner.market.notifications.commands import rotate_secret_by_queue
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(RotateApplicationClientSecret)
def rotate_application_client_secret(
    unit: UnitOfWork, _request: RotateApplicationClientSecret, caller: Caller
) -> NoContent:
    """Have another secret made and sent to the application's queue."""
    by = Actor(ActorKind.APPLICATION, caller.application_id, caller.address)
    rotate_secret_by_queue(unit, caller.application_id, by=by)
    return NoContent()
