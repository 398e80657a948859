"""Says in docs/reports.md which report types the market makes, and why it does not make the others.

    python -m tools.report_types            # write it
    python -m tools.report_types --check    # fail if the page is not as it would be written

Which module makes which type is said in market/reports/families/families.toml, why others are not made in unmade.toml.
"""

from __future__ import annotations

from tools.page_part import ROOT, with_part, write_or_check

from sellingpartner.contract.report_types import REPORT_TYPES, Origin
from sellingpartner.market.reports.kinds import ReportKind, kind_of, made_types, why_not

PAGE = ROOT / "docs" / "reports.md"
TOOL = "tools.report_types"


def table() -> str:
    """The part of the page that is written by this."""
    kinds = [kind for name in made_types() if (kind := kind_of(name)) is not None]
    made = "".join(f"| `{kind.name}` | {_said(kind)} |\n" for kind in kinds)
    known = {kind.name for kind in kinds}
    others = "".join(f"| `{name}` | {why_not(name)} |\n" for name in REPORT_TYPES if name not in known)
    return (
        f"\nThe market makes {len(known)} of {len(REPORT_TYPES)} types:\n\n"
        "| Type | Form | Comes about | About | Of nothing | Options | Personal data | Kept |\n"
        f"|---|---|---|---|---|---|---|---|\n{made}"
        f"\nThe others are refused as unknown ones:\n\n| Type | Because |\n|---|---|\n{others}\n"
    )


def _said(kind: ReportKind) -> str:
    window = kind.window
    if window is None:
        about = "the moment at which it is made"
    else:
        most = "any period" if window.most_days is None else f"a period of {window.most_days} days at most"
        about = most + (", which must be said" if window.required else "")
    if kind.countries is not None:
        about += f" ({', '.join(sorted(kind.countries))} alone)"
    ways = [
        word
        for flag, word in ((Origin.REQUESTED, "asked for"), (Origin.SCHEDULED, "scheduled"))
        if flag in kind.said.origin
    ]
    cells = (
        kind.said.format.value or "TSV",
        " or ".join(ways) or "by Amazon alone",
        about,
        {"CANCELLED": "cancelled", "HEADER": "its columns", "FATAL": "fatal"}[kind.empty.value],
        ", ".join(f"`{name}`" for name in kind.options),
        "yes" if kind.said.is_restricted else "",
        f"{kind.days_kept} days",
    )
    return " | ".join(cells)


def main() -> None:
    """Write the page, or check it."""
    write_or_check(PAGE, TOOL, with_part(PAGE, TOOL, table()))


if __name__ == "__main__":
    main()
