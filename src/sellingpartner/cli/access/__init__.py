"""Commands about who may do what: sellers, applications, grants, users, tokens."""
