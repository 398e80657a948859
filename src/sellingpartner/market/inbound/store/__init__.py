"""Plans, shipments, boxes and what may be chosen for them, to rows and back."""
