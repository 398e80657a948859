"""Commands about what is sold, and at which price: products, listings, offers, promotions."""
