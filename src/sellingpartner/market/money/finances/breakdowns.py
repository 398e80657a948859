"""Breakdowns: what a transaction is made of, as a tree of sums, out of the paths of its components."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sellingpartner.market.money.ledger.components import Component, components
from sellingpartner.market.money.ledger.model import Entry, EntryKind, Posting

_BASE, _TAX = "Base", "Tax"


@dataclass
class Branch:
    """A sum, and what it is the sum of."""

    name: str
    minor: int = 0
    parts: dict[str, Branch] = field(default_factory=dict)
    splits_fee: bool = False
    """Whether it is the base of a fee, or the tax on it: the ends of their branch."""

    def add(self, path: tuple[str, ...], minor: int) -> None:
        """Add an amount along a path below."""
        self.minor += minor
        if path:
            self.parts.setdefault(path[0], Branch(path[0])).add(path[1:], minor)


def tree_of(legs: Iterable[Posting]) -> list[Branch]:
    """The parts of legs, by their effect on the seller; a fee that is taxed has a base and a tax."""
    known, root = components(), Branch("")
    said = [(known[leg.component], leg) for leg in legs]
    taxed = {component.tax_of for component, _ in said if component.tax_of is not None}
    for component, leg in said:
        path = _path(component, is_taxed=component.key in taxed)
        root.add(path, _effect(component, leg))
    _mark(root)
    return list(root.parts.values())


def sales_and_expenses(parts: Iterable[Branch]) -> list[Branch]:
    """The two sums of a transaction: of what is above zero, and of what is below; both are there, if of nothing."""
    sales, expenses = Branch("Sales"), Branch("Expenses")
    for part in parts:
        if part.minor:
            side = sales if part.minor > 0 else expenses
            side.minor += part.minor
            side.parts[part.name] = Branch(part.name, part.minor)
    return [sales, expenses]


def total_of(entry: Entry) -> int:
    """What a transaction comes to.

    Assumed: in listTransactions a transfer is above zero, as the part that it consists of is.
    """
    return -entry.total_minor if entry.kind == EntryKind.TRANSFER else entry.total_minor


def _effect(component: Component, leg: Posting) -> int:
    return -leg.effect if component.key == "FundTransfer" else leg.effect


def _path(component: Component, *, is_taxed: bool) -> tuple[str, ...]:
    return (*component.path, _BASE) if is_taxed else component.path


def _mark(branch: Branch) -> None:
    for part in branch.parts.values():
        part.splits_fee = part.name == _BASE or (part.name == _TAX and _BASE in branch.parts)
        _mark(part)
