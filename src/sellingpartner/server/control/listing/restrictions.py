"""What may not be listed: restricted, allowed again, approved."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.listings import enforcing
from sellingpartner.market.listings import restrictions as held
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant


def list_restrictions(desk: Desk, _request: v1.ListRestrictions) -> v1.Restrictions:
    """All restrictions."""
    with desk.market.read() as unit:
        return v1.Restrictions(restrictions=[_told(one) for one in held.all_restrictions(unit)])


def add_restriction(desk: Desk, request: v1.AddRestriction) -> v1.Restriction:
    """Restrict products."""
    kinds = [kind.value for kind in held.RestrictionKind]
    if request.kind not in kinds:
        message = f"{request.kind!r} is no kind of restriction; those are {', '.join(kinds)}."
        raise InvalidArgument(message)
    reason = held.RestrictionReason.NOT_ELIGIBLE if request.is_final else held.RestrictionReason.APPROVAL_REQUIRED
    with desk.market.write() as unit:
        if request.seller_id is not None:
            seller_of(unit, request.seller_id)
        new = held.NewRestriction(
            kind=held.RestrictionKind(request.kind),
            subject=request.subject,
            seller_id=request.seller_id or held.EVERYBODY,
            marketplace_id=request.marketplace_id or held.EVERYWHERE,
            conditions=tuple(request.conditions),
            reason=reason,
            is_approved_at_once=request.is_approved_at_once,
        )
        return _told(enforcing.add_restriction(unit, new))


def remove_restriction(desk: Desk, request: v1.RemoveRestriction) -> NoContent:
    """Take a restriction back."""
    with desk.market.write() as unit:
        enforcing.remove_restriction(unit, request.restriction_id)
    return NoContent()


def approve_seller(desk: Desk, request: v1.ApproveSeller) -> NoContent:
    """Approve a seller."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        enforcing.approve(unit, request.restriction_id)
    return NoContent()


def _told(one: held.Restriction) -> v1.Restriction:
    return v1.Restriction(
        restriction_id=one.restriction_id,
        kind=one.kind.value,
        subject=one.subject,
        seller_id=one.seller_id or None,
        marketplace_id=one.marketplace_id or None,
        conditions=list(one.conditions),
        reason=one.reason.value,
        is_approved_at_once=one.is_approved_at_once,
        added_at=one.added_at,
    )
