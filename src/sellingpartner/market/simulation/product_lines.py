"""The form of a product line, and the invented brands that make them: what `products` draws its products from.

A line is a kind of thing that a seller may have many of: mugs, backpacks, pet toys. Its numbers (price, weight,
measures) are ranges of what such a thing has, and its words are put together into titles, bullets and descriptions.
"""

from __future__ import annotations

from msgspec import Struct


class ProductLine(Struct, frozen=True, kw_only=True):
    """A kind of thing that is sold, with all that a product of it may be."""

    product_type: str
    department: str  # whose brands make it: a key of BRANDS
    browse_path: tuple[str, ...]
    browse_node_id: str
    nouns: tuple[str, ...]
    use: str  # completes "made for ..."
    features: tuple[str, ...]  # "Heading: sentence", at least five
    price_cents: tuple[int, int]
    weight_grams: tuple[int, int]
    measures_mm: tuple[int, int, int]  # of a middling one
    colors: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()  # smallest first
    materials: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()  # what the children of a family may differ by
    growth: float = 0.0  # how much more a child costs and weighs for each step in size
    origins: tuple[str, ...] = ("CN",)
    share: float = 1.0  # of a seller's range, against the other lines
    is_hazmat: bool = False
    is_regulated: bool = False  # sold only after somebody has verified the order


# Coined for this world: no brand here is anybody's.
BRANDS: dict[str, tuple[str, ...]] = {
    "home": (
        "Brellowick", "Tarnquist", "Pomvale", "Ovelundt", "Sablemere", "Quillstead", "Hearthwyn", "Lindqvale",
        "Marrowfen", "Dovetarn",
    ),
    "apparel": (
        "Fennrook", "Wrenhollis", "Kaldermoor", "Tessalune", "Northpell", "Brindlecote", "Ashvarrow", "Plainweft",
    ),
    "electronics": (
        "Voltarix", "Zemphira", "Nubrixo", "Kestrivo", "Ohmbyte", "Lumatrel", "Pyxonar", "Tolvexa",
    ),
    "office": ("Inkmarrow", "Foliodrake", "Paperthorn", "Scrivwell", "Deskmoor", "Marginalle"),
    "grocery": ("Highterrace Roasting", "Bellcopse", "Morrowleaf", "Tamberfield", "Sunpell Pantry", "Greywattle"),
    "health": ("Vitaquorn", "Purelanne", "Nutrivesk", "Wellmarrow", "Solvaire", "Balmhurst"),
    "pets": ("Wagglebrook", "Purrimont", "Snoutfield", "Tailmarch", "Barkwell & Tuft", "Mewsterly"),
    "toys": ("Bricklewood", "Tumblefox", "Pipstamper", "Gigglenook", "Wonderquay", "Marblesprout"),
    "outdoors": ("Ridgevane", "Crestolin", "Trailmoss", "Summitarn", "Driftpeak", "Ferncairn"),
    "tools": ("Gritlock", "Torquehollow", "Ironspan", "Fixwright", "Hammerlyn", "Boltmarch"),
}  # fmt: skip

SERIES = (
    "Tidepool", "Alder", "Meridian", "Harvest", "Juniper", "Cobblestone", "Lantern", "Driftwood", "Summit", "Willow",
    "Harbor", "Clementine", "Ember", "Foxglove", "Granite", "Horizon", "Ivy", "Kindling", "Larkspur", "Midtown",
    "Nimbus", "Orchard", "Pebble", "Quarry", "Riverbend", "Sagebrush", "Thistle", "Upland", "Vesper", "Wayfarer",
    "Acorn", "Bluebell", "Canyon", "Daybreak", "Evergreen", "Fjord", "Gable", "Hazel", "Islet", "Jetty",
    "Kelp", "Loft", "Moorland", "Northlight", "Oxbow", "Prairie", "Quill", "Rowan", "Solstice", "Terrace",
    "Umber", "Vale", "Windrow", "Yarrow", "Zephyr", "Atlas", "Birch", "Cinder", "Dune", "Estuary",
    "Flint", "Grove", "Heather", "Inlet",
)  # fmt: skip

CLOSINGS = (
    "Made in small runs and checked by hand before it ships.",
    "Packed in recyclable cardboard, without plastic.",
    "If something is not right, write to us and we will put it right.",
    "A useful present for a birthday, a housewarming or no reason at all.",
    "Designed by a small team that uses it every day.",
    "Backed by a two-year warranty.",
)
