"""Periodic passes, safe to run twice and safe to run late, and the scheduler that calls them."""
