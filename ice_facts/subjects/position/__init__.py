"""Positions: the stances of stakeholders on policies and topics."""
