"""Carriers, their services and prices; labels that sellers buy; parcels on their way.

    Wish            what is to be shipped, in whatever version of an API it is said (`wishes.py`)
    Offering        which services can carry it, at what price, until when
    Shipment        a label that was bought; its row keeps it as a document
    Parcel          a package on its way, whoever bought its label; a row, moved by the schedule
    Settings        what a seller has chosen for its labels

What is shipped goes through these rooms; `pyproject.toml` says which of them may import which:

    carriers        who carries: services, zones, working days, measures; what they are is in `data`
    rating          which services take a parcel, what each costs, when it would arrive
    labels          labels and their papers, drawn: whatever else is printed uses it, too
    buying          labels are bought (for an order, at a rate, announced first), weighed afterwards, given back
    parcels         parcels on their way, and what they went through
    easy_ship       Amazon fetches the packages, or the seller brings them, in a time slot
    access_points   where parcels wait for their buyers
    own_accounts    sellers' own accounts with carriers
    collecting      what a carrier is handed at one address, on one sheet
    claiming        claims for parcels that were lost or came to harm
"""
