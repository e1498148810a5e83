"""Files of a build that others than who writes it look at."""

# What is there once a build can be opened; a commit of the engine puts another in its place.
META = "meta.json"
# Held, by whatever writes it, as long as a build is written; the engine's own name for it.
WRITING = ".tantivy-writer.lock"
