"""The Amazon Selling Partner API, both ends of it: a marketplace that serves it and a client that calls it."""
