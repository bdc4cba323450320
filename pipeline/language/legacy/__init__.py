"""Vietnamese from before Unicode: code tables, the fonts that imply them, and the evidence that a text is in one."""
