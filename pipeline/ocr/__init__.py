"""Open anything safely; a page to words with boxes."""
