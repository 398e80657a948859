"""Orders come in: a buyer places one, promotions take something off, it is paid for, and reviewed where it must be."""
