"""What is typed of a change beside what was agreed."""
