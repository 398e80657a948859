from __future__ import annotations

from old_markets import upgrade_to
from sqlalchemy import text

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.market import Market
from sellingpartner.market.simulation.goods import Article
from sellingpartner.market.simulation.shopping import visit
from sellingpartner.market.simulation.shops import shop_of
from sellingpartner.storage.database import Database

US, CA = (BY_COUNTRY[code].marketplace_id for code in ("US", "CA"))

OLD_SHOP = f"""
INSERT INTO sellers (seller_id, name, region, profile, joined_at) VALUES ('A2SHOP', 'Ada', 'NA', '{{}}', 1);
INSERT INTO participations (seller_id, marketplace_id, store_name, is_participating, has_suspended_listings)
    VALUES ('A2SHOP', '{US}', 'Ada', TRUE, FALSE);
INSERT INTO simulated_shops (seller_id, size, marketplaces, orders_per_day, is_open, opening)
    VALUES ('A2SHOP', 2, '{{"{US}": 1.0}}', 3.5, FALSE, 0);
INSERT INTO catalog_items (asin, number, product_type, brand, marketplaces, item_classification, added_at, updated_at,
    attributes) VALUES ('B000000001', 1, 'MUG', 'Harbor', '["{US}"]', 'BASE_PRODUCT', 1, 1,
    '{{"item_name":[{{"value":"Mug"}}]}}');
INSERT INTO stocks (seller_id, sku, condition, place, on_hand, reserved)
    VALUES ('A2SHOP', 'MUG/1', 'SELLABLE', 'SELLER', 30, 0);
"""
LISTED = """
INSERT INTO listings (seller_id, sku, marketplace_id, asin, product_type, requirements, issues, is_closed, is_settled,
    submission_id, price_minor, price_currency, condition, condition_subtype, fulfillment_channel, status, is_buyable,
    is_discoverable, has_errors, has_warnings, handling_days, is_regulated, created_at, updated_at, attributes)
    VALUES ('A2SHOP', 'MUG/1', :marketplace_id, 'B000000001', 'MUG', 'LISTING_OFFER_ONLY', '[]', FALSE, TRUE, '',
    :price_minor, :currency, 'New', 'New', 'MFN', 'ACTIVE', TRUE, TRUE, FALSE, FALSE, 1, FALSE, 1, 1, '{}')
"""


def test_a_shop_of_the_fifth_revision_goes_on_selling_what_it_has_listed(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    with database.remake() as connection:
        upgrade_to(connection, "0005")
        for statement in OLD_SHOP.strip().rstrip(";").split(";\n"):
            connection.exec_driver_sql(statement)
        for marketplace_id, price_minor, currency in ((US, 1499, "USD"), (CA, 1999, "CAD")):
            connection.execute(
                text(LISTED), {"marketplace_id": marketplace_id, "price_minor": price_minor, "currency": currency}
            )
    database.close()

    market = Market.open(blank_database_url)
    with market.write("A2SHOP") as unit:
        shop = shop_of(unit)
        assert shop is not None
        (article,) = shop.goods_of(unit).articles
        order = visit(unit, shop, "first")
    market.close()

    assert article == Article("MUG/1", FulfillmentChannel.MFN, False, 1.0, {US: 1499, CA: 1999})  # noqa: FBT003
    assert order is not None
    assert {item.sku for item in order.items} == {"MUG/1"}
