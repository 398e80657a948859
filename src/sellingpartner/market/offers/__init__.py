"""Who offers an item of the catalog in a marketplace, at what terms, and whose offer is featured."""
