"""Amazon's host names, answered on this machine: a proxy, a port for TLS, and a certificate authority for both.

What stands here knows of Amazon's hosts and of one market's address, and nothing else: after the handshake bytes go to
the market and back as they are. The way in is `serving.Interception`; `running.run` starts a program behind it.
"""
