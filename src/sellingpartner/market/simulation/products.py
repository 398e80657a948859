"""Products that nobody makes: titles, bullets, measures, prices and codes of a whole range, from one seed."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from random import Random

from msgspec import Struct, structs

from sellingpartner.market.catalog.identifiers import check_digit
from sellingpartner.market.simulation.product_lines import ProductLine, makers, product_lines
from sellingpartner.market.simulation.products_prices import list_price

# One product in eight is the first of a family of two to six: that is a third of all products.
_FAMILY_CHANCE = 0.135
_FAMILY_SIZES = (2, 3, 3, 4, 4, 5, 6)

# Sales fall with the rank a little faster than 1/rank, but the best sellers are not alone at the top.
_TAIL = 1.05
_HEAD = 8


class Product(Struct, frozen=True, kw_only=True):
    """A thing that is sold, as its maker describes it."""

    product_type: str
    title: str
    noun: str  # what it is
    series: str
    brand: str
    model_number: str
    bullet_points: tuple[str, ...]
    description: str
    browse_node_id: str
    browse_path: tuple[str, ...]  # names, from the department down to the node
    list_price_minor: int  # US cents
    weight_grams: int
    length_mm: int
    width_mm: int
    height_mm: int
    gtin: str  # 12 digits (UPC-A) or 13 (EAN-13, and the ISBN of a book)
    is_book: bool
    country_of_origin: str
    is_hazmat: bool
    is_regulated: bool
    color: str | None = None
    size: str | None = None
    material: str | None = None
    style: str | None = None
    popularity: float = 0.0  # its weight when a buyer chooses; few products have most of it
    parent_key: str | None = None  # the same for all children of a family
    parent_title: str | None = None
    variation_theme: str | None = None  # COLOR, SIZE or SIZE/COLOR


def invent_products(seed: int, count: int) -> list[Product]:
    """A range of products: the same for the same seed and count, with no title and no code twice."""
    return invent_catalog(seed, count, 0)[0]


def invent_catalog(seed: int, count: int, items: int) -> tuple[list[Product], list[Product]]:
    """A range of so many products, and what others make beside it until there are so many items of the catalog.

    The parent of a family is an item as well. No title and no code is there twice.
    """
    chance = Random(seed)  # noqa: S311 - invents a demo, keeps no secret
    inventor = _Inventor(chance)
    products: list[Product] = []
    while len(products) < count:
        products += inventor.next_products(count - len(products))
    products = _wanted(chance, products)
    others: list[Product] = []
    room = items - items_of(products)
    while room > 0:
        fresh = inventor.next_products(max(room - 1, 1))
        others += fresh
        room -= items_of(fresh)
    return products, _wanted(chance, others)


def items_of(products: Sequence[Product]) -> int:
    """How many items of the catalog products are, with the parents of their families."""
    return len(products) + len({product.parent_key for product in products} - {None})


def _wanted(chance: Random, products: Sequence[Product]) -> list[Product]:
    """The products, each as popular as luck has it."""
    count = len(products)
    weights = [1 / (rank + _HEAD) ** _TAIL for rank in range(count)]
    chance.shuffle(weights)
    pairs = zip(products, weights, strict=True)
    return [structs.replace(invented, popularity=weight) for invented, weight in pairs]


class _Inventor:
    """What has been used already, so that nothing comes twice."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._lines = product_lines()
        self._edges = tuple(accumulate(line.share for line in self._lines))
        self._makers = makers()
        every_brand = (brand for brands in self._makers.brands.values() for brand in brands)
        self._companies = {brand: number for number, brand in enumerate(every_brand)}
        self._stems: set[str] = set()
        self._codes: set[str] = set()

    def next_products(self, room: int) -> list[Product]:
        """One product, or a family of at most so many."""
        chance = self._chance
        edges = self._edges
        line = self._lines[bisect(edges, chance.random() * edges[-1], hi=len(edges) - 1)]
        wants_family = bool(line.themes) and chance.random() < _FAMILY_CHANCE
        if room < 2 or not wants_family:  # noqa: PLR2004 - an only child is no family
            return [self._single(line)]
        return list(self._family(line, min(room, chance.choice(_FAMILY_SIZES))))

    def _single(self, line: ProductLine) -> Product:
        chance = self._chance
        model = self._model(line)
        color = chance.choice(line.colors) if line.colors else None
        size = chance.choice(line.sizes) if line.sizes else None
        return structs.replace(
            model,
            title=_full_title(model.title, size, color),
            color=color,
            size=size,
            **self._grown(model, line, size),
        )

    def _family(self, line: ProductLine, wanted: int) -> Iterator[Product]:
        """Children of one model; the theme says what they differ by, and the rest they share."""
        chance = self._chance
        model = self._model(line)
        theme = chance.choice(line.themes)
        shared_color = None if "COLOR" in theme or not line.colors else chance.choice(line.colors)
        shared_size = None if "SIZE" in theme or not line.sizes else chance.choice(line.sizes)
        colors = line.colors if "COLOR" in theme else (shared_color,)
        sizes = line.sizes if "SIZE" in theme else (shared_size,)
        choices = list(product(range(len(sizes)), range(len(colors))))
        for size_at, color_at in sorted(chance.sample(choices, min(wanted, len(choices)))):
            size, color = sizes[size_at], colors[color_at]
            yield structs.replace(
                model,
                title=_full_title(model.title, size, color),
                color=color,
                size=size,
                gtin=self._isbn() if line.is_book else self._gtin(model.brand),
                parent_key=f"{model.brand} {model.model_number}",
                parent_title=_full_title(model.title, shared_size, shared_color),
                variation_theme=theme,
                **self._grown(model, line, size),
            )

    def _model(self, line: ProductLine) -> Product:
        """All that the children of a family share; its title is that of the family."""
        chance = self._chance
        noun, material, style, brand, series, number = self._identity(line)
        features = chance.sample(line.features, chance.randint(3, 5))
        low, high = line.price_cents
        length, width, height = (round(measure * chance.uniform(0.88, 1.15)) for measure in line.measures_mm)
        return Product(
            product_type=line.product_type,
            title=_named(line, brand, series, style, material, noun),
            noun=noun,
            series=series,
            brand=brand,
            model_number=number,
            bullet_points=tuple(_shout(feature) for feature in features),
            description=_description(brand, series, noun, line, features) + " " + chance.choice(self._makers.closings),
            browse_node_id=line.browse_node_id,
            browse_path=line.browse_path,
            list_price_minor=list_price(low * (high / low) ** chance.betavariate(1.6, 2.2), chance),
            weight_grams=chance.randint(*line.weight_grams),
            length_mm=length,
            width_mm=width,
            height_mm=height,
            gtin=self._isbn() if line.is_book else self._gtin(brand),
            is_book=line.is_book,
            country_of_origin=chance.choice(line.origins),
            is_hazmat=line.is_hazmat,
            is_regulated=line.is_regulated,
            material=material,
            style=style,
        )

    def _identity(self, line: ProductLine) -> tuple[str, str | None, str | None, str, str, str]:
        """Noun, material, style, brand, series and model number of a model that is not there yet."""
        chance = self._chance
        while True:
            noun = chance.choice(line.nouns)
            material = chance.choice(line.materials) if line.materials else None
            style = chance.choice(line.styles) if line.styles else None
            brand, series = chance.choice(self._makers.brands[line.department]), chance.choice(self._makers.series)
            number = f"{brand[:2].upper()}{line.product_type[0]}-{chance.randrange(1000, 100_000)}"
            keys = {_named(line, brand, series, style, material, noun), f"{brand} {number}"}
            if self._stems.isdisjoint(keys):
                self._stems |= keys
                return noun, material, style, brand, series, number

    def _gtin(self, brand: str) -> str:
        """A code in the ranges that GS1 gives to nobody: 952 is for examples, UPCs from 4 are for a shop's own use."""
        company = self._companies[brand]
        prefix = f"4{company * 1289 % 100_000:05}" if company % 3 else f"952{company * 127 % 10_000:04}"
        while True:
            digits = f"{prefix}{self._chance.randrange(100_000):05}"
            if digits not in self._codes:
                self._codes.add(digits)
                return digits + check_digit(digits)

    def _isbn(self) -> str:
        """A code in a range of ISBNs that no country has been given: 979-5."""
        while True:
            digits = f"9795{self._chance.randrange(10**8):08}"
            if digits not in self._codes:
                self._codes.add(digits)
                return digits + check_digit(digits)

    def _grown(self, model: Product, line: ProductLine, size: str | None) -> dict[str, int]:
        """Price, weight and measures of the model in one size."""
        step = line.sizes.index(size) if size else 0
        if not step or not line.growth:
            return {}
        factor = 1 + line.growth * step
        return {
            "list_price_minor": list_price(model.list_price_minor * factor, self._chance),
            "weight_grams": round(model.weight_grams * factor),
            "length_mm": round(model.length_mm * factor ** (1 / 3)),
            "width_mm": round(model.width_mm * factor ** (1 / 3)),
            "height_mm": round(model.height_mm * factor ** (1 / 3)),
        }


def _named(line: ProductLine, brand: str, series: str, style: str | None, material: str | None, noun: str) -> str:
    if line.is_book:
        return f"The {series} {noun}" + (f": A {style}" if style else "")
    return " ".join(word for word in (brand, series, style, material, noun) if word)


def _full_title(stem: str, size: str | None, color: str | None) -> str:
    return ", ".join(part for part in (stem, size, color) if part)


def _shout(feature: str) -> str:
    """A bullet as sellers write it, its heading in capitals."""
    heading, colon, sentence = feature.partition(":")
    return f"{heading.upper()}{colon}{sentence}" if colon else feature


def _description(brand: str, series: str, noun: str, line: ProductLine, features: list[str]) -> str:
    """The bullets' sentences once more, as prose."""
    sentences = [feature.partition(": ")[2] or feature for feature in features[:3]]
    prose = " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)
    return f"The {series} {noun} by {brand} is made for {line.use}. {prose}"
