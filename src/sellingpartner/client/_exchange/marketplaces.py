"""Marketplaces by their countries' codes, wherever an operation takes a marketplace's id.

`marketplace_ids=["US"]` is `["ATVPDKIKX0DER"]`, in a path, a query or however deep in a body. Which fields of a request
hold ids is read from its model once; a request without such a field costs one look.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar, get_args, get_origin

import msgspec

from sellingpartner.client.credentials.endpoints import find_marketplace
from sellingpartner.contract.errors import InvalidInput, NotConfigured
from sellingpartner.contract.fields import Annotation, bare, fields_of, is_model

Asked = TypeVar("Asked", bound=msgspec.Struct)
Change = Callable[[object], object]

_NAMES = frozenset(
    {
        "MarketplaceId",
        "MarketplaceIds",
        "marketplaceId",
        "marketplaceIds",
        "destinationMarketplaces",
        "granularityId",  # of stock at Amazon: the only granularity that there is, is a marketplace
    }
)
_CODE_LENGTH = 2


def with_ids(request: Asked) -> Asked:
    """The same request with ids where it had codes; raises `InvalidInput` for a code of no marketplace."""
    return _with_ids(request) if _changes_of(type(request)) else request


def _with_ids(asked: Asked) -> Asked:
    changed = {}
    for name, change in _changes_of(type(asked)):
        value = getattr(asked, name)
        new = None if value is None else change(value)
        if new is not value:
            changed[name] = new
    return msgspec.structs.replace(asked, **changed) if changed else asked


def _id_of(value: object) -> object:
    if isinstance(value, (list, tuple)):
        found = [_id_of(one) for one in value]
        return found if any(new is not old for new, old in zip(found, value, strict=True)) else value
    if not isinstance(value, str) or len(value) != _CODE_LENGTH:
        return value
    try:
        return find_marketplace(value).marketplace_id
    except NotConfigured as unknown:
        raise InvalidInput(unknown.message) from None


def _each(change: Change) -> Change:
    def changed(several: object) -> object:
        if not isinstance(several, (list, tuple)):
            return several
        found = [change(one) for one in several]
        return found if any(new is not old for new, old in zip(found, several, strict=True)) else several

    return changed


def _below(value: object) -> object:
    return _with_ids(value) if isinstance(value, msgspec.Struct) else value


@cache
def _changes_of(kind: type[msgspec.Struct]) -> tuple[tuple[str, Change], ...]:
    """The fields that hold ids or lead to such, each with what is done about its value."""
    found = ((field.name, _change(field.wire_name, field.type)) for field in fields_of(kind).values())
    return tuple((name, change) for name, change in found if change is not None)


def _change(wire_name: str, kind: Annotation) -> Change | None:
    return _id_of if wire_name in _NAMES else _leading(bare(kind))


def _leading(kind: Annotation) -> Change | None:
    if is_model(kind):
        return _below if _reaches(kind, frozenset()) else None
    if get_origin(kind) is list:
        within = _leading(bare(get_args(kind)[0]))
        return None if within is None else _each(within)
    return None


def _reaches(kind: Annotation, above: frozenset[Annotation]) -> bool:
    wanted = bare(kind)
    if get_origin(wanted) is list:
        return _reaches(get_args(wanted)[0], above)
    if not is_model(wanted) or wanted in above:
        return False
    return any(
        field.wire_name in _NAMES or _reaches(field.type, above | {wanted}) for field in fields_of(wanted).values()
    )
