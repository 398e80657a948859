"""The pipeline of every call: route, authenticate, permit, throttle, decode, run, encode, log."""
