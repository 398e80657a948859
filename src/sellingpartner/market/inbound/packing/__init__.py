"""What may share a box: the packing options of a plan, its boxes, and the boxes and pallets of its shipments."""
