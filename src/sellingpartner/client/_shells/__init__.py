"""The only rooms with input and output: the steps of a call, and the two shells that carry them out.

What is decided about a call is decided elsewhere (`_exchange`); a shell sends, sleeps and reads, on a thread or in a
task, and says what came of it. All of this package is the client's own.
"""
