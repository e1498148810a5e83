"""What answers queries: Tantivy, embedded. Another engine has the same interface and tests."""
