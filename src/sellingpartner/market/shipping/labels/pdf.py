"""Sheets as a PDF. The same sheets are always the same bytes: nothing in it tells when it was made."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from sellingpartner.market.shipping.labels.sheet import QUIET, Bars, Box, Diamond, Grid, Mark, Sheet, Text
from sellingpartner.market.shipping.labels.writing import is_japanese, is_western, western

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_JAPANESE = "HeiseiKakuGo-W5"


def as_pdf(sheets: Sequence[Sheet], title: str) -> bytes:
    """A page for each sheet."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - takes 0.2 s to import

    kept = BytesIO()
    canvas = Canvas(kept, pagesize=(sheets[0].width, sheets[0].height), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        for mark in sheet.marks:
            _draw(canvas, sheet.height, mark)
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def _draw(canvas: Canvas, height: float, mark: Mark) -> None:
    match mark:
        case Text():
            _write(canvas, height, mark)
        case Box():
            canvas.rect(mark.x, height - mark.y - mark.height, mark.width, mark.height, stroke=0, fill=1)
        case Diamond():
            _mark_hazmat(canvas, height, mark)
        case Bars():
            module = mark.width / mark.count
            at = mark.x + QUIET * module
            for place, wide in enumerate(mark.modules):
                if place % 2 == 0:
                    canvas.rect(at, height - mark.y - mark.height, wide * module, mark.height, stroke=0, fill=1)
                at += wide * module
        case Grid():
            module = mark.size / mark.count
            for run in mark.runs:
                left, bottom = mark.x + run.start * module, height - mark.y - (run.row + 1) * module
                canvas.rect(left, bottom, (run.end - run.start) * module, module, stroke=0, fill=1)


def _write(canvas: Canvas, height: float, mark: Text) -> None:
    text, font = mark.text, "Helvetica-Bold" if mark.is_bold else "Helvetica"
    if not is_western(text):
        if is_japanese(text):
            font = _japanese()
        else:
            text = western(text)
    canvas.setFont(font, mark.size)
    canvas.drawString(mark.x, height - mark.y, text)


def _japanese() -> str:
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: PLC0415 - few labels need it
    from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames, registerFont  # noqa: PLC0415 - as above

    if _JAPANESE not in getRegisteredFontNames():
        registerFont(UnicodeCIDFont(_JAPANESE))
    return _JAPANESE


def _mark_hazmat(canvas: Canvas, height: float, mark: Diamond) -> None:
    half = mark.size / 2
    x, y = mark.x + half, height - mark.y - half
    for tip, base in ((half, half * 0.45), (-half, -half * 0.45)):
        path = canvas.beginPath()
        path.moveTo(x, y + tip)
        path.lineTo(x + half - abs(base), y + base)
        path.lineTo(x - half + abs(base), y + base)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    path = canvas.beginPath()
    path.moveTo(x, y + half)
    for corner in ((x + half, y), (x, y - half), (x - half, y)):
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=1, fill=0)
