"""From typed answers to neutral views: what a reader sees first, and what follows."""
