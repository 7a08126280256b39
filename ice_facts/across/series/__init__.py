"""Numbers over time and over the states: charts and maps."""
