"""The form of what a seller sends. What has it may be drafted, though it may not be eligible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.market.distribution.packages import all_products, expiry_of, products_of
from sellingpartner.market.distribution.refusals import BadRequest
from sellingpartner.market.distribution.rules import rules
from sellingpartner.market.listings.questions import skus_listed
from sellingpartner.market.time.bounds import OutOfBounds
from sellingpartner.storage.unit import UnitOfWork

_MOST_UNITS = 10**6
_LARGEST = Decimal(10**5)
_LONGEST_LINE = 180
_LONGEST_REFERENCE = 200
_COUNTRY = re.compile(r"[A-Z]{2}")
_US_STATE = re.compile(r"[A-Z]{2}")
_US_CODE = re.compile(r"\d{5}(-\d{4})?")
_UNITED_STATES = "US"
_AMAZONS_OWN = frozenset({awd.PrepCategory.FC_PROVIDED, awd.PrepCategory.UNKNOWN})


def check_inbound(
    unit: UnitOfWork,
    origin: awd.Address,
    packages: Sequence[awd.DistributionPackageQuantity],
    *,
    region: str | None,
    reference: str | None = None,
) -> None:
    """What an inbound order is made of; raises `BadRequest`."""
    check_address("originAddress", origin)
    check_packages(packages, "packagesToInbound")
    if region is not None and region not in rules().regions:
        known = ", ".join(rules().regions)
        raise BadRequest(f"Invalid destination region received: {region[:40]}. Supported regions are: [{known}]")
    if reference is not None and not 0 < len(reference) <= _LONGEST_REFERENCE:
        raise BadRequest(f"externalReferenceId must have 1 to {_LONGEST_REFERENCE} characters.")
    skus = {product.sku for product in all_products(packages)}
    if len(skus) > rules().most_skus:
        raise BadRequest(f"An order holds {rules().most_skus} unique SKUs at most; {len(skus)} were sent.")
    check_skus(unit, skus)


def check_skus(unit: UnitOfWork, skus: Iterable[str]) -> None:
    """Whether the seller has them all; raises `BadRequest`."""
    wanted = set(skus)
    unknown = sorted(wanted - skus_listed(unit, wanted))
    if unknown:
        raise BadRequest(f"Invalid SKU received: {unknown[0][:60]}. The seller lists no such SKU.")


def check_address(path: str, address: awd.Address) -> None:
    """An address that a carrier can fetch a shipment from; raises `BadRequest`.

    Assumed: units may come from any country; of an address in the United States the state and the code are looked at.
    """
    for field in msgspec.structs.fields(address):
        value = getattr(address, field.name)
        if value is not None and (not value.strip() or len(value) > _LONGEST_LINE or not value.isprintable()):
            raise BadRequest(f"{path}.{field.encode_name} must be 1 to {_LONGEST_LINE} printable characters.")
    if _COUNTRY.fullmatch(address.country_code) is None:
        raise BadRequest(f"{path}.countryCode {address.country_code!r} is not two capital letters, such as US.")
    if address.country_code != _UNITED_STATES:
        return
    if _US_STATE.fullmatch(address.state_or_region) is None:
        raise BadRequest(f"{path}.stateOrRegion {address.state_or_region!r} is not a state, such as WA.")
    if address.postal_code is None or _US_CODE.fullmatch(address.postal_code) is None:
        raise BadRequest(f"{path}.postalCode {address.postal_code!r} is not a ZIP code, such as 98109.")


def check_packages(packages: Sequence[awd.DistributionPackageQuantity], path: str) -> None:
    """Cases that can be; raises `BadRequest`."""
    if not packages:
        raise BadRequest(f"{path} is empty; name at least one package.")
    cases = 0
    for number, one in enumerate(packages):
        here = f"{path}[{number}]"
        if not 0 < one.count <= rules().most_cases:
            raise BadRequest(f"{here}.count is {one.count}; it must be from 1 to {rules().most_cases}.")
        cases += one.count
        _check_case(f"{here}.distributionPackage", one.distribution_package)
    if cases > rules().most_cases:
        raise BadRequest(f"{path} holds {cases} cases; an order has {rules().most_cases} at most.")


def _check_case(path: str, case: awd.DistributionPackage) -> None:
    if case.type is awd.DistributionPackageType.PALLET:
        raise BadRequest("The package type PALLET is not supported; send CASE.")
    if case.contents.packages:
        raise BadRequest(f"{path}.contents.packages is for a PALLET; a CASE holds products.")
    if not products_of(case):
        raise BadRequest(f"{path}.contents.products is empty; a CASE holds products.")
    for number, product in enumerate(products_of(case)):
        _check_product(f"{path}.contents.products[{number}]", product)
    _check_measures(path, case.measurements)


def _check_product(path: str, product: awd.ProductQuantity) -> None:
    most = rules().most_units_of_case
    if not 0 < product.quantity <= most:
        raise BadRequest(f"{path}.quantity is {product.quantity}; it must be from 1 to {most}.")
    try:
        expiry_of(product)
    except OutOfBounds as reason:
        raise BadRequest(f"{path}.expiration is no time that there is. {reason}") from reason
    said = product.prep_details
    if said is None:
        return
    if said.label_owner is awd.LabelOwner.AMAZON or said.prep_owner is awd.PrepOwner.AMAZON:
        raise BadRequest(f"{path}.prepDetails: AMAZON is not an accepted owner in the US marketplace; send SELF.")
    if said.prep_category in _AMAZONS_OWN:
        raise BadRequest(f"{path}.prepDetails.prepCategory {said.prep_category} cannot be used as an input.")


def _check_measures(path: str, said: awd.MeasurementData) -> None:
    if said.dimensions is None:
        raise BadRequest(f"{path}.measurements.dimensions is missing; a case needs its dimensions.")
    sides = {name: getattr(said.dimensions, name) for name in ("length", "width", "height")}
    for name, value in {**sides, "weight": said.weight.weight}.items():
        if not 0 < value <= _LARGEST:
            raise BadRequest(f"{path}.measurements: {name} must be more than 0, and {_LARGEST} at most.")


def check_quantities(quantities: Iterable[tuple[str, int]], path: str) -> None:
    """Units that can be asked for; raises `BadRequest`."""
    seen: set[str] = set()
    for number, (sku, quantity) in enumerate(quantities):
        if not 0 < quantity <= _MOST_UNITS:
            raise BadRequest(f"{path}[{number}].quantity is {quantity}; it must be from 1 to {_MOST_UNITS}.")
        if sku in seen:
            raise BadRequest(f"{path}[{number}].sku {sku[:60]!r} comes twice; name each SKU once.")
        seen.add(sku)
