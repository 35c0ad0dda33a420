"""What has a number, a state, a version and a timeline; one way to begin, advance and record."""
