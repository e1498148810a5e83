"""Endpoints of imports."""
