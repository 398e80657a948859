"""A part of a page of the docs that a tool writes, between two marks; and the two ways to run such a tool."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
END = "<!-- Until here. -->\n"


def with_part(page: Path, tool: str, part: str, *, about: str = "", text: str | None = None) -> str:
    """The page with this in the place that the tool writes: in `text`, if it is not as it lies on the disk.

    Where a tool writes several places of a page, each says what it is about.
    """
    begin = f"<!-- Written by `python -m {tool}`{about and f', of {about}'}. -->\n"
    place = re.compile(f"(?<={re.escape(begin)}).*?(?={re.escape(END)})", re.DOTALL)
    said, times = place.subn(lambda _: part, page.read_text(encoding="utf-8") if text is None else text)
    if times != 1:
        sys.exit(f"{page.name} has no place for it: {begin.strip()} and {END.strip()}, each on a line, once.")
    return said


def write_or_check(page: Path, tool: str, wanted: str) -> None:
    """Write the page; with --check, end with an error if it is another."""
    if "--check" not in sys.argv[1:]:
        page.write_text(wanted, encoding="utf-8")
    elif not page.exists() or page.read_text(encoding="utf-8") != wanted:
        sys.exit(f"{page.relative_to(ROOT)} is not what the source says; write it anew: python -m {tool}")
