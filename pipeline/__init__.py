"""Marbre: from a source article to a checked French piece."""

__version__ = "0.1.0"
