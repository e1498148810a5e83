"""The query language: typed, printed, and what it means on a text. Pure."""
