"""The sample journals of `tracker demo`: made-up people and titles, walked through the real workflow."""
