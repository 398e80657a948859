"""What applications show to a seller in Seller Central, and what the seller did about it."""
