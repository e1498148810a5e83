"""Articles on one event in words of their own."""
