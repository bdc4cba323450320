"""Records to JSONL, CSV and XLSX."""
