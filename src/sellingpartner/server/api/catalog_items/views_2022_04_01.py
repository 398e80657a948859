"""Items as Catalog Items 2022-04-01 shows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sellingpartner.contract import catalog_items_2022_04_01 as v2022
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.attributes import Measure, entries, entry_of, whole
from sellingpartner.market.catalog.model import Item, VendorDetails
from sellingpartner.market.catalog.pictures import pictures_of
from sellingpartner.market.catalog.questions import (
    Category,
    classification_path,
    display_group_of,
    group_name,
)
from sellingpartner.server.api.catalog_items.family import ranked_in, related_in
from sellingpartner.server.api.catalog_items.said import Asked, attributes_in, numbers_in, pounds, sides
from sellingpartner.server.gateway.views import view
from sellingpartner.storage.unit import UnitOfWork

Data = v2022.IncludedData


def own_part(asked: Asked) -> v2022.Item:
    """What the item itself says of all that is asked for."""
    item, wanted = asked.item, asked.included
    return v2022.Item(
        asin=item.asin,
        attributes=attributes_in(item, asked.places) if Data.ATTRIBUTES.value in wanted else None,
        classifications=[*_classifications(asked)] if Data.CLASSIFICATIONS.value in wanted else None,
        dimensions=[*_dimensions(asked)] if Data.DIMENSIONS.value in wanted else None,
        identifiers=[*_identifiers(asked)] if Data.IDENTIFIERS.value in wanted else None,
        images=[*_images(asked)] if Data.IMAGES.value in wanted else None,
        product_types=[*_product_types(asked)] if Data.PRODUCT_TYPES.value in wanted else None,
        summaries=[_summary(asked, place) for place in asked.places] if Data.SUMMARIES.value in wanted else None,
        vendor_details=[*_vendor_details(asked)] if Data.VENDOR_DETAILS.value in wanted else None,
    )


own_view = view(own_part)


def _classifications(asked: Asked) -> Iterator[v2022.ItemBrowseClassificationsByMarketplace]:
    for place in asked.places:
        path = classification_path(asked.item.classification_id or "", asked.locale or MARKETPLACES[place].language)
        found = [_chain(path)] if path else []
        yield v2022.ItemBrowseClassificationsByMarketplace(marketplace_id=place, classifications=found)


def _chain(path: tuple[Category, ...]) -> v2022.ItemBrowseClassification:
    here, *above = path
    return v2022.ItemBrowseClassification(
        display_name=here.name,
        classification_id=here.classification_id,
        parent=_chain(tuple(above)) if above else None,
    )


def _dimensions(asked: Asked) -> Iterator[v2022.ItemDimensionsByMarketplace]:
    item = asked.item
    for place in asked.places:
        thing = _box(sides(item.item_dimensions(place)), _weight(item.item_weight(place)))
        package = _box(sides(item.package_dimensions(place)), _weight(item.package_weight(place)))
        if thing or package:
            yield v2022.ItemDimensionsByMarketplace(marketplace_id=place, item=thing, package=package)


def _weight(weight: Measure | None) -> v2022.Dimension | None:
    return None if weight is None else v2022.Dimension(unit="pounds", value=pounds(weight))


def _box(lengths: dict[str, Decimal], weight: v2022.Dimension | None) -> v2022.Dimensions | None:
    if not lengths and weight is None:
        return None
    measured = {side: v2022.Dimension(unit="inches", value=value) for side, value in lengths.items()}
    return v2022.Dimensions(**measured, weight=weight)


def _identifiers(asked: Asked) -> Iterator[v2022.ItemIdentifiersByMarketplace]:
    for place in asked.places:
        numbers = [
            v2022.ItemIdentifier(identifier_type=kind, identifier=value)
            for kind, value in numbers_in(asked.item, place)
        ]
        yield v2022.ItemIdentifiersByMarketplace(marketplace_id=place, identifiers=numbers)


def _images(asked: Asked) -> Iterator[v2022.ItemImagesByMarketplace]:
    for place in asked.places:
        images = [
            v2022.ItemImage(variant=v2022.Variant(one.variant), link=one.link, height=one.size, width=one.size)
            for one in pictures_of(asked.item, place, asked.origin)
        ]
        yield v2022.ItemImagesByMarketplace(marketplace_id=place, images=images)


def _product_types(asked: Asked) -> Iterator[v2022.ItemProductTypeByMarketplace]:
    for place in asked.places:
        yield v2022.ItemProductTypeByMarketplace(marketplace_id=place, product_type=asked.item.product_type)


def _summary(asked: Asked, place: str) -> v2022.ItemSummaryByMarketplace:
    item, locale = asked.item, asked.locale
    path = classification_path(item.classification_id or "", locale or MARKETPLACES[place].language)
    group = display_group_of(item.classification_id)
    return v2022.ItemSummaryByMarketplace(
        marketplace_id=place,
        # Assumed: nothing here is for adults alone, signed by somebody famous, or taken in exchange.
        adult_product=False,
        autographed=False,
        memorabilia=False,
        trade_in_eligible=False,
        brand=item.text("brand", place, locale),
        browse_classification=v2022.ItemBrowseClassification(
            display_name=path[0].name, classification_id=path[0].classification_id
        )
        if path
        else None,
        color=item.text("color", place, locale),
        contributors=[*_contributors(item, place)] or None,
        item_classification=v2022.ItemClassification(item.item_classification.value),
        item_name=item.text("item_name", place, locale),
        manufacturer=item.text("manufacturer", place, locale),
        model_number=item.text("model_number", place, locale),
        package_quantity=whole(item.attributes, "item_package_quantity", place) or 1,
        part_number=item.text("part_number", place, locale),
        release_date=_release_date(item, place),
        size=item.text("size", place, locale),
        style=item.text("style", place, locale),
        website_display_group=group,
        website_display_group_name=None if group is None else group_name(group),
    )


def _release_date(item: Item, place: str) -> date | None:
    entry = entry_of(item.attributes, "product_site_launch_date", place) or {}
    value = entry.get("value")
    try:
        return date.fromisoformat(str(value)[:10]) if value is not None else None
    except ValueError:
        return None


def _contributors(item: Item, place: str) -> Iterator[v2022.ItemContributor]:
    for entry in entries(item.attributes, "contributor", place):
        role, name = entry.get("role"), entry.get("value")
        if isinstance(role, str) and isinstance(name, str):
            spoken = role.replace("_", " ").title()
            yield v2022.ItemContributor(role=v2022.ItemContributorRole(display_name=spoken, value=role), value=name)


def _vendor_details(asked: Asked) -> Iterator[v2022.ItemVendorDetailsByMarketplace]:
    if asked.item.vendor is not None:
        for place in asked.places:
            yield _vendor(asked.item.vendor, place)


def _vendor(vendor: VendorDetails, place: str) -> v2022.ItemVendorDetailsByMarketplace:
    def category(pair: tuple[str, str] | None) -> v2022.ItemVendorDetailsCategory | None:
        return None if pair is None else v2022.ItemVendorDetailsCategory(value=pair[0], display_name=pair[1])

    replenished = vendor.replenishment_category
    return v2022.ItemVendorDetailsByMarketplace(
        marketplace_id=place,
        brand_code=vendor.brand_code,
        manufacturer_code=vendor.manufacturer_code,
        manufacturer_code_parent=vendor.manufacturer_code_parent,
        product_category=category(vendor.product_category),
        product_group=vendor.product_group,
        product_subcategory=category(vendor.product_subcategory),
        replenishment_category=None if replenished is None else v2022.ReplenishmentCategory(replenished),
    )


def relationships(unit: UnitOfWork, asked: Asked) -> list[v2022.ItemRelationshipsByMarketplace]:
    """The parent or the children of an item, by marketplace."""
    shown = []
    for place in asked.places:
        family = related_in(unit, asked.item, place)
        relations = []
        if family is not None:
            theme = v2022.ItemVariationTheme(attributes=list(family.attributes), theme=family.theme)
            relations.append(
                v2022.ItemRelationship(
                    child_asins=family.children or None,
                    parent_asins=family.parents or None,
                    variation_theme=theme if family.theme else None,
                    type=v2022.Type.VARIATION,
                )
            )
        shown.append(v2022.ItemRelationshipsByMarketplace(marketplace_id=place, relationships=relations))
    return shown


def sales_ranks(unit: UnitOfWork, asked: Asked) -> list[v2022.ItemSalesRanksByMarketplace]:
    """Where an item stands, by marketplace; one in which it has no rank is left out."""
    shown = []
    for place in asked.places:
        ranked = ranked_in(unit, asked.item, place, asked.locale)
        if ranked is None:
            continue
        in_class = [
            v2022.ItemClassificationSalesRank(
                classification_id=one.place, title=one.title, link=one.link, rank=one.rank
            )
            for one in ranked.in_classification
        ]
        group = ranked.in_group
        in_group = v2022.ItemDisplayGroupSalesRank(
            website_display_group=group.place, title=group.title, link=group.link, rank=group.rank
        )
        shown.append(
            v2022.ItemSalesRanksByMarketplace(
                marketplace_id=place, classification_ranks=in_class, display_group_ranks=[in_group]
            )
        )
    return shown
