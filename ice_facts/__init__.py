"""ice-facts: how US cities, counties and states deal with federal immigration enforcement."""

__version__ = "0.1.0"
