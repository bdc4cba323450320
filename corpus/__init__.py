"""Our own documents with gold, and the generator that renders, scans and garbles them."""
