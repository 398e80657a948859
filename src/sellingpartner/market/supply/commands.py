"""Supply sources are created, changed, switched on and off, and archived."""

from __future__ import annotations

from uuid import UUID

import msgspec

from sellingpartner.contract.supply_sources_2020_07_01 import (
    Address,
    SupplySourceCapabilities,
    SupplySourceConfiguration,
)
from sellingpartner.market.events.supply import SupplySourceChanged
from sellingpartner.market.supply.errors import CodeTaken, InvalidSource, SourceArchived, SourceUnknown
from sellingpartner.market.supply.model import Status, SupplySource
from sellingpartner.market.supply.stock import count_in
from sellingpartner.market.supply.store import (
    insert_source,
    save_source,
    source_by_code,
    source_of,
    source_to_change,
)
from sellingpartner.market.supply.validating import (
    LONGEST_ALIAS,
    check_address,
    check_capabilities,
    check_code,
    check_configuration,
    check_text,
)
from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.storage.unit import UnitOfWork


def create_source(unit: UnitOfWork, code: str, alias: str, address: Address) -> SupplySource:
    """Register a place to ship from; it is inactive until it is switched on. Raises `CodeTaken`, `InvalidSource`.

    Assumed: a new supply source is inactive, so that it can be set up before orders go to it.
    """
    check_code(code)
    check_text("alias", alias, LONGEST_ALIAS)
    check_address("address", address)
    number = unit.next_number("supply sources")  # whoever takes the same code at the same time waits here
    if source_by_code(unit, code) is not None:
        raise CodeTaken(code)
    drawn = wide_number_of(unit.seed, "supply source", unit.seller_id, number)
    source = SupplySource(
        supply_source_id=uuid_of(drawn),
        code=code,
        alias=alias,
        status=Status.INACTIVE,
        address=address,
        created_at=unit.now,
        updated_at=unit.now,
    )
    insert_source(unit, source, number)
    _say(unit, source)
    return source


def update_source(
    unit: UnitOfWork,
    supply_source_id: str,
    *,
    alias: str | None = None,
    configuration: SupplySourceConfiguration | None = None,
    capabilities: SupplySourceCapabilities | None = None,
) -> SupplySource:
    """Change what is given of a source; each part replaces the whole of that part. Raises `SourceArchived`.

    Assumed: configuration and capabilities are replaced as a whole by what is sent for them.
    """
    source = _changeable(unit, supply_source_id)
    if alias is not None:
        check_text("alias", alias, LONGEST_ALIAS)
    check_configuration(configuration)
    check_capabilities(capabilities)
    _check_return_source(unit, capabilities)
    return _keep(
        unit,
        msgspec.structs.replace(
            source,
            alias=alias or source.alias,
            configuration=configuration or source.configuration,
            capabilities=capabilities or source.capabilities,
        ),
    )


def set_status(unit: UnitOfWork, supply_source_id: str, status: Status) -> SupplySource:
    """Switch a source on or off, or archive it for good; raises `SourceArchived`.

    Only what lies at an active source can be ordered. Assumed: orders that went to a supply source before it was
    switched off or archived stay with it.
    """
    source = _changeable(unit, supply_source_id)
    if source.status is status:
        return source
    changed = msgspec.structs.replace(source, status=status)
    if changed.is_active != source.is_active:
        count_in(unit, source, is_in=changed.is_active)
    return _keep(unit, changed)


def _changeable(unit: UnitOfWork, supply_source_id: str) -> SupplySource:
    source = source_to_change(unit, supply_source_id)
    if source.status is Status.ARCHIVED:
        raise SourceArchived(supply_source_id)
    return source


def _keep(unit: UnitOfWork, source: SupplySource) -> SupplySource:
    kept = msgspec.structs.replace(source, updated_at=unit.now)
    save_source(unit, kept)
    _say(unit, kept)
    return kept


def _check_return_source(unit: UnitOfWork, capabilities: SupplySourceCapabilities | None) -> None:
    """Where returns go to another source, that one is there and is not archived."""
    outbound = None if capabilities is None else capabilities.outbound
    location = None if outbound is None else outbound.return_location
    named = None if location is None else location.supply_source_id
    if named is None:
        return
    try:
        is_there = source_of(unit, str(UUID(named))).status is not Status.ARCHIVED
    except (SourceUnknown, ValueError):
        is_there = False
    if not is_there:
        fault = f"is {named!r}; it must be a supply source of this seller that is not archived."
        raise InvalidSource("capabilities.outbound.returnLocation.supplySourceId", fault)


def _say(unit: UnitOfWork, source: SupplySource) -> None:
    unit.emit(
        SupplySourceChanged(
            supply_source_id=source.supply_source_id, supply_source_code=source.code, status=source.status.value
        )
    )
