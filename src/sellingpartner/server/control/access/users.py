"""Users: who may sign in."""

from __future__ import annotations

from msgspec import structs

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.accounts import users
from sellingpartner.market.accounts.model import User
from sellingpartner.market.accounts.passwords import chosen_password
from sellingpartner.server.control.desk import Desk


def create_user(desk: Desk, request: v1.CreateUser) -> v1.CreatedUser:
    """Let a person sign in."""
    chosen = chosen_password() if request.password is None else None
    with desk.market.write() as unit:
        user = users.create_user(
            unit,
            request.email,
            request.name or request.email.partition("@")[0],
            request.password or chosen or "",
            by=desk.by,
            seller_id=request.seller_id,
            developer_id=request.developer_id,
            is_primary=request.is_primary is not False,
        )
    return v1.CreatedUser(**structs.asdict(_user(user)), password=chosen)


def list_users(desk: Desk, _request: v1.ListUsers) -> v1.Users:
    """All users."""
    with desk.market.read() as unit:
        return v1.Users(users=[_user(user) for user in users.all_users(unit)])


def set_password(desk: Desk, request: v1.SetPassword) -> v1.CreatedUser:
    """Give a user another password."""
    chosen = chosen_password() if request.password is None else None
    with desk.market.write() as unit:
        users.set_password(unit, request.user_id, request.password or chosen or "", by=desk.by)
        user = users.user_of(unit, request.user_id)
    return v1.CreatedUser(**structs.asdict(_user(user)), password=chosen)


def _user(user: User) -> v1.User:
    return v1.User(
        user_id=user.user_id,
        email=user.email,
        name=user.name,
        seller_id=user.seller_id,
        developer_id=user.developer_id,
        is_primary=user.is_primary,
        created_at=user.created_at,
    )
