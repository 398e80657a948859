"""What the ledger is made of: accounts, components, entries and their postings. Nothing here reads or writes.

A posting raises or lowers what the holder of its account is owed, and the postings of an entry sum to zero. What the
seller sees of a posting on somebody else's account is its opposite: a fee that raises what Amazon is owed lowers what
the seller is.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Account(StrEnum):
    """Whose money it is, and where."""

    HELD = "seller.held"
    AVAILABLE = "seller.available"
    RESERVE = "seller.reserve"
    IN_TRANSIT = "seller.in_transit"
    DEBT = "seller.debt"
    WALLET = "seller.wallet"
    BUYERS = "buyers"
    TAX_AUTHORITIES = "tax_authorities"
    FEES = "amazon.fees"
    SERVICES = "amazon.services"
    REIMBURSEMENTS = "amazon.reimbursements"
    GOODWILL = "amazon.goodwill"
    CARRIERS = "carriers"
    BANK = "bank"


class EntryKind(StrEnum):
    """What an entry is about; `components.toml` says what each is called by whom."""

    SALE = "SALE"
    REFUND = "REFUND"
    GUARANTEE_CLAIM = "GUARANTEE_CLAIM"
    CHARGEBACK = "CHARGEBACK"
    RETROCHARGE = "RETROCHARGE"
    SAFE_T = "SAFE_T"
    GOODWILL = "GOODWILL"
    MULTI_CHANNEL = "MULTI_CHANNEL"
    LABEL = "LABEL"
    LABEL_REFUND = "LABEL_REFUND"
    LABEL_ADJUSTMENT = "LABEL_ADJUSTMENT"
    LABEL_CLAIM = "LABEL_CLAIM"
    SERVICE_FEE = "SERVICE_FEE"
    REMOVAL = "REMOVAL"
    ADJUSTMENT = "ADJUSTMENT"
    TAX_WITHHOLDING = "TAX_WITHHOLDING"
    RELEASE = "RELEASE"
    RESERVE_DEBIT = "RESERVE_DEBIT"
    RESERVE_CREDIT = "RESERVE_CREDIT"
    TRANSFER = "TRANSFER"
    ARRIVAL = "ARRIVAL"
    FAILED_TRANSFER = "FAILED_TRANSFER"
    ON_DEMAND = "ON_DEMAND"
    FAILED_ON_DEMAND = "FAILED_ON_DEMAND"
    CARRIED = "CARRIED"
    PAYABLE = "PAYABLE"
    DEBT_PAID = "DEBT_PAID"
    WALLET_DEPOSIT = "WALLET_DEPOSIT"
    WALLET_DEBIT = "WALLET_DEBIT"
    WALLET_PAID = "WALLET_PAID"
    WALLET_RETURN = "WALLET_RETURN"


class Leg(msgspec.Struct, frozen=True):
    """A posting that is to be: how much its component's account is owed more, for the n-th line or, by 0, for none."""

    component: str
    minor: int
    line: int = 0


def to_seller(component: str, minor: int, line: int = 0) -> Leg:
    """A leg, given by its effect on the seller: charges are above zero, fees below."""
    return Leg(component, -minor, line)


class EntryLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What of an order, or of stock, an entry is about."""

    order_item_id: str = ""
    sku: str = ""
    asin: str = ""
    quantity: int = 0
    promotion_ids: tuple[str, ...] = ()


class EntryDetail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What else is known of an entry; nothing is searched by it."""

    lines: tuple[EntryLine, ...] = ()
    description: str = ""
    reason: str = ""
    fulfillment: str = ""
    """Who ships: AFN or MFN."""
    shipment_id: str | None = None
    refund_id: str | None = None
    period_id: int | None = None
    """The period that a transfer, or what is carried over, closes."""
    payout_id: int | None = None
    debt_id: int | None = None


class NewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that is to be posted."""

    kind: EntryKind
    source: str
    """The fact that causes it: none posts twice."""
    currency: str
    legs: tuple[Leg, ...]
    """What others' accounts, or the seller's other ones, are owed; the balancing leg is added."""
    marketplace_id: str | None = None
    detail: EntryDetail = EntryDetail()
    order_id: str | None = None
    is_held: bool = False
    """Whether the seller's part is held until it matures, at `matures_at`."""
    matures_at: datetime | None = None
    held_because: str = "DD7"
    of_entry_id: int | None = None
    """The entry that it releases or reverses."""
    counts: bool = True
    """Whether it belongs to the settlement period that is open; a transfer does not, nor what is carried over."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A transaction of the ledger: kept as it was posted."""

    entry_id: int
    kind: str
    source: str
    posted_at: datetime
    marketplace_id: str | None
    currency: str
    order_id: str | None
    account_type: str
    total_minor: int
    """The effect on the seller."""
    period_id: int | None
    """The settlement period that it counts in; none for what is held, and for a transfer."""
    of_entry_id: int | None
    detail: EntryDetail


class Posting(msgspec.Struct, frozen=True):
    """How much more an account is owed by an entry. The component of the seller's own leg has no name."""

    entry_id: int
    number: int
    line: int
    account: str
    component: str
    amount_minor: int

    @property
    def effect(self) -> int:
        """What it does to the seller, where the account is another's."""
        return -self.amount_minor
