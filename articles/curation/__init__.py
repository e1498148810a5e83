"""What editors put right: fields, texts, borders, flags, and the names of outlets and authors."""
