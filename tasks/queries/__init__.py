"""What the pages about tasks, areas and documents show."""
