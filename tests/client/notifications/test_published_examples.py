from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sellingpartner.client.notifications import parse
from sellingpartner.contract.notifications.registry import find, load

SCHEMAS = Path(
    os.environ.get(
        "SELLINGPARTNER_SCHEMAS", Path(__file__).parents[4] / "shared" / "models" / "schemas" / "notifications"
    )
)
Json = dict[str, Any]


def examples(document: Json) -> Iterator[Json]:
    """Whole notifications; where a schema shows only a payload, that payload in an envelope of ours."""
    yield from document.get("examples", ())
    if "examples" not in document and "properties" in document:
        for payload in document["properties"]["Payload"].get("examples", ()):
            (notification_type,) = document["properties"]["NotificationType"]["enum"]
            yield {"NotificationType": notification_type, "PayloadVersion": "1.0", "Payload": payload}


def test_every_published_example_is_read_as_its_type_without_surprise() -> None:
    if not SCHEMAS.is_dir():
        pytest.skip(f"no schemas at {SCHEMAS}; clone Amazon's models and set SELLINGPARTNER_SCHEMAS to the folder")
    read = set()
    for path in sorted(SCHEMAS.glob("*.json")):
        for example in examples(json.loads(path.read_bytes())):
            notification = parse(json.dumps(example))

            entry = find(notification.notification_type, notification.payload_version)
            assert entry is not None
            assert type(notification.payload) is load(entry), path.name
            assert notification.surprises == (), path.name
            assert notification.payload_version == entry.payload_version
            read.add(path.name)

    assert {path.name for path in SCHEMAS.glob("*.json")} - read == {"B2bAnyOfferChangedNotification.json"}
