"""Codebooks: what is tagged and how, in versions."""
