"""Endpoints that ask the corpus."""
