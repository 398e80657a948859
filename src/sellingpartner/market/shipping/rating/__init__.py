"""What a parcel may be sent by: which services take it, what each costs, when it would arrive."""
