"""Places: cities, counties and states."""
