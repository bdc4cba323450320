"""Text to records: figures, document components, citations."""
