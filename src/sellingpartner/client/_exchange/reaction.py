"""What a client does when its grant lacks something or has ended: no call in vain, and the store hears of it."""

from __future__ import annotations

from sellingpartner.client._exchange.context import Call, Context
from sellingpartner.client._exchange.plan import Plan
from sellingpartner.client._exchange.tokens import Tokens
from sellingpartner.client._shells.steps import Steps
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.events import AuthorizationLost
from sellingpartner.client.tokens import login
from sellingpartner.client.tokens.purposes import GRANTLESS
from sellingpartner.contract.errors import AuthorizationRevoked, ScopeMissing


class Reaction:
    """Watches over the grant of one client."""

    def __init__(self, context: Context, tokens: Tokens) -> None:
        self._context = context
        self._tokens = tokens

    def check(self, plan: Plan, call: Call) -> None:
        """Raise what is known without asking anybody: that the grant has ended, or lacks the scope."""
        standing = self._context.standing
        if plan.purpose.kind == GRANTLESS:
            return
        if standing.is_lost:
            raise self._lost(call)
        if plan.scopes and all(standing.lacks(scope, self._context.wall()) for scope in plan.scopes):
            raise self._missing(plan.scopes, call)

    def another_grant(
        self, refused: AuthorizationRevoked | ScopeMissing, credentials: Credentials, call: Call
    ) -> Steps[bool]:
        """Whether there is another grant than the one that was refused, to go on with; else draw the line."""
        context = self._context
        if (yield from context.standing.renewed(credentials)):
            return True
        if isinstance(refused, ScopeMissing):
            # What the token is said to allow was wrong; the next one tells what is left of the grant.
            if not context.standing.lacks(refused.scope, context.wall()):
                self._tokens.forget()
            self._point(refused)
            return False
        why = refused.details or refused.message
        if (yield from context.standing.lose(credentials, why, context.wall())):
            self._tokens.forget()
            context.tell(
                AuthorizationLost(
                    operation=call.operation,
                    seller_id=credentials.seller_id,
                    why=why,
                    authorize_url=refused.authorize_url,
                )
            )
        return False

    def _missing(self, scopes: tuple[str, ...], call: Call) -> ScopeMissing:
        has = ", ".join(self._context.standing.scopes) or "nothing"
        needs = " or ".join(scopes)
        error = ScopeMissing("", message=f"Not sent: the call needs {needs}, and the seller granted {has}.")
        error.scope, error.operation = scopes[0], call.operation
        return error

    def _lost(self, call: Call) -> AuthorizationRevoked:
        error = AuthorizationRevoked("", message="Not sent: the seller's grant has ended.")
        error.operation = call.operation
        error.authorize_url = login.authorize_url(self._context.standing.credentials, self._context.endpoint)
        error.advice = login.advice_to_authorize(error.authorize_url)
        return error

    def _point(self, refused: ScopeMissing) -> None:
        """Say where the scope can be had."""
        standing = self._context.standing
        wanted = dict.fromkeys((*standing.scopes, refused.scope)) if standing.scopes else ()
        refused.authorize_url = login.authorize_url(standing.credentials, self._context.endpoint, *wanted)
        where = f": {refused.authorize_url}" if refused.authorize_url else "."
        refused.advice = f"Ask the seller to authorize the application again, with {refused.scope}{where}"
