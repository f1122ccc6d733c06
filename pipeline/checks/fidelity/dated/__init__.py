"""When it was."""
