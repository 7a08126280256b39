"""The store as tables of rows, to take along in other forms."""
