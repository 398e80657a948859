"""Product Type Definitions, 2020-09-01: which product types there are, and what a listing of each must say."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from sellingpartner.contract import product_type_definitions_2020_09_01 as api
from sellingpartner.contract.errors import InvalidInput, Unauthorized
from sellingpartner.counted import counted
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.catalog.questions import items_of
from sellingpartner.market.listings.questions import listings_of
from sellingpartner.market.product_types import questions as types
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.gateway.links import LinkFor, signed
from sellingpartner.server.schemas import META, PREFIX, told_of
from sellingpartner.storage.unit import UnitOfWork

LINK_LIFETIME = timedelta(days=7)
_CURRENT = frozenset({"LATEST", "RELEASE_CANDIDATE"})
_LISTINGS_LOOKED_AT = 500
_MOST_BRANDS = 20


class InvalidDefinitionsRequest(InvalidInput):
    """What was asked for does not exist or makes no sense.

    Assumed: Amazon answers so for an unknown product type, as the sandbox of its model does; no real answer is known.
    """

    code = "BAD_REQUEST"

    def __init__(self, details: str) -> None:
        super().__init__("Invalid input", details=details)
        self.because(details)


@handles(api.SearchDefinitionsProductTypes)
def search_definitions_product_types(
    unit: UnitOfWork, request: api.SearchDefinitionsProductTypes, caller: Caller
) -> api.ProductTypeList:
    """Product types by keywords or for an item's name; all of them if neither is given."""
    marketplaces = _marketplaces(unit, caller, request.marketplace_ids)
    if request.keywords is not None and request.item_name is not None:
        raise InvalidDefinitionsRequest("keywords and itemName exclude each other; give one of them.")
    locale = _locale("locale", request.locale, marketplaces[0])
    spoken = _locale("searchLocale", request.search_locale, marketplaces[0])
    available = types.types_in(marketplaces)
    names = list(available)
    if request.keywords is not None:
        names = types.types_with(request.keywords, spoken, names)
    elif request.item_name is not None:
        names = types.types_for_item(request.item_name, spoken, names)
    words = types.words_of(locale)
    found = [
        api.ProductType(name=name, display_name=words.display_name(_kind(name)), marketplace_ids=available[name])
        for name in names
    ]
    return api.ProductTypeList(product_types=found, product_type_version=types.version())


@handles(api.GetDefinitionsProductType)
def get_definitions_product_type(
    unit: UnitOfWork, request: api.GetDefinitionsProductType, caller: Caller, origin: Origin
) -> api.ProductTypeDefinition:
    """A product type's definition: links to its schema and the meta-schema, and its attributes by groups."""
    kind, ask = _asked(unit, request, caller)
    holder = LinkFor(caller.seller_id, caller.grant_id)

    def link(path: str, said: dict[str, str], checksum: str) -> api.SchemaLink:
        resource = origin + signed(unit, path, said, holder=holder, until=unit.now + LINK_LIFETIME)
        return api.SchemaLink(link=api.SchemaLinkLink(resource=resource, verb=api.Verb.GET), checksum=checksum)

    return api.ProductTypeDefinition(
        meta_schema=link(f"{PREFIX}{META}", {}, types.meta_document().checksum),
        schema=link(f"{PREFIX}{kind.name}", told_of(ask, types.version()), types.document(ask).checksum),
        requirements=api.Requirements(ask.requirements),
        requirements_enforced=request.requirements_enforced or api.RequirementsEnforced.ENFORCED,
        property_groups=_groups(kind, ask),
        locale=ask.locale,
        marketplace_ids=[ask.marketplace_id],
        product_type=kind.name,
        display_name=types.words_of(ask.locale).display_name(kind),
        # Assumed: there is never a release candidate, so that who asks for one is given the latest version.
        product_type_version=api.ProductTypeVersion(version=types.version(), latest=True, release_candidate=False),
    )


def _asked(
    unit: UnitOfWork, request: api.GetDefinitionsProductType, caller: Caller
) -> tuple[types.ProductType, types.Ask]:
    if len(request.marketplace_ids) != 1:
        raise InvalidDefinitionsRequest(
            f"marketplaceIds holds {counted(len(request.marketplace_ids), 'marketplace')}; it must be one."
        )
    if request.seller_id not in {None, caller.seller_id}:
        raise Unauthorized("sellerId names another seller than the one who gave the grant.")
    (marketplace_id,) = _marketplaces(unit, caller, request.marketplace_ids)
    if request.product_type not in types.types_in([marketplace_id]):
        raise InvalidDefinitionsRequest(
            f"There is no product type {request.product_type[:100]} in marketplace {marketplace_id}; "
            "searchDefinitionsProductTypes lists those that there are."
        )
    if request.product_type_version not in {None, types.version(), *_CURRENT}:
        raise InvalidDefinitionsRequest(
            f"There is no version {request.product_type_version}; it must be LATEST, RELEASE_CANDIDATE or "
            f"{types.version()}."
        )
    ask = types.Ask(
        product_type=request.product_type,
        marketplace_id=marketplace_id,
        locale=types.locale_of(request.locale, marketplace_id),
        requirements=types.Requirements(request.requirements or types.Requirements.LISTING),
        is_enforced=request.requirements_enforced is not api.RequirementsEnforced.NOT_ENFORCED,
        parentage=None if request.parentage_level is None else types.Parentage(request.parentage_level),
    )
    if request.seller_id is not None:
        ask = msgspec.structs.replace(ask, brands=_brands(unit, marketplace_id))
    return _kind(request.product_type), ask


def _marketplaces(unit: UnitOfWork, caller: Caller, marketplace_ids: list[str]) -> list[str]:
    """The marketplaces that are asked about, each once; raises if one of them is none of the seller's."""
    if not marketplace_ids:
        raise InvalidDefinitionsRequest("marketplaceIds is empty; name a marketplace.")
    participations_of(unit, caller.seller_id, including=marketplace_ids)
    return list(dict.fromkeys(marketplace_ids))


def _locale(name: str, asked: str | None, marketplace_id: str) -> str:
    """The locale that is meant; raises for one that the API does not have."""
    if asked is not None and asked not in {locale.value for locale in api.Locale}:
        raise InvalidDefinitionsRequest(f"{name} is not one of {', '.join(locale.value for locale in api.Locale)}.")
    return types.locale_of(asked, marketplace_id)


def _brands(unit: UnitOfWork, marketplace_id: str) -> tuple[str, ...]:
    """Brands that the seller sells. Assumed: those of the first of its listings are enough to choose from."""
    asins = [listing.asin for listing in listings_of(unit, marketplace_id, limit=_LISTINGS_LOOKED_AT)]
    brands = sorted({item.brand for item in items_of(unit, asins).values()})
    return tuple(brands[:_MOST_BRANDS])


def _groups(kind: types.ProductType, ask: types.Ask) -> dict[str, api.PropertyGroup]:
    """The attributes of the schema by the groups that a form would show them in."""
    known = types.attributes_of(kind, ask.marketplace_id, ask.requirements, ask.parentage)
    words = types.words_of(ask.locale)
    groups = {}
    for name in types.groups():
        members = [attribute.name for attribute in known.values() if attribute.group == name]
        if members:
            group = words.group(name)
            groups[name] = api.PropertyGroup(title=group.title, description=group.description, property_names=members)
    return groups


def _kind(name: str) -> types.ProductType:
    kind = types.product_type(name)
    if kind is None:
        raise KeyError(name)
    return kind
