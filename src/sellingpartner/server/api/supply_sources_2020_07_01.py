"""Supply Sources, 2020-07-01: the stores and warehouses that a seller ships from; a view of the context `supply`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sellingpartner.contract import supply_sources_2020_07_01 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.sealing import sealed, unsealed
from sellingpartner.market.supply.commands import create_source, set_status, update_source
from sellingpartner.market.supply.model import Status
from sellingpartner.market.supply.questions import page_of_sources, source_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 10
"""Assumed: a page of supply sources holds 10 unless pageSize says otherwise, and at most 100."""
_MOST = 100
_PURPOSE = b"supply sources after "


@handles(v1.GetSupplySources)
def get_supply_sources(unit: UnitOfWork, request: v1.GetSupplySources) -> v1.GetSupplySourcesResponse:
    """The seller's places, from the oldest to the newest.

    Assumed: archived supply sources are not listed; each can still be read by its id.
    """
    size = _page_size(request.page_size)
    after = 0 if request.next_page_token is None else _opened(unit, request.next_page_token)
    found = page_of_sources(unit, after=after, limit=size + 1)
    page = found[:size]
    return v1.GetSupplySourcesResponse(
        supply_sources=[
            v1.SupplySourceListItem(
                alias=source.alias,
                supply_source_id=source.supply_source_id,
                supply_source_code=source.code,
                address=source.address,
            )
            for _, source in page
        ],
        next_page_token=sealed(unit, str(page[-1].number).encode(), purpose=_PURPOSE) if len(found) > size else None,
    )


@handles(v1.CreateSupplySource)
def create_supply_source(unit: UnitOfWork, request: v1.CreateSupplySource) -> v1.CreateSupplySourceResponse:
    """Register a place."""
    source = create_source(unit, request.supply_source_code, request.alias, request.address)
    return v1.CreateSupplySourceResponse(supply_source_id=source.supply_source_id, supply_source_code=source.code)


@handles(v1.GetSupplySource)
def get_supply_source(unit: UnitOfWork, request: v1.GetSupplySource) -> v1.SupplySource:
    """One place, archived or not."""
    source = source_of(unit, _checked_id(request.supply_source_id))
    return v1.SupplySource(
        supply_source_id=source.supply_source_id,
        supply_source_code=source.code,
        alias=source.alias,
        status=v1.SupplySourceStatusReadOnly(source.status.value),
        address=source.address,
        configuration=source.configuration,
        capabilities=source.capabilities,
        created_at=_text(source.created_at),
        updated_at=_text(source.updated_at),
    )


@handles(v1.UpdateSupplySource)
def update_supply_source(unit: UnitOfWork, request: v1.UpdateSupplySource) -> NoContent:
    """Change what is sent of a place."""
    update_source(
        unit,
        _checked_id(request.supply_source_id),
        alias=request.alias,
        configuration=request.configuration,
        capabilities=request.capabilities,
    )
    return NoContent()


@handles(v1.ArchiveSupplySource)
def archive_supply_source(unit: UnitOfWork, request: v1.ArchiveSupplySource) -> NoContent:
    """Close a place for good."""
    set_status(unit, _checked_id(request.supply_source_id), Status.ARCHIVED)
    return NoContent()


@handles(v1.UpdateSupplySourceStatus)
def update_supply_source_status(unit: UnitOfWork, request: v1.UpdateSupplySourceStatus) -> NoContent:
    """Switch a place on or off."""
    supply_source_id = _checked_id(request.supply_source_id)
    if request.status is None:
        message = "status is missing; it must be Active or Inactive."
        raise InvalidInput(message)
    set_status(unit, supply_source_id, Status(request.status.value))
    return NoContent()


def _checked_id(supply_source_id: str) -> str:
    """What is no id at all is refused as Amazon does, in two words; an id that names nothing is not found."""
    try:
        return str(UUID(supply_source_id))
    except ValueError:
        message = "Invalid Input"
        raise InvalidInput(message).because(f"{supply_source_id!r} is no id of a supply source.") from None


def _page_size(size: Decimal | None) -> int:
    if size is None:
        return _PAGE
    if size not in range(1, _MOST + 1):
        message = f"pageSize must be a whole number from 1 to {_MOST}."
        raise InvalidInput(message)
    return int(size)


def _opened(unit: UnitOfWork, token: str) -> int:
    content = unsealed(unit, token, purpose=_PURPOSE)
    if content is None:
        message = "nextPageToken is not valid; pass the one that the page before returned, unaltered."
        raise InvalidInput(message)
    return int(content)


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
