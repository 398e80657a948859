"""A seller's night in one story, told with whatever SDK: two reports are asked for, waited for, downloaded and read.

One of them holds what is personal, and takes a restricted data token for its document.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from typing import Any

from story import market

ALL_ORDERS = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
UNSHIPPED = "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING"
SINCE = os.environ.get("SHIP_DATE", "")
_PATIENCE = 20


def read(sdk: Any) -> None:  # noqa: ANN401 - what each program makes of its SDK
    """Read both, and print what was read."""
    said: dict[str, Any] = {}
    for name, report_type, columns in (
        ("all", ALL_ORDERS, ("amazon-order-id", "sku", "quantity", "item-price", "currency")),
        ("unshipped", UNSHIPPED, ("order-id", "quantity-to-ship", "recipient-name")),
    ):
        report_id = sdk.ask(report_type, SINCE)
        document_id = None
        for _ in range(_PATIENCE):
            market("clock/advance", {"by": "PT10S"})
            status, document_id = sdk.look(report_id)
            if status not in {"IN_QUEUE", "IN_PROGRESS"}:
                break
        text = sdk.download(document_id, restricted=report_type == UNSHIPPED)
        rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
        said[name] = sorted([row[column] for column in columns] for row in rows)
    sys.stdout.write(json.dumps(said))
