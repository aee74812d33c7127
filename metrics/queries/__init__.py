"""What the pages about indicators show."""
