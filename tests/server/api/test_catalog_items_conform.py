"""What the catalog answers, held against Amazon's published models; of v0 they have the categories alone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from sellingpartner.market.catalog.commands import create_items, relate
from sellingpartner.market.catalog.model import NewCatalogItem, VendorDetails
from sellingpartner.market.catalog.ranks import count_sale
from sellingpartner.market.product_types.questions import example_of
from sellingpartner.testing import TestMarket

US = "ATVPDKIKX0DER"
ROOT = Path(__file__).parents[3]
MODELS = Path(os.environ.get("SELLINGPARTNER_MODELS", ROOT.parent / "shared" / "models" / "openapi"))
EVERY_2022 = (
    "attributes,classifications,dimensions,identifiers,images,productTypes,relationships,salesRanks,summaries,"
    "vendorDetails"
)
EVERY_2020 = "identifiers,images,productTypes,salesRanks,summaries,variations,vendorDetails"


def holder_of(name: str, definition: str) -> jsonschema_rs.Validator:
    path = MODELS / "catalog-items-api-model" / name
    if not path.exists():
        pytest.skip(f"no models at {MODELS}; clone Amazon's and set SELLINGPARTNER_MODELS to the folder of them")
    definitions: dict[str, Any] = json.loads(path.read_bytes())["definitions"]
    return jsonschema_rs.Draft4Validator({"$ref": f"#/definitions/{definition}", "definitions": definitions})


@pytest.mark.parametrize(
    ("name", "definition", "target"),
    [
        (
            "catalogItems_2022-04-01.json",
            "Item",
            f"2022-04-01/items/{{asin}}?marketplaceIds={US}&includedData={EVERY_2022}",
        ),
        (
            "catalogItems_2022-04-01.json",
            "ItemSearchResults",
            f"2022-04-01/items?marketplaceIds={US}&keywords=mug&pageSize=1&includedData={EVERY_2022}",
        ),
        (
            "catalogItems_2020-12-01.json",
            "Item",
            f"2020-12-01/items/{{asin}}?marketplaceIds={US}&includedData={EVERY_2020}",
        ),
        (
            "catalogItems_2020-12-01.json",
            "ItemSearchResults",
            f"2020-12-01/items?marketplaceIds={US}&keywords=mug&pageSize=1&includedData={EVERY_2020}",
        ),
        ("catalogItemsV0.json", "ListCatalogCategoriesResponse", f"v0/categories?MarketplaceId={US}&ASIN={{asin}}"),
        ("catalogItems_2022-04-01.json", "ErrorList", f"2022-04-01/items/B000000000?marketplaceIds={US}"),
    ],
)
def test_an_answer_is_as_the_published_model_has_it(
    market: TestMarket, name: str, definition: str, target: str
) -> None:
    validator = holder_of(name, definition)
    with market.market.write() as unit:
        vendor = VendorDetails(brand_code="B", product_category=("1", "Mugs"), replenishment_category="NEW_PRODUCT")
        new = NewCatalogItem(product_type="MUG", attributes=example_of("MUG", US), marketplaces=(US,), vendor=vendor)
        parent, child = create_items(unit, [new, new])
        relate(unit, parent, child, "COLOR")
        count_sale(unit, child, US, 1, unit.now)

    answer = market.seller.call("GET", f"/catalog/{target.format(asin=child)}").json()

    assert [error.message for error in validator.iter_errors(answer)] == []
