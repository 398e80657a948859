"""A seller's program in a process of its own: buyers order, and what waits is shipped with bought labels.

python -m packer FOLDER URL        until it is killed, or nobody answers
python -m packer FOLDER URL end    until nothing that was begun is left
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from sellingpartner.client import SellingPartner, load_credentials
from sellingpartner.contract.errors import CallFailed
from sellingpartner.contract.merchant_fulfillment_v0 import Address
from sellingpartner.testing.world import START
from sellingpartner.workflows import BuyLabels, Journal, ParcelSize, Result, fulfill_orders

WAREHOUSE = Address(
    name="Harbor Goods",
    address_line1="300 Turnbull Ave",
    city="Detroit",
    state_or_province_code="MI",
    postal_code="48123",
    country_code="US",
    email="dispatch@harbor.example",
    phone="+1 313 555 0100",
)
BOX = ParcelSize(length=10, width=8, height=4, weight=20)


def main(folder: Path, url: str, *, ends: bool) -> None:
    """Work until it is killed, or until all is done."""
    credentials = load_credentials(file=folder / "credentials.env", base_url=url).credentials
    plan = BuyLabels(WAREHOUSE, BOX, settled_after=timedelta(0))
    fields: dict[str, Any] = {"since": START, "tell": lambda _, handed: f"It comes by {handed.method}."}
    fields["on_progress"] = lambda step: _say(step.stage)
    with SellingPartner(credentials, marketplace="US", retries=0) as client, Journal(folder / "journal.db") as journal:
        while True:
            if not ends:
                for sku in ("MUG-BLUE", "MUG-RED"):
                    placed = _posted(f"{url}/market/v1/orders", {"lines": [{"sku": sku}]})
                    with (folder / "placed.txt").open("a") as file:
                        file.write(f"{placed['orderId']}\n")
                    _say("placed")
            _posted(f"{url}/market/v1/clock/advance", {"minutes": 3})  # lists end two minutes ago
            report = fulfill_orders(client, plan, journal=journal, **fields)
            for outcome in report.outcomes:
                if isinstance(outcome.error, CallFailed):
                    raise outcome.error
                if outcome.result is not Result.SHIPPED:
                    sys.exit(f"{outcome.order_id}: {outcome.result} {outcome.words}")
            if ends and not report.outcomes and not journal.open_entries():
                return


def _say(word: str) -> None:
    """Say how far it is, for whoever has it killed there."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _posted(url: str, body: object) -> dict[str, str]:
    asked = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urlopen(asked, timeout=40) as answer:
        found: dict[str, str] = json.load(answer)
        return found


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2], ends=len(sys.argv) > 3)
    except HTTPError as refused:
        sys.exit(f"{refused}: {refused.read()!r}")
    except (CallFailed, OSError, HTTPException) as gone:  # the market was killed
        sys.exit(str(gone) if len(sys.argv) > 3 else 0)
