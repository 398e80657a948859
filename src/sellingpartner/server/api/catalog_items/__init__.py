"""What the versions of Catalog Items share: what is asked and refused, how pages go on, what items say."""
