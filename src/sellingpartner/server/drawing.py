"""Pictures of things that nobody ever photographed: a shape for what it is, its color, its name below.

The same item always has the same picture, and two items rarely do. Pillow draws; it is imported with the first picture.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING
from unicodedata import normalize

import msgspec

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

Color = tuple[int, int, int]

_CANVAS = 1000
_QUALITY = 88
_TITLE_WIDTH, _TITLE_LINES = 46, 2
_PAPER: Color = (252, 251, 248)
_INK: Color = (62, 66, 74)
_PASTELS: tuple[Color, ...] = (
    (94, 129, 172), (163, 190, 140), (208, 135, 112), (180, 142, 173), (235, 180, 110), (120, 160, 160), (191, 97, 106),
)  # fmt: skip


class Sketch(msgspec.Struct, frozen=True):
    """What a picture is made of."""

    asin: str
    product_type: str
    title: str
    color: str
    variant: str


def drawn(sketch: Sketch, size: int) -> bytes:
    """A picture as a JPEG of so many pixels in each direction."""
    from PIL import Image, ImageDraw, ImageFilter  # noqa: PLC0415 - takes longer to import than a market to open

    tone = _tone(sketch)
    if sketch.variant == "SWCH":
        image = Image.new("RGB", (_CANVAS, _CANVAS), tone)
        _weave(ImageDraw.Draw(image), tone)
    else:
        view = _number(sketch, "view") % 5 if sketch.variant != "MAIN" else 0
        shadow = Image.new("RGB", (_CANVAS // 5, _CANVAS // 5), _mixed(tone, _PAPER, 0.82) if view else _PAPER)
        ImageDraw.Draw(shadow).ellipse((50, 147, 150, 159), fill=_mixed(tone, (200, 200, 200), 0.75))
        image = shadow.filter(ImageFilter.GaussianBlur(3)).resize((_CANVAS, _CANVAS), Image.Resampling.BICUBIC)
        pen = ImageDraw.Draw(image)
        _shape_of(sketch.product_type)(pen, tone)
        _written(pen, sketch, view)
    if size != _CANVAS:
        image = image.resize((size, size), Image.Resampling.LANCZOS)
    kept = BytesIO()
    image.save(kept, "JPEG", quality=_QUALITY)
    return kept.getvalue()


def _tone(sketch: Sketch) -> Color:
    """The color that the item names, if it is one that has a name; else one of its own."""
    from PIL.ImageColor import colormap, getrgb  # noqa: PLC0415 - as above

    words = sketch.color.lower().replace("-", " ").split()
    for word in ("".join(words), *reversed(words)):
        if word in colormap:
            red, green, blue = getrgb(word)[:3]
            return _mixed((red, green, blue), (128, 128, 128), 0.25)
    return _PASTELS[_number(sketch, "tone") % len(_PASTELS)]


def _number(sketch: Sketch, purpose: str) -> int:
    variant = sketch.variant if purpose == "view" else ""
    told = f"{purpose}/{sketch.asin}/{variant}/{sketch.color}"
    return int.from_bytes(blake2b(told.encode(), digest_size=4).digest())


def _mixed(one: Color, other: Color, share: float) -> Color:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _written(pen: ImageDraw, sketch: Sketch, view: int) -> None:
    """Differs: Pillow's own font has ASCII alone, so accents are left out, and other scripts."""
    from PIL import ImageFont  # noqa: PLC0415 - as above

    title = normalize("NFKD", sketch.title).encode("ascii", "ignore").decode()
    lines = wrap(title, _TITLE_WIDTH, max_lines=_TITLE_LINES, placeholder=" ...")
    for place, line in enumerate(lines):
        pen.text((500, 862 + 44 * place), line, fill=_INK, font=ImageFont.load_default(34), anchor="mm")
    if view:
        pen.text((500, 60), f"{sketch.variant} · view {view}", fill=_INK, font=ImageFont.load_default(26), anchor="mm")


def _weave(pen: ImageDraw, tone: Color) -> None:
    light = _mixed(tone, (255, 255, 255), 0.12)
    for at in range(0, 2 * _CANVAS, 24):
        pen.line((at, 0, at - _CANVAS, _CANVAS), fill=light, width=5)


Shape = Callable[["ImageDraw", Color], None]


def _mug(pen: ImageDraw, tone: Color) -> None:
    dark = _mixed(tone, (0, 0, 0), 0.3)
    pen.ellipse((600, 360, 790, 620), outline=dark, width=38)
    pen.rounded_rectangle((280, 270, 660, 760), radius=60, fill=tone)
    pen.ellipse((280, 235, 660, 320), fill=_mixed(tone, (255, 255, 255), 0.35))
    pen.ellipse((305, 250, 635, 308), fill=dark)


