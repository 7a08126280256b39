"""Who is for and against what."""
