"""Which printed names are alike enough for a person to look. Pure: names in, pairs out."""
