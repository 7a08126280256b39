"""The claims and facts nearest to a sentence."""
