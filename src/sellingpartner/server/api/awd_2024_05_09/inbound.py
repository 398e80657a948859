"""Inbound orders of AWD, and whether packages may become one."""

from __future__ import annotations

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.centers.questions import center
from sellingpartner.market.distribution import commands
from sellingpartner.market.distribution.checking import check_packages
from sellingpartner.market.distribution.commands import Draft
from sellingpartner.market.distribution.eligibility import HERE, Against
from sellingpartner.market.distribution.model import InboundOrder
from sellingpartner.market.distribution.questions import inbound_of, judge
from sellingpartner.server.api.awd_2024_05_09.reading import named
from sellingpartner.server.api.awd_2024_05_09.views import address_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_Status = awd.InboundEligibilityStatus


@handles(awd.CreateInbound)
def create_inbound(unit: UnitOfWork, request: awd.CreateInbound) -> awd.InboundOrderReference:
    """Draft an order."""
    draft = Draft(
        origin=request.origin_address,
        packages=request.packages_to_inbound,
        region=_region(request.preferences),
        reference=request.external_reference_id,
    )
    return awd.InboundOrderReference(order_id=commands.draft_inbound(unit, draft).order_id)


@handles(awd.GetInbound)
def get_inbound(unit: UnitOfWork, request: awd.GetInbound) -> awd.InboundOrder:
    """Show an order."""
    order = inbound_of(unit, named(request.order_id, "orderId"))
    return awd.InboundOrder(
        order_id=order.order_id,
        order_status=awd.InboundStatus(order.status.value),
        origin_address=order.origin,
        packages_to_inbound=list(order.packages),
        preferences=awd.InboundPreferences(destination_region=order.wished_region) if order.wished_region else None,
        destination_details=_destination(order),
        external_reference_id=order.reference,
        created_at=order.created_at,
        updated_at=order.updated_at,
    )


@handles(awd.UpdateInbound)
def update_inbound(unit: UnitOfWork, request: awd.UpdateInbound) -> NoContent:
    """Change packages, origin and wishes of a draft; whatever else the body says is ignored."""
    said = request.body
    draft = Draft(origin=said.origin_address, packages=said.packages_to_inbound, region=_region(said.preferences))
    commands.change_inbound(unit, named(request.order_id, "orderId"), draft)
    return NoContent()


@handles(awd.ConfirmInbound)
def confirm_inbound(unit: UnitOfWork, request: awd.ConfirmInbound) -> NoContent:
    """Commit to a draft."""
    commands.confirm_inbound(unit, named(request.order_id, "orderId"))
    return NoContent()


@handles(awd.CancelInbound)
def cancel_inbound(unit: UnitOfWork, request: awd.CancelInbound) -> NoContent:
    """Call an order off."""
    commands.cancel_inbound(unit, named(request.order_id, "orderId"))
    return NoContent()


@handles(awd.CheckInboundEligibility, reads=True)
def check_inbound_eligibility(unit: UnitOfWork, request: awd.CheckInboundEligibility) -> awd.InboundEligibility:
    """Say of each package whether it may go in, and if not, why."""
    check_marketplaces(unit, unit.seller_id, [HERE])
    check_packages(request.packages_to_inbound, "packagesToInbound")
    verdict = judge(unit, request.packages_to_inbound)
    return awd.InboundEligibility(
        status=_status(is_eligible=verdict.is_eligible),
        ineligibility_reasons=[awd.OrderIneligibilityReason(**one._asdict()) for one in verdict.of_order],
        packages_to_inbound=[
            awd.SkuEligibility(
                status=_status(is_eligible=not against),
                package_quantity=package,
                ineligibility_reasons=[_of_package(one) for one in against],
            )
            for package, against in zip(request.packages_to_inbound, verdict.of_packages, strict=True)
        ],
        previewed_at=unit.now,
    )


def _of_package(one: Against) -> awd.SkuIneligibilityReason:
    return awd.SkuIneligibilityReason(code=one.code, description=one.description)


def _status(*, is_eligible: bool) -> awd.InboundEligibilityStatus:
    return _Status.ELIGIBLE if is_eligible else _Status.INELIGIBLE


def _region(said: awd.InboundPreferences | None) -> str | None:
    return None if said is None else said.destination_region


def _destination(order: InboundOrder) -> awd.DestinationDetails | None:
    if not order.center:
        return None
    return awd.DestinationDetails(
        destination_address=address_of(center(order.center)),
        destination_region=order.region,
        shipment_id=order.order_id,
    )
