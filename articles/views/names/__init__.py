"""Pages of sources and authors, and of the names they go by."""
