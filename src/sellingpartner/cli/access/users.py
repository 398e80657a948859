"""`spapi user`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_facts, print_json, print_table
from sellingpartner.contract.market_v1 import CreatedUser, CreateUser, ListUsers, SetPassword, User

app = App(name="user", help="People who sign in to the console, for a seller or for a developer.")


@app.command
def create(
    email: str,
    *,
    name: str | None = None,
    seller: str | None = None,
    developer: str | None = None,
    password: Annotated[str | None, Parameter(env_var="SPAPI_PASSWORD")] = None,
    not_primary: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """Let a person sign in; a password that the market chooses is shown this once.

    Args:
        email: The person's email address.
        name: What the person is called; what stands before the @ unless said.
        seller: The seller that the person acts for, by its id.
        developer: The developer that the person acts for, by its id.
        password: 12 to 256 characters; the market chooses one unless said. Better in SPAPI_PASSWORD than on the line.
        not_primary: Not the seller's primary user, and so not one who may let applications in.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(
        CreateUser(
            email=email,
            name=name,
            password=password,
            seller_id=seller,
            developer_id=developer,
            is_primary=not not_primary,
        )
    )
    _print(to, answer)


@app.command(name="list")
def list_users(*, to: Connection | None = None) -> None:
    """List the users."""
    to = to or Connection()
    answer = to.send(ListUsers())
    if to.json:
        print_json(answer)
    else:
        print_table(
            ("Email", "Name", "Acts for", "Primary", "Created"),
            [
                (one.email, one.name, _acts_for(one), "yes" if one.is_primary else "no", one.created_at)
                for one in answer.users
            ],
            empty="Nobody can sign in yet.",
        )


@app.command
def password(
    email: str,
    *,
    password: Annotated[str | None, Parameter(env_var="SPAPI_PASSWORD")] = None,
    to: Connection | None = None,
) -> None:
    """Give a user another password; whoever is signed in with the one before is signed out.

    Args:
        email: The user's email address.
        password: 12 to 256 characters; the market chooses one unless said. Better in SPAPI_PASSWORD than on the line.
        to: Which market.
    """
    to = to or Connection()
    found = [one for one in to.send(ListUsers()).users if one.email.casefold() == email.casefold()]
    if not found:
        message = f"There is no user {email}; spapi user list shows who there is."
        raise CannotDo(message)
    _print(to, to.send(SetPassword(user_id=found[0].user_id, password=password)))


def _print(to: Connection, user: CreatedUser) -> None:
    if to.json:
        print_json(user)
        return
    facts: list[tuple[str, object]] = [("User", user.user_id), ("Email", user.email), ("Acts for", _acts_for(user))]
    print_facts([*facts, *([("Password", user.password)] if user.password else [])])


def _acts_for(user: User) -> list[str]:
    return [one for one in (user.seller_id, user.developer_id) if one]
