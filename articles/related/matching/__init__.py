"""Which texts share passages, and what two of them are to each other. Pure."""
