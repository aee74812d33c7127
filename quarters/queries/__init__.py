"""What the quarter's pages read."""
