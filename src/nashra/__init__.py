"""Nashra turns written Arabic news into a podcast."""

__version__ = "0.1.0"
