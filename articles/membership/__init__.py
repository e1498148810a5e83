"""Corpora, their members, and how people come in."""
