"""The whole of Newsroom in one file: written, checked, and read back."""
