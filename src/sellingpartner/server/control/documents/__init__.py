"""Reports, feeds and queries of all sellers, looked at by whoever runs the market."""
