"""Endpoints of tags and of entities, as our own JSON, as Web Annotations and as files."""
