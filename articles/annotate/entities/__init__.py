"""Entities: who or what is tagged, under all of their names."""
