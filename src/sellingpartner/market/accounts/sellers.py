"""Sellers join: an account in marketplaces of one region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import structs

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts import tables
from sellingpartner.market.accounts.model import Profile, Seller
from sellingpartner.market.accounts.profiles import check_profile, invented_profile
from sellingpartner.market.events.accounts import SellerJoined
from sellingpartner.market.time.chance import chance, number_of
from sellingpartner.storage.unit import UnitOfWork

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class MarketplacesApart(InvalidInput):
    """No seller can sell in these marketplaces together."""


def join_seller(
    unit: UnitOfWork,
    name: str,
    marketplace_ids: Sequence[str],
    *,
    profile: Profile | None = None,
    country_code: str | None = None,
    store_names: Mapping[str, str] | None = None,
) -> Seller:
    """Open a seller's account in marketplaces of one region.

    `store_names` says, by marketplace, where the store is not named after the seller; a business is invented unless
    `profile` describes one: in the country that `country_code` says, or in that of its first marketplace.
    """
    region = _one_region(marketplace_ids)
    seller_id = _new_seller_id(unit)
    if profile is None:
        luck = chance(unit, "profile", seller_id)
        profile = invented_profile(luck, name, country_code or MARKETPLACES[marketplace_ids[0]].country_code)
    check_profile(profile)
    seller = Seller(seller_id=seller_id, name=name, region=region, profile=profile, joined_at=unit.now)
    unit.execute(tables.sellers.insert(), structs.asdict(seller))
    unit.execute(
        tables.participations.insert(),
        [
            {
                "seller_id": seller.seller_id,
                "marketplace_id": marketplace_id,
                "store_name": (store_names or {}).get(marketplace_id, name),
                "is_participating": True,
                "has_suspended_listings": False,
                "account_status": "NORMAL",
            }
            for marketplace_id in dict.fromkeys(marketplace_ids)
        ],
    )
    unit.emit(SellerJoined(seller_id=seller.seller_id))
    return seller


def _one_region(marketplace_ids: Sequence[str]) -> str:
    unknown = [marketplace_id for marketplace_id in marketplace_ids if marketplace_id not in MARKETPLACES]
    if unknown or not marketplace_ids:
        known = ", ".join(f"{one.country_code} {one.marketplace_id}" for one in MARKETPLACES.values())
        message = f"{', '.join(unknown) or 'No marketplace'} is not a marketplace; write one of these ids: {known}."
        raise MarketplacesApart(message)
    regions = {MARKETPLACES[marketplace_id].region for marketplace_id in marketplace_ids}
    if len(regions) > 1:
        message = f"A seller's account is in one region; these marketplaces are in {', '.join(sorted(regions))}."
        raise MarketplacesApart(message)
    return regions.pop()


def _new_seller_id(unit: UnitOfWork) -> str:
    number = number_of(unit.seed, "seller", unit.next_number("sellers"))
    letters = []
    for _ in range(12):
        number, digit = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[digit])
    return "A" + "".join(letters)
