"""What people type, as values: amounts, marketplaces, scopes, speeds."""
