"""A feed in six steps, told with whatever SDK: uploaded, handed in, waited for, found in the list, downloaded, read.

The second of its messages is wrong, so that there is something to read.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from story import SELLER, US, market

TYPE = "JSON_LISTINGS_FEED"
CONTENT_TYPE = "application/json; charset=UTF-8"


def _message(number: int, units: int) -> dict[str, Any]:
    value = [{"fulfillment_channel_code": "DEFAULT", "quantity": units}]
    return {
        "messageId": number,
        "sku": "MUG-BLUE",
        "operationType": "PATCH",
        "productType": "MUG",
        "patches": [{"op": "replace", "path": "/attributes/fulfillment_availability", "value": value}],
    }


def feed(sdk: Any) -> None:  # noqa: ANN401 - what each program makes of its SDK
    """Send it, and print what was seen."""
    messages = [_message(1, 7), _message(2, -7)]
    header = {"sellerId": SELLER, "version": "2.0", "issueLocale": "en_US"}
    content = json.dumps({"header": header, "messages": messages})
    feed_id = sdk.submit(TYPE, content, CONTENT_TYPE, US)
    said: dict[str, Any] = {"waits": sdk.status(feed_id)[0]}
    market("clock/advance", {"by": "PT1M"})
    said["status"], document_id = sdk.status(feed_id)
    said["listed"] = feed_id in sdk.listed(TYPE)
    report = json.loads(sdk.document(document_id))
    said["summary"] = report["summary"]
    said["messages"] = sorted({issue["messageId"] for issue in report["issues"]})
    sys.stdout.write(json.dumps(said))
