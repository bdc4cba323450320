"""Đối soát: Vietnamese official reports in, correct text, figures and contradictions out."""

__version__ = "0.1.0"
