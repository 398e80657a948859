"""Labels, drawn and read again by a scanner's eye."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing

import msgspec
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from zebrafy.zebrafy_zpl import ZebrafyZPL

from sellingpartner.market.shipping.carriers.services import carriers
from sellingpartner.market.shipping.labels.documents import Document, drawn
from sellingpartner.market.shipping.labels.layout import A6_LIKE, FOUR_BY_SIX, Subject

FORMATS = ("PDF", "PNG", "ZPL203", "ZPL300")
SUBJECT = Subject(
    paper=FOUR_BY_SIX,
    carrier="UPS",
    service="UPS Ground",
    tracking_id="1Z17E2100206868939",
    order_id="111-1111111-1111111",
    sender=("Harbor Goods", "300 Turnbull Ave", "Detroit MI 48123", "US"),
    recipient=("Zoë Müller", "12 Larch Lane", "Portland OR 97205", "US"),
    weight="0.567 kg",
    ships_on="2026-11-02",
    is_hazmat=True,
)


def pictures_of(document: Document) -> Iterator[Image.Image]:
    """What of a document a scanner sees: a page, a picture, the dots that a printer is told."""
    match document.media_type:
        case "application/pdf":
            with closing(pypdfium2.PdfDocument(document.content)) as pdf:
                for page in pdf:
                    yield page.render(scale=203 / 72).to_pil()
        case "image/png":
            yield Image.open(io.BytesIO(document.content))
        case _:
            yield from ZebrafyZPL(document.content.decode()).to_images()


def scanned(document: Document) -> list[str]:
    return [code.text for one in pictures_of(document) for code in zxingcpp.read_barcodes(one.convert("L"))]


def text_of(document: Document) -> str:
    with closing(pypdfium2.PdfDocument(document.content)) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.mark.parametrize("label_format", FORMATS)
@pytest.mark.parametrize("form", sorted({carrier.tracking for carrier in carriers()}))
def test_the_tracking_number_of_every_carrier_can_be_scanned(form: str, label_format: str) -> None:
    number = form.replace("#", "7").replace("%", "K")
    paper = FOUR_BY_SIX if form.startswith("1Z") else A6_LIKE

    document = drawn(msgspec.structs.replace(SUBJECT, tracking_id=number, paper=paper), label_format)

    assert scanned(document) == [number]


@pytest.mark.parametrize("label_format", FORMATS)
def test_the_same_label_is_always_the_same_bytes(label_format: str) -> None:
    assert drawn(SUBJECT, label_format) == drawn(SUBJECT, label_format)


def test_a_pdf_tells_its_texts_in_latin_and_japanese_letters() -> None:
    japanese = msgspec.structs.replace(SUBJECT, recipient=("山田 太郎", "千代田区一番町", "100-0001 東京都", "JP"))

    assert "Zoë Müller" in text_of(drawn(SUBJECT, "PDF"))
    assert "山田 太郎" in text_of(drawn(japanese, "PDF"))
    assert "Lodz Novak ?" in text_of(
        drawn(msgspec.structs.replace(SUBJECT, recipient=("Lodz Nov\u0101k \u0416",)), "PDF")
    )


def test_a_packing_slip_is_a_page_of_its_own() -> None:
    slipped = msgspec.structs.replace(SUBJECT, slip=((2, "MUG-BLUE", "Stoneware Mug, Blue"),) * 30)

    with closing(pypdfium2.PdfDocument(drawn(slipped, "PDF").content)) as pdf:
        assert len(pdf) == 2
    assert "2 x MUG-BLUE" in text_of(drawn(slipped, "PDF"))
    assert drawn(slipped, "ZPL203").content.count(b"^XA") == 2


def test_what_a_printer_would_take_for_a_command_is_printed() -> None:
    zpl = drawn(msgspec.structs.replace(SUBJECT, custom_text="BIN^XZ~7_"), "ZPL203").content.decode()

    assert "^FDBIN_5EXZ_7E7_5F^FS" in zpl
    assert zpl.count("^XZ") == 1
