"""Who takes part: sellers, developers, applications, the grants between them, and the tokens that prove them."""
