"""Code 128 as widths of bars and gaps. ReportLab knows how; it is imported with the first label."""

from __future__ import annotations

from functools import lru_cache

_FIRST = ord("a") - 1


@lru_cache(maxsize=256)
def code_128(text: str) -> tuple[int, ...]:
    """The widths of a text's bars and gaps by turns, beginning and ending with a bar."""
    from reportlab.graphics.barcode.code128 import Code128Auto  # noqa: PLC0415 - takes 0.2 s

    code = Code128Auto(text, quiet=0)
    code.validate()
    code.encode()
    code.decompose()
    return tuple(ord(letter) - _FIRST for letter in code.decomposed.lower())
