"""What happens to tasks and to the reports on them."""
