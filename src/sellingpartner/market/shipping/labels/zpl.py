"""Sheets in ZPL II, the language of label printers: texts as texts, barcodes as the dots that are to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sellingpartner.market.shipping.labels.sheet import INCH, Bars, Box, Diamond, Grid, Mark, Sheet, Text

_ESCAPED = str.maketrans({letter: f"_{ord(letter):02X}" for letter in "^~_"})


def as_zpl(sheets: Sequence[Sheet], dots: int) -> bytes:
    """A label for each sheet, for a printer with so many dots in an inch."""
    return "".join(_label(sheet, dots) for sheet in sheets).encode()


def _label(sheet: Sheet, dots: int) -> str:
    scale = dots / INCH
    lines = ["^XA", "^CI28", f"^PW{round(sheet.width * scale)}", f"^LL{round(sheet.height * scale)}", "^LH0,0"]
    for mark in sheet.marks:
        lines.extend(_commands(mark, scale))
    return "\n".join([*lines, "^XZ", ""])


def _commands(mark: Mark, scale: float) -> Iterator[str]:
    match mark:
        case Text():
            high, x = round(mark.size * scale), round(mark.x * scale)
            wide = round(high * (0.62 if mark.is_bold else 0.55))
            text = " ".join(mark.text.split()).translate(_ESCAPED)
            yield f"^FO{x},{round(mark.y * scale) - round(high * 0.8)}^A0N,{high},{wide}^FH_^FD{text}^FS"
        case Box():
            high, wide = max(round(mark.height * scale), 1), max(round(mark.width * scale), 1)
            yield f"^FO{round(mark.x * scale)},{round(mark.y * scale)}^GB{wide},{high},{min(high, wide)}^FS"
        case Diamond():
            yield from _diamond(mark, scale)
        case Bars():
            yield _bars(mark, scale)
        case Grid():
            yield _grid(mark, scale)


def _diamond(mark: Diamond, scale: float) -> Iterator[str]:
    half, x, y = round(mark.size * scale / 2), round(mark.x * scale), round(mark.y * scale)
    for left, top, way in ((x, y, "R"), (x + half, y, "L"), (x, y + half, "L"), (x + half, y + half, "R")):
        yield f"^FO{left},{top}^GD{half},{half},{max(round(scale * 2), 1)},B,{way}^FS"
    yield f"^FO{x + half - round(half * 0.35)},{y + half - round(half * 0.3)}^A0N,{half},{half // 2}^FDLQ^FS"


def _bars(mark: Bars, scale: float) -> str:
    """A graphic field: each row of dots is the same, so one after the first says only so (`:`)."""
    dotted = mark.dotted(round(scale * INCH))
    in_row = (dotted.width + 7) // 8
    row = sum(((1 << (end - start)) - 1) << (in_row * 8 - end) for start, end in dotted.bars)
    dots = f"{row:0{in_row * 2}X}" + ":" * (dotted.height - 1)
    total = in_row * dotted.height
    return f"^FO{dotted.left},{dotted.top}^GFA,{total},{total},{in_row},{dots}^FS"


def _grid(mark: Grid, scale: float) -> str:
    """A graphic field as well: each row of modules is so many rows of dots."""
    module = mark.module(round(scale * INCH))
    wide = mark.count * module
    in_row = (wide + 7) // 8
    rows = [0] * mark.count
    for run in mark.runs:
        start, end = run.start * module, run.end * module
        rows[run.row] |= ((1 << (end - start)) - 1) << (in_row * 8 - end)
    dots = "".join(f"{row:0{in_row * 2}X}" + ":" * (module - 1) for row in rows)
    total = in_row * wide
    return f"^FO{round(mark.x * scale)},{round(mark.y * scale)}^GFA,{total},{total},{in_row},{dots}^FS"
