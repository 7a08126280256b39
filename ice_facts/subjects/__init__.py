"""One room for each kind of record: its card, its list, and how they are shown."""
