"""Sellers, v1: what a seller's account says of the seller and of the marketplaces that the seller takes part in."""

from __future__ import annotations

from sellingpartner.contract import sellers_v1 as v1
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.model import Address, Business, Contact, Participation
from sellingpartner.market.accounts.questions import participations_of, seller_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(v1.GetMarketplaceParticipations)
def get_marketplace_participations(
    unit: UnitOfWork, _request: v1.GetMarketplaceParticipations
) -> v1.GetMarketplaceParticipationsResponse:
    """Where a seller takes part, and how each marketplace is set up."""
    return v1.GetMarketplaceParticipationsResponse(payload=_participations(unit))


@handles(v1.GetAccount)
def get_account(unit: UnitOfWork, _request: v1.GetAccount) -> v1.GetAccountResponse:
    """A seller's business, contact, plan and marketplaces."""
    profile = seller_of(unit, unit.seller_id).profile
    account = v1.Account(
        marketplace_participation_list=_participations(unit),
        business_type=profile.business_type,
        selling_plan=profile.selling_plan,
        business=None if profile.business is None else _business(profile.business),
        primary_contact=None if profile.contact is None else _contact(profile.contact),
    )
    return v1.GetAccountResponse(payload=account)


def _participations(unit: UnitOfWork) -> list[v1.MarketplaceParticipation]:
    return [_participation(found) for found in participations_of(unit, unit.seller_id)]


def _participation(found: Participation) -> v1.MarketplaceParticipation:
    marketplace = MARKETPLACES[found.marketplace_id]
    return v1.MarketplaceParticipation(
        marketplace=v1.Marketplace(
            id=marketplace.marketplace_id,
            name=marketplace.name,
            country_code=marketplace.country_code,
            default_currency_code=marketplace.currency,
            default_language_code=marketplace.language,
            domain_name=marketplace.domain,
        ),
        participation=v1.Participation(
            is_participating=found.is_participating, has_suspended_listings=found.has_suspended_listings
        ),
        store_name=found.store_name,
    )


def _business(business: Business) -> v1.Business:
    return v1.Business(
        name=business.name,
        registered_business_address=_address(business.address),
        company_registration_number=business.registration_number,
        company_tax_identification_number=business.tax_number,
        non_latin_name=business.non_latin_name,
    )


def _contact(contact: Contact) -> v1.PrimaryContact:
    return v1.PrimaryContact(
        name=contact.name, address=_address(contact.address), non_latin_name=contact.non_latin_name
    )


def _address(address: Address) -> v1.Address:
    return v1.Address(
        address_line1=address.line1,
        address_line2=address.line2,
        city=address.city,
        state_or_province_code=address.state,
        postal_code=address.postal_code,
        country_code=address.country_code,
    )
