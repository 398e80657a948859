"""How the files of feeds are read: an envelope of XML, a table, JSON; each message by message, in flat memory."""
