"""What the pages of honours read."""
