"""Pages that ask the corpus: the answer, the concordance, questions compared."""
