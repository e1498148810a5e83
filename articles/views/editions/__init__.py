"""Editions side by side, word by word."""
