"""Pages of tasks, areas and documents."""
