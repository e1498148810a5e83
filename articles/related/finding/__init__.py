"""Relating articles as they come: the prints' store, candidates, links kept."""
