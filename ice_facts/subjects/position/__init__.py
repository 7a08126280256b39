"""Positions: what a stakeholder thinks of a policy or topic."""
