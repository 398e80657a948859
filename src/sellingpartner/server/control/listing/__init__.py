"""What is sold, and at which price: products, listings, offers, promotions, restrictions."""
