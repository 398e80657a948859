"""Says in docs/feeds.md which feed types the market carries out, and why it does not carry out the others.

    python -m tools.feed_types            # write it
    python -m tools.feed_types --check    # fail if the page is not as it would be written

Which module carries out which type is said in market/feeds/families/families.toml, why others are not in unmade.toml.
"""

from __future__ import annotations

from tools.page_part import ROOT, with_part, write_or_check

from sellingpartner.contract.feed_types import FEED_TYPES
from sellingpartner.market.feeds.kinds import FeedKind, Form, kind_of, made_types, why_not

PAGE = ROOT / "docs" / "feeds.md"
TOOL = "tools.feed_types"
_FORMS = {
    Form.XML: "ProcessingReport",
    Form.FLAT_OF_ORDERS: "summary and table",
    Form.FLAT: "summary and table",
    Form.JSON: "JSON",
}


def table() -> str:
    """The part of the page that is written by this."""
    kinds = [kind for name in made_types() if (kind := kind_of(name)) is not None]
    made = "".join(f"| `{kind.name}` | {_said(kind)} |\n" for kind in kinds)
    known = {kind.name for kind in kinds}
    others = "".join(f"| `{name}` | {_why(name)} |\n" for name in FEED_TYPES if name not in known)
    return (
        f"\nThe market carries out {len(known)} of {len(FEED_TYPES)} types:\n\n"
        f"| Type | Sent as | Scope | Options | Result |\n|---|---|---|---|---|\n{made}"
        f"\nThe others are refused:\n\n| Type | Because |\n|---|---|\n{others}\n"
    )


def _said(kind: FeedKind) -> str:
    options = ", ".join(f"`{name}`" for name in kind.options)
    return f"{kind.said.content_type} | `{kind.said.scope}` | {options} | {_FORMS[kind.form]}"


def _why(name: str) -> str:
    return "Amazon has removed it" if FEED_TYPES[name].is_removed else why_not(name)


def main() -> None:
    """Write the page, or check it."""
    write_or_check(PAGE, TOOL, with_part(PAGE, TOOL, table()))


if __name__ == "__main__":
    main()
