"""Garbled words to Vietnamese: the noisy channel and its decoder."""
