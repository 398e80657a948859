"""The facts of every context, a module each: the language in which contexts hear of one another."""
