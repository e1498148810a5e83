"""Endpoints of codebooks and of tasks."""
