"""Pages by which editors put articles right, one or many, and the work list."""
