"""Reads the published schemas of notifications: which envelope a type has, and what its content is made of.

The schemas are drafts of several hands. Some name their parts under `definitions`, some inline all of them; some list
the forms of an item under `anyOf`, some give a list's items as a list of one, and one says `#ref` for `$ref`. Here
they all come out as one document with the content's schema and the definitions that it refers to.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]

HERE = Path(__file__).parent
TYPES = HERE / "types.csv"
ADDITIONS = HERE / "additions"
"""Contents of which Amazon publishes no schema, or an empty one, in the form of Amazon's schemas."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `types.csv`: one version of one type."""

    notification_type: str
    payload_version: str
    notification_version: str
    schema: str
    """The file's name; empty where Amazon publishes none."""


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one type, as published or added."""

    row: Row
    envelope: str
    """How the envelope's keys are written: `pascal` or `camel`."""
    wrapper: str
    """The payload's only key, where the content stands below it; otherwise empty."""
    content: Json
    root: Json
    source: str = ""
    """What it was read from, for people."""

    def resolved(self, schema: Json) -> tuple[Json, str]:
        """The schema that a reference leads to, and the name of the last definition on the way."""
        name = ""
        while "$ref" in schema and schema["$ref"].startswith("#/definitions/"):
            name = schema["$ref"].rpartition("/")[2]
            schema = self.root["definitions"][name]
        return schema, name


@cache
def rows() -> tuple[Row, ...]:
    """Every version of every type."""
    with TYPES.open(newline="", encoding="utf-8") as file:
        return tuple(Row(**row) for row in csv.DictReader(file))


def read(row: Row, folder: Path) -> Document:
    """Read the schema of one version of a type; an addition of ours takes its place."""
    addition = ADDITIONS / f"{row.notification_type}.json"
    ours = addition.exists()
    path = addition if ours else folder / row.schema
    root: Json = json.loads(path.read_bytes())
    if "#ref" in root:
        root["$ref"] = root.pop("#ref")
    whole = Document(row, "", "", {}, root)
    top, _ = whole.resolved(root)
    envelope = "camel" if "payload" in top["properties"] else "pascal"
    payload, _ = whole.resolved(top["properties"]["payload" if envelope == "camel" else "Payload"])
    wrapper = _wrapper(payload, whole)
    content = payload["properties"][wrapper] if wrapper else payload
    source = f"additions/{path.name}" if ours else f"Amazon's {path.name}"
    return Document(row, envelope, wrapper, content, root, source)


def _wrapper(payload: Json, document: Document) -> str:
    """The payload's key, if it has but one and that is an object."""
    if len(payload["properties"]) != 1:
        return ""
    ((name, schema),) = payload["properties"].items()
    return name if "properties" in document.resolved(schema)[0] else ""
