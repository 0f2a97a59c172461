"""Article pages for the tests: made-up people and papers in the style that journals print."""

LINE = "Received 3 March 2024; Re-submitted 8 May 2024; Accepted 20 May 2024; Published online 1 July 2024"
PAGE = f"""Volume 4, Article 12

Listening as a craft: how supervisors learn to wait
Marta Oyelaran and Jonas Lindqvist

Citation: Oyelaran, M., & Lindqvist, J. (2024). Listening as a craft: how supervisors learn to wait. Journal of Careful
Practice, 4, 12, 101-109.

Processing dates: {LINE}

This study follows eleven supervisors through one year of practice. It asks what they do when nothing is said, and how
they learned to do it. We find that waiting is taught by example, seldom by words, and that it can be lost again.

Key words: supervision, silence, listening

Marta Oyelaran is Reader in Supervision Studies at the University of Elsewhere.

Jonas Lindqvist is a supervisor in private practice in Umeå.
"""