def _bottle(pen: ImageDraw, tone: Color) -> None:
    pen.rounded_rectangle((380, 300, 620, 770), radius=70, fill=tone)
    pen.rectangle((440, 190, 560, 330), fill=tone)
    pen.rounded_rectangle((425, 130, 575, 215), radius=18, fill=_mixed(tone, (0, 0, 0), 0.4))
    pen.rounded_rectangle((395, 430, 605, 620), radius=16, fill=_mixed(tone, (255, 255, 255), 0.7))


def _garment(pen: ImageDraw, tone: Color) -> None:
    outline = [(390, 210), (610, 210), (810, 330), (740, 450), (660, 405), (660, 765), (340, 765), (340, 405)]
    pen.polygon([*outline, (260, 450), (190, 330)], fill=tone)
    pen.chord((410, 150, 590, 270), 0, 180, fill=_mixed(tone, (0, 0, 0), 0.3))


def _book(pen: ImageDraw, tone: Color) -> None:
    pen.polygon([(330, 220), (690, 200), (690, 740), (330, 770)], fill=tone)
    pen.polygon([(690, 200), (730, 225), (730, 755), (690, 740)], fill=(236, 232, 222))
    pen.polygon([(290, 245), (330, 220), (330, 770), (290, 780)], fill=_mixed(tone, (0, 0, 0), 0.3))
    pen.rectangle((395, 330, 630, 350), fill=_mixed(tone, (255, 255, 255), 0.6))
    pen.rectangle((395, 375, 560, 390), fill=_mixed(tone, (255, 255, 255), 0.6))


def _bag(pen: ImageDraw, tone: Color) -> None:
    pen.arc((400, 150, 600, 380), 180, 360, fill=_mixed(tone, (0, 0, 0), 0.4), width=30)
    pen.rounded_rectangle((280, 260, 720, 770), radius=90, fill=tone)
    pen.rounded_rectangle((340, 500, 660, 720), radius=40, fill=_mixed(tone, (0, 0, 0), 0.2))


def _device(pen: ImageDraw, tone: Color) -> None:
    pen.rounded_rectangle((230, 330, 770, 760), radius=50, fill=_mixed(tone, (30, 30, 34), 0.6))
    pen.ellipse((310, 430, 520, 640), fill=tone)
    pen.ellipse((370, 490, 460, 580), fill=_mixed(tone, (255, 255, 255), 0.5))
    for row in range(3):
        pen.rounded_rectangle((580, 440 + 75 * row, 700, 480 + 75 * row), radius=12, fill=tone)


def _toy(pen: ImageDraw, tone: Color) -> None:
    pen.rounded_rectangle((280, 520, 500, 760), radius=20, fill=tone)
    pen.rounded_rectangle((510, 520, 730, 760), radius=20, fill=_mixed(tone, (255, 255, 255), 0.4))
    pen.polygon([(395, 510), (615, 510), (505, 290)], fill=_mixed(tone, (0, 0, 0), 0.25))
    pen.ellipse((455, 190, 555, 290), fill=tone)


def _cushion(pen: ImageDraw, tone: Color) -> None:
    pen.rounded_rectangle((210, 330, 790, 770), radius=130, fill=tone)
    pen.rounded_rectangle((265, 380, 735, 720), radius=95, outline=_mixed(tone, (255, 255, 255), 0.4), width=10)


def _box(pen: ImageDraw, tone: Color) -> None:
    pen.polygon([(500, 220), (780, 340), (500, 460), (220, 340)], fill=_mixed(tone, (255, 255, 255), 0.35))
    pen.polygon([(220, 340), (500, 460), (500, 780), (220, 660)], fill=tone)
    pen.polygon([(780, 340), (500, 460), (500, 780), (780, 660)], fill=_mixed(tone, (0, 0, 0), 0.25))


_SHAPES: dict[Shape, tuple[str, ...]] = {
    _mug: ("MUG", "DRINKING_CUP", "PLANTER", "CANDLE", "SAUTE_FRY_PAN"),
    _bottle: ("BOTTLE", "VITAMIN", "NAIL_POLISH", "PET_HEALTH_CARE", "LAMP", "FLASHLIGHT"),
    _garment: ("SHIRT", "SWEATSHIRT", "DRESS", "SOCKS", "HAT"),
    _book: ("ABIS_BOOK", "NOTEBOOK", "WALLET"),
    _bag: ("BACKPACK", "LUGGAGE", "COFFEE", "TEA"),
    _device: ("HEADPHONES", "SPEAKERS", "POWER_BANK", "KEYBOARDS", "CHARGING_ADAPTER", "CLOCK"),
    _toy: ("TOY_BUILDING_BLOCK", "STUFFED_TOY", "PET_TOY", "PUZZLES", "BOARD_GAME"),
    _cushion: ("PILLOW", "PET_BED_MAT", "TOWEL", "BED_LINEN_SET", "EXERCISE_MAT"),
}
_BY_TYPE = {name: shape for shape, names in _SHAPES.items() for name in names}


def _shape_of(product_type: str) -> Shape:
    return _BY_TYPE.get(product_type, _box)
