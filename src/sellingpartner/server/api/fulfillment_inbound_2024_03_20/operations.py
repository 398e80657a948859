"""getInboundOperationStatus: what became of what was asked for."""

from __future__ import annotations

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.fulfillment_inbound_2024_03_20 import GetInboundOperationStatus, InboundOperationStatus
from sellingpartner.market.inbound.questions import find_operation
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GetInboundOperationStatus)
def get_inbound_operation_status(unit: UnitOfWork, request: GetInboundOperationStatus) -> InboundOperationStatus:
    """Whether an operation is done, and what it met."""
    found = find_operation(unit, request.operation_id)
    return InboundOperationStatus(
        operation=found.kind,
        operation_id=found.operation_id,
        operation_status=api.OperationStatus(found.status.value),
        operation_problems=[
            api.OperationProblem(code=one.code, message=one.message, details=one.details, severity=one.severity.value)
            for one in found.problems
        ],
    )
