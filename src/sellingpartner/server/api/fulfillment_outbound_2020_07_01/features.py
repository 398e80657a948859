"""getFeatures, getFeatureInventory, getFeatureSKU."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fulfillment_outbound_2020_07_01 import (
    GetFeatureInventory,
    GetFeatureInventoryResponse,
    GetFeatures,
    GetFeatureSKU,
    GetFeatureSkuResponse,
    GetFeaturesResponse,
)
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.outbound.questions import feature_sku, feature_stock, features_in, marketplace_meant
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PURPOSE = b"getFeatureInventory "


class _Begun(msgspec.Struct, frozen=True, array_like=True):
    """A list that was begun, and after which SKU it goes on."""

    feature: str
    marketplace_id: str
    after: str


_decoder = msgspec.msgpack.Decoder(_Begun)


@handles(GetFeatures)
def get_features(unit: UnitOfWork, request: GetFeatures) -> GetFeaturesResponse:
    """List the features of a marketplace."""
    marketplace_id = marketplace_meant(unit, request.marketplace_id)
    known = features_in(MARKETPLACES[marketplace_id].country_code)
    return GetFeaturesResponse(
        payload=v2020.GetFeaturesResult(
            features=[
                v2020.Feature(feature_name=name, feature_description=one.description, seller_eligible=True)
                for name, one in known.items()
            ]
        )
    )


@handles(GetFeatureInventory)
def get_feature_inventory(unit: UnitOfWork, request: GetFeatureInventory) -> GetFeatureInventoryResponse:
    """List the stock that a feature may be used for.

    Differs: queryStartDate leaves nothing out: the list tells of all that is there.
    """
    marketplace_id = marketplace_meant(unit, request.marketplace_id)
    after = ""
    if request.next_token is not None:
        begun = unsealed_as(unit, request.next_token, _decoder, purpose=_PURPOSE)
        if begun is None or (begun.feature, begun.marketplace_id) != (request.feature_name, marketplace_id):
            message = "nextToken is not valid; pass the one that the page before returned, unaltered."
            raise InvalidInput(message)
        after = begun.after
    found, next_sku = feature_stock(unit, request.feature_name, marketplace_id, after)
    token = None
    if next_sku is not None:
        content = msgspec.msgpack.encode(_Begun(request.feature_name, marketplace_id, next_sku))
        token = sealed(unit, content, purpose=_PURPOSE)
    return GetFeatureInventoryResponse(
        payload=v2020.GetFeatureInventoryResult(
            marketplace_id=marketplace_id,
            feature_name=request.feature_name,
            next_token=token,
            feature_skus=[
                v2020.FeatureSku(
                    seller_sku=one.sku,
                    fn_sku=one.fnsku,
                    asin=one.asin,
                    sku_count=Decimal(one.units),
                    overlapping_skus=[],
                )
                for one in found
            ],
        )
    )


@handles(GetFeatureSKU)
def get_feature_sku(unit: UnitOfWork, request: GetFeatureSKU) -> GetFeatureSkuResponse:
    """Say how much of a SKU a feature may be used for, or why it may not."""
    marketplace_id = marketplace_meant(unit, request.marketplace_id)
    found = feature_sku(unit, request.feature_name, request.seller_sku, marketplace_id)
    return GetFeatureSkuResponse(
        payload=v2020.GetFeatureSkuResult(
            marketplace_id=marketplace_id,
            feature_name=request.feature_name,
            is_eligible=not found.why_not,
            ineligible_reasons=[found.why_not] if found.why_not else [],
            seller_sku=found.sku,
            fn_sku=found.fnsku or None,
            asin=found.asin or None,
            sku_count=Decimal(found.units),
        )
    )
