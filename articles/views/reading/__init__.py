"""Pages of one article: its text, its facts, its versions, what was received."""
