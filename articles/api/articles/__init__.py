"""Endpoints of articles: read, stored, put right."""
