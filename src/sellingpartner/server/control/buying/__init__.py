"""What buyers do: orders, returns, parcels, services, subscriptions, what they say."""
