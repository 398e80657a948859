"""Units that Amazon sells in bulk for their seller: which may be, and where.

As Amazon says of FBA Liquidations: what is defective, expired or was broken in its centers is not taken, and an order
cannot be taken back.

Assumed: liquidators buy in the countries whose fees Amazon has published, and every seller there may sell to them.
"""

from __future__ import annotations

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import home_marketplace
from sellingpartner.market.inventory.model import DAMAGED, Condition
from sellingpartner.market.removals.model import RemovalKind
from sellingpartner.market.removals.refusals import InvalidRemoval
from sellingpartner.storage.unit import UnitOfWork

COUNTRIES = frozenset({"US", "GB", "DE", "FR", "IT", "ES"})
_NOT_TAKEN = frozenset({Condition.DEFECTIVE, Condition.EXPIRED, Condition.WAREHOUSE_DAMAGED})


def unsellable_for(kind: RemovalKind) -> tuple[Condition, ...]:
    """The conditions in which units that cannot be sold may be removed, in their order."""
    taken = DAMAGED - _NOT_TAKEN if kind is RemovalKind.LIQUIDATION else DAMAGED
    return tuple(sorted(taken))


def check_liquidation(unit: UnitOfWork) -> None:
    """Raise `InvalidRemoval` where nobody buys in bulk."""
    country = MARKETPLACES[home_marketplace(unit).marketplace_id].country_code
    if country not in COUNTRIES:
        known = ", ".join(sorted(COUNTRIES))
        message = f"Amazon has no liquidators in {country}, where the seller is at home; it has some in {known}."
        raise InvalidRemoval(message)
