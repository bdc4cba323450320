"""The doisoat command."""
