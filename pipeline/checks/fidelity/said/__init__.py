"""What is said, by whom, and word for word."""
