"""What sellers offer: SKUs, each for an item of the catalog, in a marketplace, at a price."""
