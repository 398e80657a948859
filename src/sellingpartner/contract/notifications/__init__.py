"""What Amazon's notifications hold: a generated module a notification type, found through `registry`."""
