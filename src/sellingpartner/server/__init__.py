"""The HTTP end: the gateway that every call passes, the login endpoints, and the handlers of each API."""
