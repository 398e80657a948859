"""A call from the typed request to the typed answer, without input or output; begin with `exchange.py`.

It decides which token a call needs, whose turn it is, what a refusal means and what is repeated, and yields the steps
that a shell (`_shells`) carries out. All of this package is the client's own.
"""
