"""The Data Kiosk: questions in GraphQL about what a seller sold and earned, answered in documents of JSON lines."""
