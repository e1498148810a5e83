"""What became of each word from one text to another, paragraph by paragraph. Pure, and bounded."""
