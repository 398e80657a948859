"""A seller's day in fifteen steps, told with whatever SDK; it is Amazon's hosts that the SDK calls, as far as it knows.

What buyers do, and that time passes, is no part of Amazon's API; that is asked of the market itself.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from pathlib import Path
from typing import Any

US = "ATVPDKIKX0DER"
EVERYTHING = {"eventFilter": {"eventFilterType": "ORDER_CHANGE"}}
SELLER = os.environ.get("SP_API_SELLER_ID", "")


def market(path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """Ask something of the market by its own address, past every proxy."""
    asked = urllib.request.Request(
        f"{os.environ['SPAPI_MARKET']}/market/v1/{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked) as answer:
        return json.load(answer)


def fetched(link: str) -> Any:  # noqa: ANN401 - JSON
    """What a link of an answer leads to, as any program fetches it."""
    with urllib.request.urlopen(link) as answer:
        return json.load(answer)


def tell(sdk: Any) -> None:  # noqa: ANN401 - what each program makes of its SDK
    """Go through it, and print what was seen. The file that is named holds the SKU and its attributes."""
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sku, body = given["sku"], {"productType": "MUG", "requirements": "LISTING", "attributes": given["attributes"]}
    said: dict[str, Any] = {"participations": sdk.participations()}  # the first call fetches the token
    said["subscribed"] = sdk.subscribe(given["arn"])
    link = sdk.schema()
    said["schema"] = [link.partition("/schemas")[0], set(fetched(link)["required"]) <= set(given["attributes"])]
    said["preview"] = sdk.put(sku, body, preview=True)
    said["put"] = sdk.put(sku, body, preview=False)
    market("clock/advance", {"by": "PT2M"})
    before = sdk.stock(sku)
    order_id = market("orders", {"lines": [{"sku": sku, "quantity": 2}]})["orderId"]
    market("clock/advance", {"by": "PT5M"})
    said["listed"] = order_id in sdk.orders()
    said["order"] = sdk.status(order_id)
    items = sdk.items(order_id)
    said["items"] = [(item["sku"], item["quantity"]) for item in items]
    said["hidden"], said["address"] = (
        sdk.address(order_id, restricted=False),
        bool(sdk.address(order_id, restricted=True)),
    )
    sdk.confirm(order_id, parcel(items))
    said["shipped"] = sdk.status(order_id)
    said["left"] = sdk.stock(sku) - before
    sys.stdout.write(json.dumps(said))


def parcel(items: list[dict[str, Any]]) -> dict[str, Any]:
    """What is confirmed, in Amazon's words."""
    return {
        "packageReferenceId": "1",
        "carrierCode": "UPS",
        "trackingNumber": "1Z999AA10123456784",
        "shipDate": os.environ["SHIP_DATE"],
        "orderItems": [{"orderItemId": item["id"], "quantity": item["quantity"]} for item in items],
    }
