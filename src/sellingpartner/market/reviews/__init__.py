"""What buyers say of items: stars and topics, what these come to over months, and why items are sent back."""
