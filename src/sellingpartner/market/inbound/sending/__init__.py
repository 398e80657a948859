"""What a seller does about a shipment: its transport, its day at the center, its contents; and how it leaves."""
