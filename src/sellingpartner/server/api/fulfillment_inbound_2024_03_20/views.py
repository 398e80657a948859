"""Plans and what is in them as the API shows them, and addresses and items as it is told of them."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.market.amounts import Money
from sellingpartner.market.inbound.model import Address, Owner, Plan, PlanItem
from sellingpartner.market.inbound.questions import fee_of
from sellingpartner.market.inbound.sizes import Size, Weight


def address_of(said: api.AddressInput) -> Address:
    """An address as a plan holds it."""
    return Address(
        name=said.name,
        line_1=said.address_line1,
        line_2=said.address_line2,
        company_name=said.company_name,
        city=said.city,
        district=said.district_or_county,
        state=said.state_or_province_code,
        postal_code=said.postal_code,
        country_code=said.country_code,
        phone=said.phone_number,
        email=said.email,
    )


def item_told(said: api.ItemInput) -> PlanItem:
    """An item as a seller names it."""
    return PlanItem(
        msku=said.msku,
        quantity=said.quantity,
        prep_owner=Owner(said.prep_owner.value),
        label_owner=Owner(said.label_owner.value),
        expires_on=said.expiration,
        lot=said.manufacturing_lot_code,
    )


def address_view(address: Address) -> api.Address:
    """An address as the API shows it."""
    return api.Address(
        name=address.name,
        address_line1=address.line_1,
        address_line2=address.line_2,
        company_name=address.company_name,
        city=address.city,
        district_or_county=address.district,
        state_or_province_code=address.state,
        postal_code=address.postal_code,
        country_code=address.country_code,
        phone_number=address.phone,
        email=address.email,
    )


def item_view(item: PlanItem, marketplace_id: str) -> api.Item:
    """An item as the API shows it, with what is to be done to its units."""
    return api.Item(
        msku=item.msku,
        asin=item.asin,
        fnsku=item.fnsku,
        quantity=item.quantity,
        expiration=item.expires_on,
        manufacturing_lot_code=item.lot,
        label_owner=item.label_owner.value,
        prep_instructions=[
            api.PrepInstruction(
                prep_type=one.prep_type,
                prep_owner=one.owner.value,
                fee=currency_view(fee_of(one.prep_type, one.owner, marketplace_id)),
            )
            for one in item.instructions
        ],
    )


def summary_view(plan: Plan) -> api.InboundPlanSummary:
    """A plan as it is listed."""
    return api.InboundPlanSummary(
        inbound_plan_id=plan.plan_id,
        name=plan.name,
        created_at=second(plan.created_at),
        last_updated_at=second(plan.updated_at),
        marketplace_ids=[plan.marketplace_id],
        source_address=address_view(plan.ship_from),
        status=plan.status.value,
    )


def currency_view(money: Money | None) -> api.Currency | None:
    """An amount."""
    return None if money is None else api.Currency(amount=money.decimal, code=money.currency)


def second(moment: datetime) -> datetime:
    """A moment as plans show it: in whole seconds."""
    return moment.replace(microsecond=0)


def size_told(said: api.Dimensions) -> Size:
    """Measures as a package holds them."""
    return Size(length=said.length, width=said.width, height=said.height, unit=said.unit_of_measurement.value)


def weight_told(said: api.Weight) -> Weight:
    """A weight as a package holds it."""
    return Weight(value=said.value, unit=said.unit.value)


def size_view(size: Size) -> api.Dimensions:
    """Measures as the API shows them: as they were told."""
    unit = api.UnitOfMeasurement(size.unit)
    return api.Dimensions(length=size.length, width=size.width, height=size.height, unit_of_measurement=unit)


def weight_view(weight: Weight) -> api.Weight:
    """A weight as the API shows it: as it was told."""
    return api.Weight(value=weight.value, unit=api.UnitOfWeight(weight.unit))
