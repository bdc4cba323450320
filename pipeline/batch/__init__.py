"""Many documents: local processes, of which one may die without harm to the others."""
