"""What goes with a load: labels for items, boxes and pallets, the bill of lading; and the links that they have."""
