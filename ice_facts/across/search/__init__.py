"""Full-text search over the store."""
