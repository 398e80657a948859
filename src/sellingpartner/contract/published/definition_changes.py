"""What changed among an API's definitions."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from sellingpartner.contract.published.change import Change, How, compared, fields_compared
from sellingpartner.contract.published.classes import Api
from sellingpartner.contract.published.declared import model_names, shapes_of
from sellingpartner.contract.published.shapes import Choice, Field, Named, Record, Shape, rewritten


def definition_changes(api: str, module: ModuleType, published: Api) -> Iterator[Change]:
    """Compare a module's records, enumerations and other types with a model's."""
    names = sorted(model_names(module) | {name for name in published.definitions if hasattr(module, name)})
    old = dict(zip(names, shapes_of(getattr(module, name) for name in names), strict=True))
    new = {name: expanded(shape, published) for name, shape in published.definitions.items()}
    return compared(api, "definition", old, new, lambda name, before, after: _changes(api, name, before, after))


def expanded(shape: Shape, published: Api) -> Shape:
    """The shape with names for types replaced by the types, since an annotation that was read shows no such name."""

    def resolve(part: Shape) -> Shape:
        if isinstance(part, Named):
            meant = published.definitions[part.name]
            return part if isinstance(meant, Record | Choice) else expanded(meant, published)
        return part

    return rewritten(shape, resolve)


def _changes(api: str, name: str, old: Shape, new: Shape) -> Iterator[Change]:
    match old, new:
        case Record(fields=before), Record(fields=after):
            yield from fields_compared(api, "field", _by_name(name, before), _by_name(name, after))
        case Choice(values=known), Choice(values=listed):
            yield from (Change(api, "value", f"{name} {value}", How.REMOVED) for value in known if value not in listed)
            yield from (Change(api, "value", f"{name} {value}", How.ADDED) for value in listed if value not in known)
        case _ if old != new:
            yield Change(api, "definition", name, How.CHANGED, str(old), str(new))


def _by_name(owner: str, fields: tuple[Field, ...]) -> dict[str, Field]:
    return {f"{owner}.{field.wire_name}": field for field in fields}
