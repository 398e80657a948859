"""What of a plan can be split, and what each share of it holds. Nothing here reads or writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from sellingpartner.market.centers.model import Capability
from sellingpartner.market.inbound.model import Box, PackingGroup, PackingOption, PlanItem
from sellingpartner.market.inbound.placement.splits import Load, Share
from sellingpartner.market.inbound.store.options import BoxShare


class Goods(msgspec.Struct, frozen=True, kw_only=True):
    """All that a plan has to split."""

    items: tuple[PlanItem, ...]
    takes: Mapping[str, frozenset[Capability]]
    """What a center must be able to take to have a SKU."""
    packing: PackingOption | None = None
    boxes: tuple[Box, ...] = ()

    @property
    def is_packed(self) -> bool:
        """Whether it is known which boxes there are."""
        return self.packing is not None

    @property
    def unpacked_groups(self) -> list[PackingGroup]:
        """The packing groups for which no box is there."""
        packed = {box.group_id for box in self.boxes}
        return [group for group in self._groups if group.group_id not in packed]

    @property
    def loads(self) -> list[Load]:
        """What can be split, the largest first."""
        found = list(self._packed() if self.is_packed else self._loose())
        return sorted(found, key=lambda load: -load.count)

    def items_in(self, share: Share) -> tuple[PlanItem, ...]:
        """The items of a share."""
        return merged(self._items_in(share))

    def boxes_in(self, share: Share) -> tuple[BoxShare, ...]:
        """The boxes of a share: so many of those that are alike."""
        counted = ((box, share.counts.get(box.package_id)) for box in self.boxes)
        whole = ((box, box.quantity if box.group_id in share.counts else count) for box, count in counted)
        return tuple(BoxShare(box.package_id, count) for box, count in whole if count)

    @property
    def _groups(self) -> tuple[PackingGroup, ...]:
        return () if self.packing is None else self.packing.groups

    def _packed(self) -> Iterator[Load]:
        by_group: dict[str | None, list[Box]] = defaultdict(list)
        for box in self.boxes:
            by_group[box.group_id].append(box)
        for group in self._groups:
            takes = self.takes[group.mskus[0]]
            boxes = by_group[group.group_id]
            if all(box.items for box in boxes):
                yield from (Load(key=box.package_id, count=box.quantity, takes=takes) for box in boxes)
            else:
                yield Load(key=group.group_id, count=1, takes=takes)

    def _loose(self) -> Iterator[Load]:
        for item in self.items:
            yield Load(key=item.msku, count=item.quantity, takes=self.takes[item.msku])

    def _items_in(self, share: Share) -> Iterator[PlanItem]:
        planned = {item.msku: item for item in self.items}
        if not self.is_packed:
            for msku, count in share.counts.items():
                yield msgspec.structs.replace(planned[msku], quantity=count)
            return
        for group in self._groups:
            if group.group_id in share.counts:
                yield from (planned[msku] for msku in group.mskus)
        for box in self.boxes:
            for item in box.items if box.package_id in share.counts else ():
                quantity = item.quantity * share.counts[box.package_id]
                yield msgspec.structs.replace(planned[item.msku], quantity=quantity)


def merged(items: Iterable[PlanItem]) -> tuple[PlanItem, ...]:
    """Items with the units of each SKU together, in the order in which they are first met."""
    found: dict[str, PlanItem] = {}
    for item in items:
        known = found.get(item.msku)
        quantity = item.quantity + (known.quantity if known is not None else 0)
        found[item.msku] = msgspec.structs.replace(known or item, quantity=quantity)
    return tuple(found.values())


def parted(boxes: Sequence[Box], shares: Mapping[str, Sequence[BoxShare]]) -> Iterator[tuple[str, Box, int]]:
    """To which shipment how many of which boxes go."""
    known = {box.package_id: box for box in boxes}
    for shipment_id, share in shares.items():
        for one in share:
            yield shipment_id, known[one.package_id], one.quantity
