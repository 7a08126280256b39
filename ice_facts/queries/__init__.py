"""Questions to the store: pure functions that return the typed answers of ``ice_facts.results``."""
