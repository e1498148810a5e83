"""Annotation: what people and recognisers tag in articles, by which codebook, in which work."""
