"""The caller's end of the Selling Partner API; it installs alone and knows nothing of the server."""
