"""Tags follow a text that changes; those that cannot wait for a person."""
