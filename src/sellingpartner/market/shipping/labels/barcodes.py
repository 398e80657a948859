"""Code 128 as widths of bars and gaps, QR codes as rows of modules. ReportLab knows how; the first label imports it."""

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


MOST_QR_BYTES = 1200
"""How much text a QR code takes at the level of correction that is used here; the largest takes a little more."""


_CHECKERBOARD = 0
"""By which pattern modules are inverted. Readers take any of the eight; to draw all of them and keep the best takes
five times as long, and a shipment may have hundreds of boxes."""


@lru_cache(maxsize=256)
def qr_code(text: str) -> tuple[str, ...]:
    """A text's QR code at the highest level of correction, row by row: `#` is black."""
    from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel  # noqa: PLC0415 - as above

    code = QRCode(None, QRErrorCorrectLevel.H)
    code.addData(QR8bitByte(text))
    code.version = code.calculate_version()
    code.makeImpl(False, _CHECKERBOARD)  # noqa: FBT003 - the library's own order
    return tuple("".join("#" if dark else " " for dark in row) for row in code.modules)
