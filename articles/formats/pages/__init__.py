"""Reading one web page: what it says about itself, and its text."""
