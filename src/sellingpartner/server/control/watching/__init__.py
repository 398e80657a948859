"""What was asked of the market, and what applications are told."""
