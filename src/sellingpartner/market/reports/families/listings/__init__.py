"""Reports on listings: what there is of them, what is wrong with them, and the tree that buyers browse."""
