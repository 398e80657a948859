"""Sheets as pictures of black and white dots. Pillow draws; it is imported with the first one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from sellingpartner.market.shipping.labels.sheet import INCH, Bars, Box, Diamond, Grid, Mark, Sheet, Text
from sellingpartner.market.shipping.labels.writing import western

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

PRINTED = 203
"""Dots in an inch of most label printers."""

_PAPER, _INK = 1, 0


def as_png(sheets: Sequence[Sheet], dots: int = PRINTED) -> bytes:
    """One picture, the sheets below each other."""
    from PIL import Image  # noqa: PLC0415 - as in the docstring

    drawn = [as_image(sheet, dots) for sheet in sheets]
    whole = Image.new("1", (drawn[0].width, sum(one.height for one in drawn)), _PAPER)
    top = 0
    for one in drawn:
        whole.paste(one, (0, top))
        top += one.height
    kept = BytesIO()
    whole.save(kept, "PNG", dpi=(dots, dots))
    return kept.getvalue()


def as_image(sheet: Sheet, dots: int) -> Image:
    """One sheet."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - as above

    image = Image.new("1", (round(sheet.width / INCH * dots), round(sheet.height / INCH * dots)), _PAPER)
    pen = ImageDraw.Draw(image)
    for mark in sheet.marks:
        _draw(pen, dots / INCH, mark)
    return image


def _draw(pen: ImageDraw, scale: float, mark: Mark) -> None:
    match mark:
        case Text():
            font = _font("VeraBd.ttf" if mark.is_bold else "Vera.ttf", max(round(mark.size * scale * 0.92), 6))
            pen.text((mark.x * scale, mark.y * scale), western(mark.text), fill=_INK, font=font, anchor="ls")
        case Box():
            corner = (mark.x * scale, mark.y * scale)
            pen.rectangle((*corner, corner[0] + mark.width * scale, corner[1] + mark.height * scale), fill=_INK)
        case Diamond():
            _mark_hazmat(pen, scale, mark)
        case Bars():
            dotted = mark.dotted(round(scale * INCH))
            for start, end in dotted.bars:
                edges = (dotted.left + start, dotted.top, dotted.left + end - 1, dotted.top + dotted.height)
                pen.rectangle(edges, fill=_INK)
        case Grid():
            left, top, module = round(mark.x * scale), round(mark.y * scale), mark.module(round(scale * INCH))
            for run in mark.runs:
                corner = (left + run.start * module, top + run.row * module)
                pen.rectangle((*corner, left + run.end * module - 1, corner[1] + module - 1), fill=_INK)


def _mark_hazmat(pen: ImageDraw, scale: float, mark: Diamond) -> None:
    half = mark.size * scale / 2
    x, y = mark.x * scale + half, mark.y * scale + half
    pen.polygon([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], outline=_INK, width=max(int(scale), 1))
    for way in (-1, 1):
        edge, tip = y + way * half * 0.45, y + way * half
        pen.polygon([(x, tip), (x + half * 0.55, edge), (x - half * 0.55, edge)], fill=_INK)


@cache
def _font(name: str, size: int) -> FreeTypeFont:
    """A font that ReportLab brings: Bitstream Vera."""
    from PIL import ImageFont  # noqa: PLC0415 - as above

    return ImageFont.truetype(str(files("reportlab") / "fonts" / name), size)
