"""What must not reach a terminal from a text that somebody else wrote.

A terminal obeys control characters: they move the cursor, change colors, retitle the window, hide a line or make
another one up. Others are invisible and turn a text around, or make two names look alike. They are shown as escapes
instead, which JSON's readers read back as what they were.
"""

from __future__ import annotations

import re

# C0, DEL and C1; marks and controls of direction; spaces of no width, separators of lines and paragraphs; invisible
# operators, annotation marks, tags; halves of characters. Joiners stay: scripts and pictures are written with them.
_OTHERS = (
    "\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
)
_ON_ONE_LINE = re.compile(f"[\x00-\x1f{_OTHERS}]")
_ON_LINES = re.compile(f"[\x00-\x08\x0b-\x1f{_OTHERS}]")


def harmless(text: str, *, lines: bool = False) -> str:
    """A text with every such character as an escape; `lines` leaves line breaks and tabs where they are."""
    return (_ON_LINES if lines else _ON_ONE_LINE).sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    """The form that JSON has for it too."""
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
