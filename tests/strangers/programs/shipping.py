"""A packer's hour with whatever SDK: rates, a label that is bought, printed again and followed, and one given back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from story import market

BUSINESS = "AmazonShipping_US"


def ship(sdk: Any) -> None:  # noqa: ANN401 - what each program makes of its SDK
    """Buy two labels, follow one and give the other back, and print what was seen."""
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    said: dict[str, Any] = {}
    token, rate_id, services = sdk.rates(given["rates"], given["service"])
    said["offered"] = given["service"] in services
    purchase = {"requestToken": token, "rateId": rate_id, **given["purchase"]}
    shipment, tracking, label = sdk.purchase(purchase)
    said["again"] = sdk.refusal_of(purchase)
    said["same label"] = sdk.label_of(shipment, given["reference"]) == label
    said["begins"] = sdk.followed(tracking, given["carrier"])
    market(f"parcels/{shipment}/move", {"status": "Delivered"})
    said["ends"] = sdk.followed(tracking, given["carrier"])
    other, _ = sdk.one_click(given["one click"])
    sdk.cancel(other)
    said["canceled"] = True
    sys.stdout.write(json.dumps(said))
