"""What others may do to a seller's money."""

from __future__ import annotations

from sellingpartner.market.money.ledger.balances.closing import end_period
from sellingpartner.market.money.ledger.balances.paying_out import fail, pay_out, retry
from sellingpartner.market.money.ledger.policies import change_policy
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.reimbursing.cases import Worth, find_units, open_case
from sellingpartner.market.money.ledger.selling.claims import ClaimKind, claim
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge

__all__ = [
    "ClaimKind",
    "ServiceCharge",
    "Worth",
    "change_policy",
    "charge",
    "claim",
    "end_period",
    "fail",
    "find_units",
    "open_case",
    "pay_out",
    "post",
    "retry",
]
