"""The market's control API, v1: a seller's money, from sale to payout, and what may be done to it by hand."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.market_v1.orders import Money
from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, patch, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$")]
Days = Annotated[int, Meta(ge=0, le=90)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Number = Annotated[int, Meta(ge=1, le=2**31 - 1)]


class SettlementPeriod(Message, rename="camel"):
    """A settlement period of one currency."""

    period_id: int
    currency: str
    group_id: str
    """What finances call it."""
    settlement_id: int
    """What settlement reports call it."""
    began_at: datetime
    ends_at: datetime
    status: str
    """OPEN or CLOSED."""
    opening: Money
    balance: Money
    """What all that counts in it comes to."""
    reserve: Money
    total: Money | None = None
    """What was transferred or, below zero, owed."""
    transfer_status: str | None = None
    transferred_at: datetime | None = None


class MoneyBalance(Message, rename="camel"):
    """A seller's money of one currency."""

    available: Money
    held: Money
    """What is released once so many days have passed since delivery."""
    total: Money
    period: SettlementPeriod | None = None
    """The period that is open."""
    wallet: Money | None = None
    """What is in the Seller Wallet, which is none of the account's."""


class MoneyBalances(Message, rename="camel"):
    """A seller's money."""

    seller_id: str
    balances: list[MoneyBalance]


class ListBalances(Request[MoneyBalances], rename="camel"):
    """Show a seller's money, by currency."""

    operation = get("/market/v1/money/balances", "listBalances", statuses=_READS, scope=NONE)

    seller_id: str | None = None


class SettlementPeriods(Message):
    """Settlement periods, the latest first."""

    periods: list[SettlementPeriod]


