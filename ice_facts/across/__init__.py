"""Questions over several kinds of record: compare, search, timeline and the others."""
