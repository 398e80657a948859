"""Who can carry a shipment to its center, for how much, and when it may come. Nothing here reads or writes."""
