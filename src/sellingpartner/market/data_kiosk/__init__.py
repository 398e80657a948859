"""Queries in GraphQL over what the market knows, answered by documents."""
