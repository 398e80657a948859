"""Commands that call Amazon, or a market alike: orders, reports, feeds, queries, and any operation."""
