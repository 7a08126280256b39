"""Places, policies or stakeholders side by side."""
