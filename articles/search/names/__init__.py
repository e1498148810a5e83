"""What names in a query mean, and what values of the index are called."""
