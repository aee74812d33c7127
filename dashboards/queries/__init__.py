"""What the dashboards read: a fixed small number of queries, whatever the data."""
