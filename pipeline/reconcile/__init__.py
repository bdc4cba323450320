"""Records to findings: what contradicts what, and what holds."""
