"""Subscribe & Save: buyers who have units of a SKU again and again, at a discount that its seller funds."""
