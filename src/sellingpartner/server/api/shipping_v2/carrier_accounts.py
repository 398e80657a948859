"""Carrier accounts of Shipping v2: what carriers ask for, which are linked, link, unlink."""

from __future__ import annotations

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.shipping_v2 import (
    GetCarrierAccountFormInputs,
    GetCarrierAccountFormInputsResponse,
    GetCarrierAccounts,
    GetCarrierAccountsResponse,
    LinkCarrierAccount,
    LinkCarrierAccountByPost,
    LinkCarrierAccountResponse,
    UnlinkCarrierAccount,
    UnlinkCarrierAccountResponse,
)
from sellingpartner.market.shipping.carriers.businesses import country_of
from sellingpartner.market.shipping.commands import link, unlink
from sellingpartner.market.shipping.own_accounts.rules import AccountKind, Input
from sellingpartner.market.shipping.questions import active_accounts, linkable_in
from sellingpartner.market.shipping.refusals import InvalidRequest
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GetCarrierAccountFormInputs)
def get_carrier_account_form_inputs(
    unit: UnitOfWork, request: GetCarrierAccountFormInputs
) -> GetCarrierAccountFormInputsResponse:
    """What each carrier of the business's country asks for."""
    del unit
    carriers = linkable_in(country_of(request.shipping_business_id))
    return GetCarrierAccountFormInputsResponse(
        linkable_carriers_list=[
            v2.LinkableCarrier(carrier_id=one.carrier_id, linkable_account_types=[_kind(kind) for kind in one.kinds])
            for one in carriers
        ]
    )


@handles(GetCarrierAccounts, reads=True)
def get_carrier_accounts(unit: UnitOfWork, request: GetCarrierAccounts) -> GetCarrierAccountsResponse:
    """The accounts that are linked.

    Differs: whom an integrator acts for (`clientReferenceDetails`) is not looked at: accounts are those of the seller
    who lets the application in. So with all operations of this API.
    """
    linked = active_accounts(unit, country_of(request.shipping_business_id))
    return GetCarrierAccountsResponse(
        active_accounts=[v2.ActiveAccount(account_id=one.account_id, carrier_id=one.carrier_id) for one in linked]
    )


@handles(LinkCarrierAccount)
def link_carrier_account(unit: UnitOfWork, request: LinkCarrierAccount) -> LinkCarrierAccountResponse:
    """Link an account."""
    return _linked(unit, request)


@handles(LinkCarrierAccountByPost)
def link_carrier_account_by_post(unit: UnitOfWork, request: LinkCarrierAccountByPost) -> LinkCarrierAccountResponse:
    """The same, by POST."""
    return _linked(unit, request)


@handles(UnlinkCarrierAccount)
def unlink_carrier_account(unit: UnitOfWork, request: UnlinkCarrierAccount) -> UnlinkCarrierAccountResponse:
    """Unlink an account."""
    unlink(unit, country_of(request.shipping_business_id), request.carrier_id, request.account_id)
    return UnlinkCarrierAccountResponse(is_unlinked=True)


def _linked(unit: UnitOfWork, request: LinkCarrierAccount | LinkCarrierAccountByPost) -> LinkCarrierAccountResponse:
    if request.encrypted_carrier_account_attributes:
        # Differs: which key such attributes are encrypted with is not published.
        details = "encryptedCarrierAccountAttributes cannot be read; send carrierAccountAttributes."
        raise InvalidRequest(details)
    said = [(one.attribute_name or "", one.value or "") for one in request.carrier_account_attributes]
    country = country_of(request.shipping_business_id)
    account = link(unit, country, request.carrier_id, request.carrier_account_type, said)
    return LinkCarrierAccountResponse(
        registration_status=v2.AccountStatus(account.status.value), account_id=account.account_id
    )


def _kind(kind: AccountKind) -> v2.LinkableAccountType:
    return v2.LinkableAccountType(
        account_type=v2.AccountType(kind.account_type), carrier_account_inputs=[_input(one) for one in kind.inputs]
    )


def _input(one: Input) -> v2.CarrierAccountInput:
    checks = [("MIN_LENGTH", str(one.min_length)), ("MAX_LENGTH", str(one.max_length))]
    checks += [] if one.pattern is None else [("REGEX", one.pattern)]
    said = {"MIN_LENGTH": "too short", "MAX_LENGTH": "too long", "REGEX": f"it is {one.form}"}
    return v2.CarrierAccountInput(
        description_localization_key=one.label,
        name=one.name,
        group_name=one.group,
        input_type=v2.InputType.PASSWORD if one.is_masked else v2.InputType.TEXTBOX,
        is_mandatory=one.is_mandatory,
        is_confidential=one.is_confidential,
        is_hidden=False,
        validation_metadata=[
            v2.ValidationMetadata(error_message=f"{one.label}: {said[how]}", validation_strategy=how, value=value)
            for how, value in checks
        ],
    )
