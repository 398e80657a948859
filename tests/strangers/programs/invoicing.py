"""A bookkeeper's morning in Brazil, told with whatever SDK: what waits is looked at, and its invoice handed in.

The details of a shipment take a restricted data token; the invoice is listed once the tax authority knows it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from story import market

BR = "A2Q3Y263D00KWC"
DETAILS = "/fba/outbound/brazil/v0/shipments/{shipmentId}"


def invoice(sdk: Any) -> None:  # noqa: ANN401 - what each program makes of its SDK
    """Hand the invoice in, wait, and print what was seen."""
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    said: dict[str, Any] = {"before": sdk.status(given["shipment"])}
    said["order"] = sdk.order_of(given["shipment"])
    sdk.submit(given["shipment"], given["content"], given["md5"])
    said["handed in"] = sdk.status(given["shipment"])
    market("clock/advance", {"by": "PT10M"})
    said["after"] = sdk.status(given["shipment"])
    said["listed"] = sdk.listed()
    sys.stdout.write(json.dumps(said))
