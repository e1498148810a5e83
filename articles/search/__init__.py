"""Finding articles: the query language, and what answers it."""
