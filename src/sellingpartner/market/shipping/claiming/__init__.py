"""Claims for parcels that were lost or came to harm, and what is paid for them."""
