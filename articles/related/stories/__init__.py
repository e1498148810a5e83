"""Editions and stories: gathered by the machine, put right by people."""
