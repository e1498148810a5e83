"""Which outlet takes how much from whom, and what it cuts."""
