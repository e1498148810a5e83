"""What became of each word from one text to another. Pure."""
