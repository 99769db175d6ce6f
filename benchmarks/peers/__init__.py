"""Other programs that search the same papers with the same weights, each as its own documentation recommends."""
