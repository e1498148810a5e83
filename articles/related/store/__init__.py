"""What is kept of articles to relate them: records in one log, and who has which number."""
