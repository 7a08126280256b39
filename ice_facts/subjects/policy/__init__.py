"""Policies: legal and administrative instruments."""
