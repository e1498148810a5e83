"""The schema's parts, written by hand where the framework would have to guess."""
