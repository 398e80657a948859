"""What buyers say of sellers: a rating of an order, from one to five, with a comment."""
