"""`python -m sellingpartner.cli` is `spapi`."""

from sellingpartner.cli import main

main()
