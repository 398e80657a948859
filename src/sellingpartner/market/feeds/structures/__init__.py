"""What messages are made of, as XML Schema: `orders.xsd`."""
