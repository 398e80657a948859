"""What sellers send to Amazon's warehouses: Fulfillment Inbound, from a plan to closed shipments.

    Plan            what is to be sent and from where: one row of `inbound_plans`, a document with its options, and
                    beside it the items, which never change once the plan is made
    PackingOption   in the plan's document: which items may be packed together (`PackingGroup`)
    Box, Pallet     a row each of `inbound_packages`, found by plan, by packing group or by shipment; `quantity` boxes
                    that are alike are one row until a shipment needs them one by one
    PlacementOption in the plan's document: the shipments of a split, and what it costs
    Shipment        a row of `inbound_shipments`, made with its placement option; all that is known of its transport is
                    in its document
    Carriage        in the shipment's document: who carries it, when it is expected, its tracking numbers
    options         a row of `inbound_options` for each shipment: what was worked out and may be chosen
    Operation       a row of `inbound_operations`: what was asked for and is not done yet, or what became of it

Every change is an operation (`operations.py`): `operations.toml` says what must be so first, in Amazon's words and
order, and how long it takes; `begin` takes it in, `@carries_out(kind)` names who does it when its time has come. Two
operations of a plan are never at work at once. States are tables (`lifecycle.py`).

What is sent goes through these rooms, and `store` keeps it; `pyproject.toml` says which of them may import which:

    items       what may be sent: SKUs, how they are prepared, how large their units are
    planning    plans are made, renamed and given up
    packing     what may share a box; packing options, boxes, pallets
    placement   over which centers a plan is split
    transport   who can carry a shipment, for how much, and when it may come: the rules alone
    sending     what a seller does about a shipment, until it leaves
    papers      what goes with a load, drawn: labels, bills of lading
    receiving   its way, and what its center does with it; `by_hand.py` has it done at once
"""
