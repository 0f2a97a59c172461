"""The Journal Tracker: where each manuscript stands, who has it, and since when.

The rooms, from the edges down; imports point down only (pyproject.toml says so, a test holds it):

    web, cli    edges: HTML and the command line. They open the transaction, read the clock, know the person
    jobs        periodic passes, safe to run twice and to run late; the scheduler
    services    every write: one verb a function, never commits
    queries     every read, named by what it returns
    mail        letters: composed here, delivered here
    formats     values <-> the texts of the outside world; no database
    models      the tables
    domain      the rules of a journal: plain Python, no clock, no database

Start in `tracker/domain/transitions.py`: the table there is the lifecycle.
"""
