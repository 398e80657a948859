"""Orders are read: as lists, a page at a time, and as much of each as Amazon shows."""
