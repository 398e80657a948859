"""Who may do what: sellers, applications, grants, users, and the audit of it."""
