"""Multi-channel fulfillment: what Amazon ships out of a seller's stock for orders that other shops have taken."""
