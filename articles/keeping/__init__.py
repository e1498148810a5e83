"""What a researcher keeps of an answer: collections, samples, saved searches."""
