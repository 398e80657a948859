"""The stores and warehouses that a seller ships from, what lies where, and which order goes to which."""
