"""What Vietnamese is: Unicode, syllables, lexicons and the n-gram model."""
