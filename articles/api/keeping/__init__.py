"""Endpoints of what one keeps of answers."""
