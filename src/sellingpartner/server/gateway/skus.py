"""SKUs in paths and queries, which may hold any character: what a seller lists under decides what was meant.

A SKU is what is left when it was percent-decoded once. Some clients encode twice, so that an escape is left; but a SKU
may hold a percent sign and two digits itself. So what is there under the very text is meant, and only where there is
nothing and the text decoded once more is listed, that is. Nothing is ever made, changed or deleted by a guess.
"""

from __future__ import annotations

import msgspec

from sellingpartner.contract.operation import Request, places
from sellingpartner.market.listings.questions import lists_sku
from sellingpartner.server.gateway.routes import as_meant, names_sku
from sellingpartner.storage.unit import UnitOfWork


def sku_fields(request: type[Request[object]]) -> tuple[str, ...]:
    """The fields of a request that name SKUs in its path or its query."""
    if not any(map(names_sku, request.__struct_encode_fields__)):  # its types would be worked out, at each start
        return ()
    where = places(request)
    return tuple(place.field for place in (*where.path, *where.query) if names_sku(place.wire_name))


def known_sku(unit: UnitOfWork, sku: str) -> str:
    """A SKU as its sender meant it, by what this unit's seller lists."""
    meant = as_meant(sku)
    return meant if meant != sku and not lists_sku(unit, sku) and lists_sku(unit, meant) else sku


def with_known_skus(unit: UnitOfWork, request: Request[object], fields: tuple[str, ...]) -> Request[object]:
    """A request with its SKUs as they were meant."""
    changed: dict[str, object] = {}
    for field in fields:
        sent = getattr(request, field)
        if isinstance(sent, str) and "%" in sent:
            changed[field] = known_sku(unit, sent)
        elif isinstance(sent, list) and any("%" in one for one in sent):
            changed[field] = [known_sku(unit, one) for one in sent]
    return msgspec.structs.replace(request, **changed) if changed else request
