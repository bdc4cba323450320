"""Store, search, history."""
