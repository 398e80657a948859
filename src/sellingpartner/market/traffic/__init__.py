"""Who looks at what a seller offers: visits that agree with the orders there are."""
