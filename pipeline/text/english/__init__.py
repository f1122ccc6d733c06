"""English text read into the values of French text, so that a French piece can be held against an English source."""