class ListPeriods(Request[SettlementPeriods], rename="camel"):
    """List a seller's settlement periods."""

    operation = get("/market/v1/money/periods", "listPeriods", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    currency: Currency | None = None


class StatementPart(Message, rename="camel"):
    """What entries of a kind come to, by component."""

    kind: str
    component: str
    count: int
    amount: Money


class MoneyStatement(Message, rename="camel"):
    """What a settlement period is made of."""

    seller_id: str
    period: SettlementPeriod
    parts: list[StatementPart]


class GetStatement(Request[MoneyStatement], rename="camel"):
    """Show what a settlement period is made of; the one that is open unless said."""

    operation = get("/market/v1/money/statement", "getStatement", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    period_id: Number | None = None
    currency: Currency | None = None
    """Of the open period; that of the seller's home unless said."""


class LedgerPosting(Message, rename="camel"):
    """How much more an account is owed."""

    account: str
    component: str
    amount: Money
    sku: str | None = None


class LedgerEntry(Message, rename="camel"):
    """An entry of the ledger; its postings sum to zero."""

    entry_id: int
    transaction_id: str
    """What finances call it."""
    kind: str
    source: str
    """The fact that caused it."""
    posted_at: datetime
    total: Money
    """Its effect on the seller."""
    period_id: int | None = None
    of_entry_id: int | None = None
    matures_at: datetime | None = None
    """Until when it is held, or was."""
    released_at: datetime | None = None
    postings: list[LedgerPosting]


class OrderMoney(Message, rename="camel"):
    """All that was posted for an order, from its sale to its payout."""

    order_id: str
    seller_id: str
    entries: list[LedgerEntry]
    payouts: list[SettlementPeriod]
    """The periods in which it counts."""


class GetOrderMoney(Request[OrderMoney], rename="camel"):
    """Show all that was posted for an order."""

    operation = get("/market/v1/money/orders/{orderId}", "getOrderMoney", statuses=_READS, scope=NONE)

    order_id: str


class MoneyPolicy(Message, rename="camel"):
    """How a seller's money of a currency is held and paid out."""

    seller_id: str
    currency: str
    deferral_days: int
    reserve_percent: int
    bank_tail: str
    bank_works: bool
    card_works: bool
    minimum: Money


class GetMoneyPolicy(Request[MoneyPolicy], rename="camel"):
    """Show how a seller's money is held and paid out."""

    operation = get("/market/v1/money/policy", "getMoneyPolicy", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    currency: Currency | None = None


class ChangeMoneyPolicySpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is to change."""

    seller_id: str | None = None
    currency: Currency | None = None
    deferral_days: Days | None = None
    reserve_percent: Percent | None = None
    bank_works: bool | None = None
    card_works: bool | None = None
    minimum: Decimal | None = None


class ChangeMoneyPolicy(Request[MoneyPolicy], rename="camel"):
    """Change how a seller's money is held and paid out; what is not said stays."""

    operation = patch(
        "/market/v1/money/policy",
        "changeMoneyPolicy",
        statuses=_COMMANDS,
        body=ChangeMoneyPolicySpecification,
        scope=NONE,
    )

    seller_id: str | None = None
    currency: Currency | None = None
    deferral_days: Days | None = None
    """For how many days after delivery the money of sales is held."""
    reserve_percent: Percent | None = None
    """What part of a period's balance is kept for the next."""
    bank_works: bool | None = None
    """Whether the bank takes transfers."""
    card_works: bool | None = None
    """Whether debts can be charged."""
    minimum: Decimal | None = None
    """What is less than this is not transferred."""


class ChargeServiceSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is charged."""

    component: str
    amount: Decimal
    seller_id: str | None = None
    currency: Currency | None = None
    sku: str | None = None
    description: str = ""


class ChargeService(Request[LedgerEntry], rename="camel"):
    """Charge a seller for a service."""

    operation = post(
        "/market/v1/money/charges",
        "chargeService",
        status=201,
        statuses=_CREATES,
        body=ChargeServiceSpecification,
        scope=NONE,
    )

    component: str
    """The service, by the name of its fee: VineFee, FBARemovalFee."""
    amount: Decimal
    """What it costs; below zero it is given back."""
    seller_id: str | None = None
    currency: Currency | None = None
    sku: str | None = None
    description: str = ""


class MoneyClaim(OpenEnum):
    """What may be decided about an order's money."""

    GUARANTEE = "GUARANTEE"
    CHARGEBACK = "CHARGEBACK"
    SAFE_T = "SAFE_T"
    GOODWILL = "GOODWILL"
    RETROCHARGE = "RETROCHARGE"


class DecideClaimSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is decided."""

    order_id: str
    kind: MoneyClaim
    amount: Decimal | None = None


class DecideClaim(Request[LedgerEntry], rename="camel"):
    """Decide a claim about an order: an A-to-z claim, a chargeback, a reimbursement, tax charged afterwards."""

    operation = post(
        "/market/v1/money/claims",
        "decideClaim",
        status=201,
        statuses=_CREATES,
        body=DecideClaimSpecification,
        scope=NONE,
    )

    order_id: str
    kind: MoneyClaim
    amount: Decimal | None = None
    """Needed where no refund says it."""


class MoneyPayout(Message, rename="camel"):
    """Money on its way to the seller's bank, or there, or refused."""

    payout_id: int
    seller_id: str
    kind: str
    status: str
    amount: Money
    begun_at: datetime
    ended_at: datetime | None = None
    period_id: int | None = None
    reason: str = ""


class MoneyPayouts(Message):
    """Payouts, the latest first."""

    payouts: list[MoneyPayout]


class ListMoneyPayouts(Request[MoneyPayouts], rename="camel"):
    """List a seller's payouts."""

    operation = get("/market/v1/money/payouts", "listMoneyPayouts", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    currency: Currency | None = None


class PayoutChange(OpenEnum):
    """What may be made of a payout by hand."""

    FAIL = "FAIL"
    RETRY = "RETRY"


class ChangePayoutSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What happens to the payout."""

    change: PayoutChange
    seller_id: str | None = None


class ChangePayout(Request[MoneyPayout], rename="camel"):
    """Have the bank refuse a payout, or send one that failed again."""

    operation = post(
        "/market/v1/money/payouts/{payoutId}",
        "changePayout",
        statuses=_COMMANDS,
        body=ChangePayoutSpecification,
        scope=NONE,
    )

    payout_id: Number
    change: PayoutChange
    seller_id: str | None = None


class AdjustLabelSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What the carrier asks for."""

    amount: Decimal


class AdjustLabel(Request[LedgerEntry], rename="camel"):
    """Have a carrier ask for more than a label cost, as it found the parcel to be heavier."""

    operation = post(
        "/market/v1/money/labels/{shipmentId}",
        "adjustLabel",
        status=201,
        statuses=_CREATES,
        body=AdjustLabelSpecification,
        scope=NONE,
    )

    shipment_id: str
    amount: Decimal
    """In the currency of the label."""
