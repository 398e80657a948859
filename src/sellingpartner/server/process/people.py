"""Ready people: somebody who signs in for the seller of the ready credentials, and somebody for the developer."""

from __future__ import annotations

from typing import Unpack

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.market.accounts.passwords import chosen_password
from sellingpartner.market.accounts.users import Belonging, create_user, set_password, user_by_email
from sellingpartner.market.market import Market
from sellingpartner.storage.unit import UnitOfWork

SELLER_EMAIL, DEVELOPER_EMAIL = "seller@market.example", "developer@market.example"


class People(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """Who may sign in, and with what; empty where nobody is known."""

    seller_email: str = ""
    seller_password: str = ""
    developer_email: str = ""
    developer_password: str = ""


def ready_people(market: Market, kept: People, seller_id: str, developer_id: str) -> People:
    """The people that are kept, as far as the market knows them; who is missing is made, or gets another password.

    A password that was changed in the market since is not looked for: whoever changed it knows it.
    """
    with market.write() as unit:
        return People(
            seller_email=SELLER_EMAIL,
            seller_password=_password(unit, SELLER_EMAIL, "Seller", kept.seller_password, seller_id=seller_id),
            developer_email=DEVELOPER_EMAIL,
            developer_password=_password(
                unit, DEVELOPER_EMAIL, "Developer", kept.developer_password, developer_id=developer_id
            ),
        )


def _password(unit: UnitOfWork, email: str, name: str, kept: str, **of: Unpack[Belonging]) -> str:
    user = user_by_email(unit, email)
    if user is not None and kept:
        return kept
    chosen = chosen_password()
    if user is None:
        create_user(unit, email, name, chosen, **of)
    else:
        set_password(unit, user.user_id, chosen)
    return chosen
