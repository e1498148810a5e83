"""Pages of corpora and their members."""
