"""A buyer comes into a simulated shop: chooses, orders, and pays, fails to pay or thinks better of it."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import msgspec

from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.offers.questions import is_featured
from sellingpartner.market.orders.buyer import Address, Buyer, registered
from sellingpartner.market.orders.commands import place
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.promises import Service
from sellingpartner.market.orders.purchase import OrderType, PaymentMethod, Purchase, PurchaseLine
from sellingpartner.market.orders.refusals import NotBuyable
from sellingpartner.market.orders.regulated import RegulatedField
from sellingpartner.market.simulation import demand, people
from sellingpartner.market.simulation.demand_gifts import gift_message
from sellingpartner.market.simulation.goods import Article
from sellingpartner.market.simulation.other_shop import Sold, sell_elsewhere
from sellingpartner.market.simulation.second_thoughts import foresee
from sellingpartner.market.simulation.shops import Shop
from sellingpartner.market.simulation.staff_words import words
from sellingpartner.market.time.chance import chance
from sellingpartner.storage.unit import UnitOfWork

# What is rare, as shares of orders: often enough that every status can be met in the demo world.
PREORDER_SHARE = 0.004
OTHER_SHOP_SHARE = 0.008  # of what Amazon fulfills
INVOICE_SHARE = 0.2  # of Brazilian orders
PROMOTION_SHARE = 0.07  # of lines
WRAP_SHARE = 0.4  # of gifts
ACCESS_POINT_SHARE = 0.03
PURCHASE_ORDER_SHARE = 0.5  # of businesses

_PROMOTIONS = ("Coupon-SAVE5", "Lightning Deal 4711", "Social Media Promo", "Percentage Off")
_JAPAN = BY_COUNTRY["JP"].marketplace_id

_METHODS = {
    people.PaymentKind.CASH_ON_DELIVERY: PaymentMethod.COD,
    people.PaymentKind.CONVENIENCE_STORE: PaymentMethod.CVS,
}


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """One buyer in a shop, with what is in the basket: all of one channel, as an order has to be."""

    luck: Random
    marketplace_id: str
    buyer: people.Buyer
    basket: demand.Basket
    chosen: tuple[tuple[Article, int], ...]

    @property
    def is_preorder(self) -> bool:
        """Whether the buyer orders what is not released yet."""
        return self.luck.random() < PREORDER_SHARE

    @property
    def by_amazon(self) -> bool:
        """Whether Amazon fulfills what is in the basket."""
        return self.chosen[0][0].channel is FulfillmentChannel.AFN


def visit(
    unit: UnitOfWork, shop: Shop, number: str, *, only: FulfillmentChannel | None = None, pays_at_once: bool = False
) -> Order | None:
    """Let one buyer come and order; None if nothing that the buyer wants is to be had. `number` decides all luck.

    Some order in another shop of the seller's, which has Amazon ship what it sold.
    """
    came = _comes_in(unit, shop, chance(unit, "visit", number), only)
    if came is None:
        return None
    payment = demand.invent_payment(came.luck, pays_later=came.buyer.payment.comes_later)
    if came.by_amazon and chance(unit, "other shop", number).random() < OTHER_SHOP_SHARE:
        return _buys_elsewhere(unit, came)
    purchase = _purchase(unit, came, None if pays_at_once else payment)
    try:
        with unit.attempt():
            order = place(unit, purchase)
    except (OutOfStock, NotBuyable):
        return None
    if not pays_at_once:
        foresee(unit, came.luck, order, payment)
    return order


def _buys_elsewhere(unit: UnitOfWork, came: Visit) -> Order | None:
    country = MARKETPLACES[came.marketplace_id].country_code
    return sell_elsewhere(
        unit,
        came.luck,
        came.marketplace_id,
        [Sold(article.sku, quantity, article.prices[came.marketplace_id]) for article, quantity in came.chosen],
        address_of(people.invent_address(came.luck, came.buyer, country)),
        is_express=came.basket.is_express,
    )


def _comes_in(unit: UnitOfWork, shop: Shop, luck: Random, only: FulfillmentChannel | None) -> Visit | None:
    marketplace_id = luck.choices(list(shop.marketplaces), weights=list(shop.marketplaces.values()))[0]
    buyer = people.invent_buyer(luck, MARKETPLACES[marketplace_id].country_code)
    counter = shop.goods_of(unit).counters[marketplace_id]
    basket = demand.invent_basket(luck, counter.shelf, is_business=buyer.is_business)
    wanted = [(counter.articles[line.position], line.quantity) for line in basket.lines]
    channel = only or wanted[0][0].channel
    # Whoever is featured has the sale: what somebody else offers at better terms is bought there, and is no order here.
    chosen = tuple(
        (article, quantity)
        for article, quantity in wanted
        if article.channel is channel and is_featured(unit, article.sku, marketplace_id)
    )
    if not chosen:
        return None
    return Visit(luck=luck, marketplace_id=marketplace_id, buyer=buyer, basket=basket, chosen=chosen)


def _purchase(unit: UnitOfWork, came: Visit, payment: demand.Payment | None) -> Purchase:
    luck, buyer, basket = came.luck, came.buyer, came.basket
    extras = chance(unit, "extras", buyer.email)
    country = MARKETPLACES[came.marketplace_id].country_code
    address = people.invent_address(luck, buyer, country)
    is_preorder = payment is not None and came.is_preorder
    return Purchase(
        marketplace_id=came.marketplace_id,
        lines=_lines(came, extras),
        buyer=buyer_of(buyer, extras),
        address=address_of(address),
        paid=payment is None,
        payment_delay=timedelta(minutes=payment.minutes) if payment is not None and payment.clears else None,
        service=_service(basket),
        order_type=OrderType.PREORDER if is_preorder else OrderType.STANDARD,
        available_at=unit.now + timedelta(days=luck.randint(3, 25)) if is_preorder else None,
        payment_method=_METHODS.get(buyer.payment, PaymentMethod.OTHER),
        payment_details=(buyer.payment.value,),
        is_business=buyer.is_business,
        is_prime=basket.is_prime,
        is_premium=basket.is_prime and not came.by_amazon,
        is_access_point=extras.random() < ACCESS_POINT_SHARE,
        awaits_invoice=country == "BR" and luck.random() < INVOICE_SHARE,
        regulated_fields=_prescription(came),
    )


def _service(basket: demand.Basket) -> Service:
    if basket.is_prime:
        return Service.SECOND_DAY
    return Service.EXPEDITED if basket.is_express else Service.STANDARD


def _lines(came: Visit, extras: Random) -> tuple[PurchaseLine, ...]:
    """The lines of a purchase.

    Assumed: a buyer without Prime pays about a tenth of the price of the first line for shipping.
    """
    lines = []
    for index, (article, quantity) in enumerate(came.chosen):
        price = article.prices[came.marketplace_id]
        pays_shipping = index == 0 and not came.basket.is_prime
        is_promoted = extras.random() < PROMOTION_SHARE
        is_wrapped = came.basket.is_gift and extras.random() < WRAP_SHARE
        lines.append(
            PurchaseLine(
                sku=article.sku,
                quantity=quantity,
                shipping=price * quantity // 10 if pays_shipping else 0,
                promotion_discount=price * quantity * extras.choice((5, 10, 20)) // 100 if is_promoted else 0,
                promotion_ids=(extras.choice(_PROMOTIONS),) if is_promoted else (),
                gift_wrap=max(price // 20, 1) if is_wrapped else 0,
                gift_wrap_level="Classic" if is_wrapped else None,
                points=price * quantity // 100 if came.marketplace_id == _JAPAN else 0,
                is_gift=came.basket.is_gift,
                gift_message=gift_message(came.luck, came.buyer.language) if came.basket.is_gift else None,
                has_business_price=came.buyer.is_business,
            )
        )
    return tuple(lines)


def _prescription(came: Visit) -> tuple[RegulatedField, ...]:
    if not any(article.is_regulated for article, _ in came.chosen):
        return ()
    pet = came.luck.choice(words().pets)
    return (
        RegulatedField(field_id="pet-name", label="Name of the pet", value=pet),
        RegulatedField(field_id="weight-kg", label="Weight in kilograms", value=str(came.luck.randint(3, 40))),
    )


def buyer_of(buyer: people.Buyer, extras: Random) -> Buyer:
    """Somebody who shops, as an order knows them."""
    tax, invoice_tax = registered(buyer.country_code, buyer.company, buyer.tax_id) if buyer.tax_id else (None, None)
    return Buyer(
        name=buyer.name,
        email=buyer.email,
        company_name=buyer.company,
        tax=tax,
        invoice_tax=invoice_tax,
        purchase_order_number=f"PO-{extras.randint(1000, 99999)}"
        if buyer.is_business and extras.random() < PURCHASE_ORDER_SHARE
        else None,
    )


def address_of(address: people.Address) -> Address:
    """An address, as an order knows it."""
    return Address(
        name=address.name,
        line_1=address.line1,
        line_2=address.line2,
        line_3=address.line3,
        city=address.city,
        county=address.county,
        district=address.district,
        state_or_region=address.state_or_region,
        municipality=address.municipality,
        postal_code=address.postal_code,
        country_code=address.country_code,
        phone=address.phone,
        is_commercial=address.address_type is people.AddressType.COMMERCIAL,
    )
