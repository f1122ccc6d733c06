"""Who, where, and in what office."""
