"""Endpoints of links, stories and texts side by side."""
