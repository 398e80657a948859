"""What selling a thing costs its seller: tables of rates as data, and one function that reads them.

An estimate made at a moment is what a sale at that moment is charged, to the cent: whoever charges asks the same
function.
"""
