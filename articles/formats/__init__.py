"""Readers of what researchers really have: one file per input format, and sniffing."""
