"""Commands about what buyers do: orders, returns, parcels, services, subscriptions, what they say."""
