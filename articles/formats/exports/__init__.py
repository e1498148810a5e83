"""What the readers of database exports share: containers into paragraphs, counts, field shapes."""
