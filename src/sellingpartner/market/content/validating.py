"""Whether a content document may be, and whether it may be shown on certain items."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from io import BytesIO
from re import fullmatch

from PIL import Image

from sellingpartner.contract.aplus_content_2020_11_01 import ContentDocument
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.content.model import Problem
from sellingpartner.market.content.rules import Placed, asins_named_in, form_problems, images_of
from sellingpartner.market.documents.uploads import CONTENTS, attachable, content_of
from sellingpartner.market.listings.questions import stated_of
from sellingpartner.storage.unit import UnitOfWork

NOT_FOUND, NOT_ELIGIBLE = "CATALOG_NOT_FOUND", "BRAND_NOT_ELIGIBLE"
_LOCALE = r"[a-z]{2,}-[A-Z0-9]{2,}"


def problems_of(unit: UnitOfWork, marketplace_id: str, document: ContentDocument) -> list[Problem]:
    """What is against a document itself."""
    return [
        *_locale_problems(marketplace_id, document.locale),
        *form_problems(document),
        *(problem for image in images_of(document) if (problem := _image_problem(unit, image)) is not None),
        *(
            Problem(code=NOT_FOUND, message="The catalog has no such item.", details=f"{asin} is compared with.")
            for asin in sorted(asins_named_in(document))
            if not _is_in(unit, asin, marketplace_id)
        ),
    ]


def problems_with(unit: UnitOfWork, marketplace_id: str, asins: Collection[str]) -> list[Problem]:
    """What is against showing content of this unit's seller on some items, in the order of ASIN."""
    found = []
    for asin in sorted(set(asins)):
        badge = badge_of(unit, marketplace_id, asin)
        if badge is not None:
            message = (
                "The catalog has no such item." if badge == NOT_FOUND else "The item is not of the seller's own brand."
            )
            found.append(Problem(code=badge, message=message, details=f"{asin} in {marketplace_id}."))
    return found


def badge_of(unit: UnitOfWork, marketplace_id: str, asin: str) -> str | None:
    """Why content of this unit's seller cannot be shown on an item; None if it can.

    Assumed: a brand is the seller's own for each item that the seller lists; who registered a brand is not kept.
    """
    if not _is_in(unit, asin, marketplace_id):
        return NOT_FOUND
    return None if stated_of(unit, asin, marketplace_id) else NOT_ELIGIBLE


def refuse(problems: Collection[Problem]) -> None:
    """Raise `InvalidInput` with the first of these problems, and how many more there are."""
    if not problems:
        return
    first, *others = problems
    more = f" And {len(others)} more." if others else ""
    raise InvalidInput(f"{first.message}{more}", details=f"{first.code}: {first.details}")


def _locale_problems(marketplace_id: str, locale: str) -> Iterator[Problem]:
    """Assumed: the region of a locale is the marketplace's country; its language may be any."""
    country = MARKETPLACES[marketplace_id].country_code
    if fullmatch(_LOCALE, locale) is None or locale.split("-")[1] != country:
        example = MARKETPLACES[marketplace_id].language.replace("_", "-")
        message = f"The locale must be a language of the marketplace, such as {example}."
        yield Problem(code="INVALID_LOCALE", message=message, details=f"locale is {locale[:20]!r}.")


def _image_problem(unit: UnitOfWork, image: Placed) -> Problem | None:
    try:
        attachable(unit, image.upload_destination_id, resource=CONTENTS)
        width, height = _size(content_of(unit, image.upload_destination_id))
    except (InvalidInput, NotFound) as refusal:
        return Problem(code="IMAGE_NOT_FOUND", message=refusal.message, details=f"{image.place} needs it.")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        message = "What was uploaded is no image that can be read."
        return Problem(code="IMAGE_NOT_READABLE", message=message, details=f"{image.place} needs one.")
    if width < image.width or height < image.height:
        message = f"The image must have {image.width} by {image.height} pixels at least."
        return Problem(code="IMAGE_TOO_SMALL", message=message, details=f"{image.place} has {width} by {height}.")
    return None


def _size(content: bytes) -> tuple[int, int]:
    """How large an image is, by its head alone."""
    with Image.open(BytesIO(content)) as image:
        return image.size


def _is_in(unit: UnitOfWork, asin: str, marketplace_id: str) -> bool:
    item = found_item(unit, asin)
    return item is not None and item.is_in(marketplace_id)
