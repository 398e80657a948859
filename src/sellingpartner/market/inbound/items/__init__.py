"""What is sent: SKUs, whether they may be, how they are prepared, and how large their units are."""
