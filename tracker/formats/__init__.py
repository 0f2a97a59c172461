"""Values to and from the texts of the outside world. No database here."""
