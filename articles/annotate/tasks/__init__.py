"""Tasks: who gets which articles, and the work on them."""
