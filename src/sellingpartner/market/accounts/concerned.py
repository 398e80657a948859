"""Whom a rule of faults concerns: somebody who is in the market, as an id with a slip in it would strike nobody."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.accounts.questions import application_by, seller_of
from sellingpartner.market.faults.model import Rule
from sellingpartner.storage.unit import UnitOfWork


def check_concerned(unit: UnitOfWork, rule: Rule) -> None:
    """Raise `InvalidInput` for a seller or an application that is not in the market."""
    try:
        if rule.where.seller_id is not None:
            seller_of(unit, rule.where.seller_id)
        if rule.where.application_id is not None:
            application_by(unit, application_id=rule.where.application_id)
    except NotFound as nobody:
        raise InvalidInput(f"{nobody.message} So the fault would strike nobody.") from None
