"""The command line of Zaguán."""

__version__ = "1.0.0"
