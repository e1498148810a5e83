"""Endpoints of corpora, their members, their sources and authors."""
