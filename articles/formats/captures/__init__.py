"""How a pasted text is read: decode, join wrapped lines, label, split, drop repeats, assemble.

Each step is a module; they run in that order, and :mod:`articles.formats.capture` calls them.
"""
