"""Every write: one verb a function. They take who (`by`) and when, and never commit."""
