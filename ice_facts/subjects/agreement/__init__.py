"""287(g) agreements between ICE and local agencies."""
