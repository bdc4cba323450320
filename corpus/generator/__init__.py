"""Sources to digital PDFs, scans of several grades, and wrong-language text layers."""
