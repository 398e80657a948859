"""Somebody who reads settlement files as they are documented, and knows nothing else of whoever wrote them.

Nothing of ours is imported here: a file is text, and its amounts are decimals.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

OF_ORDERS = frozenset({"Order", "Refund", "A-to-z Guarantee Refund", "Chargeback Refund"})
"""Transaction types whose rows belong to the items of an order."""

_POINT, _COMMA = re.compile(r"-?\d+(\.\d+)?"), re.compile(r"-?\d+(,\d+)?")
_V1_AMOUNTS = (
    "shipment-fee-amount",
    "order-fee-amount",
    "price-amount",
    "item-related-fee-amount",
    "misc-fee-amount",
    "other-fee-amount",
    "promotion-amount",
    "direct-payment-amount",
    "other-amount",
)


@dataclass
class Read:
    """What a file says."""

    settlement_id: str
    began: datetime
    ended: datetime
    deposited: datetime
    total: Decimal
    currency: str
    of_orders: dict[tuple[str, datetime], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    """What each order came to, at each moment at which something of it was posted."""
    others: list[Decimal] = field(default_factory=list)
    """What is of no order's items."""
    units: int = 0
    """The units that were sold, less those that were taken back from what had been said to be sold."""

    @property
    def rows_sum(self) -> Decimal:
        """What all rows add up to."""
        return sum(self.of_orders.values(), Decimal()) + sum(self.others, Decimal())


def read_v2(text: str) -> Read:
    """The flat file of the second version."""
    head, *rows = _table(text)
    found = Read(
        settlement_id=head["settlement-id"],
        began=moment(head["settlement-start-date"]),
        ended=moment(head["settlement-end-date"]),
        deposited=moment(head["deposit-date"]),
        total=amount(head["total-amount"]),
        currency=head["currency"],
    )
    assert not any(value for name, value in head.items() if name not in list(head)[:6])
    for row in rows:
        assert row["settlement-id"] == found.settlement_id
        assert not any(row[name] for name in list(row)[1:6])
        at, worth = moment(row["posted-date-time"]), amount(row["amount"])
        assert row["posted-date-time"].startswith(row["posted-date"])
        if row["transaction-type"] in OF_ORDERS:
            found.of_orders[row["order-id"], at] += worth
            assert row["marketplace-name"]
        else:
            found.others.append(worth)
        if row["transaction-type"] == "Order" and row["quantity-purchased"]:
            found.units += int(row["quantity-purchased"])
    return found


def read_v1(text: str) -> Read:
    """The flat file of the first version."""
    head, *rows = _table(text)
    found = Read(
        settlement_id=head["settlement-id"],
        began=datetime.fromisoformat(head["settlement-start-date"]),
        ended=datetime.fromisoformat(head["settlement-end-date"]),
        deposited=datetime.fromisoformat(head["deposit-date"]),
        total=amount(head["total-amount"]),
        currency=head["currency"],
    )
    for row in rows:
        worth = sum((amount(row[name]) for name in _V1_AMOUNTS if row[name]), Decimal())
        at = datetime.fromisoformat(row["posted-date"])
        if row["transaction-type"] in OF_ORDERS:
            found.of_orders[row["order-id"], at] += worth
        else:
            found.others.append(worth)
        if row["transaction-type"] == "Order" and row["quantity-purchased"]:
            found.units += int(row["quantity-purchased"])
    return found


def read_xml(content: bytes) -> Read:
    """The XML form."""
    (report,) = ET.fromstring(content).iter("SettlementReport")
    data = report.find("SettlementData")
    assert data is not None
    total = data.find("TotalAmount")
    assert total is not None
    found = Read(
        settlement_id=_text(data, "AmazonSettlementID"),
        began=datetime.fromisoformat(_text(data, "StartDate")),
        ended=datetime.fromisoformat(_text(data, "EndDate")),
        deposited=datetime.fromisoformat(_text(data, "DepositDate")),
        total=Decimal(total.text or ""),
        currency=total.attrib["currency"],
    )
    for event in report:
        if event.tag == "SettlementData":
            continue
        worth = sum((Decimal(one.text or "") for one in event.iter("Amount")), Decimal())
        if event.tag == "OtherTransaction":
            found.others.append(worth)
            continue
        at = datetime.fromisoformat(next(one.text or "" for one in event.iter("PostedDate")))
        found.of_orders[_text(event, "AmazonOrderID"), at] += worth
        found.units += sum(int(one.text or "") for one in event.iter("Quantity"))
    return found


def moment(text: str) -> datetime:
    """`2025-06-09 05:23:19 UTC`, or with the day first: `09.06.2025 05:23:19 UTC`."""
    form = "%d.%m.%Y %H:%M:%S UTC" if text[2] == "." else "%Y-%m-%d %H:%M:%S UTC"
    return datetime.strptime(text, form).replace(tzinfo=UTC)


def amount(text: str) -> Decimal:
    """`14.9`, or with a comma: `95,00`."""
    assert _POINT.fullmatch(text) or _COMMA.fullmatch(text), text
    return Decimal(text.replace(",", "."))


def _table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))


def _text(element: ET.Element, name: str) -> str:
    found = element.find(name)
    assert found is not None
    return found.text or ""
