"""How well every stage does, measured against gold."""
