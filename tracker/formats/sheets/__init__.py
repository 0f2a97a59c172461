"""Sheets as files: CSV, TSV and workbooks, read within limits and written so that no program runs what is in them."""
