"""The rules of a journal, on plain values. Standard library only: no Flask, no SQLAlchemy, no clock."""
