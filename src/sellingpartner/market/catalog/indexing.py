"""The index of words, and what it holds of each item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, select

from sellingpartner.market.attributes import Attributes, decode
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.tables import entries, items, words
from sellingpartner.market.catalog.words import words_of_item
from sellingpartner.storage.prepared import Prepared

_BATCH = 1000

_insert = Prepared(entries.insert())
_move = entries.update().where(entries.c.number == bindparam("of_number"))
_next = (
    select(
        items.c.number, items.c.asin, items.c.product_type, items.c.brand, items.c.classification_id, items.c.attributes
    )
    .where(items.c.number > bindparam("after"))
    .order_by(items.c.number)
    .limit(_BATCH)
)


def index(connection: Connection, fresh: Iterable[tuple[dict[str, Any], Attributes]]) -> None:
    """Have items found that were not there: their rows, and their attributes."""
    rows = []
    documents = []
    for row, attributes in fresh:
        place = row["classification_id"]
        rows.append({name: row[name] for name in ("number", "asin", "brand")} | {"classification_id": place or ""})
        documents.append((row["number"], words_of_item(row["asin"], row["product_type"], place, attributes)))
    _insert.run_many(connection, rows)
    words.add(connection, documents)


def index_anew(
    connection: Connection, item: Item, product_type: str, classification_id: str | None, attributes: Attributes
) -> None:
    """Have an item found by what it says since it changed."""
    words.remove(connection, item.number)
    held = words_of_item(item.asin, product_type, classification_id, attributes)
    words.add(connection, [(item.number, held)])
    if classification_id != item.classification_id:
        place = classification_id or ""
        connection.execute(_move.values(classification_id=place), {"of_number": item.number})


def index_an_old_catalog(connection: Connection) -> None:
    """Fill the index in where there is none yet: a market of an older version had no words of its items."""
    if connection.execute(select(entries.c.number).limit(1)).first() is not None:
        return
    after = -1
    while found := connection.execute(_next, {"after": after}).all():
        index(connection, ((dict(row._mapping), decode(row.attributes)) for row in found))
        after = found[-1].number
