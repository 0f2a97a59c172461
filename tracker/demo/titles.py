"""Made-up titles, such as the two journals of the demonstration would receive."""

from itertools import product
from random import Random

COACHING = (
    "Goal ownership and goal attainment in brief coaching: a diary study",
    "What clients remember: critical moments one year after coaching",
    "The working alliance in video coaching: does the picture matter?",
    "Silence as an intervention: a conversation analysis of coaching sessions",
    "Coaching newly promoted nurses: a randomised waiting-list trial",
    "Self-compassion and perfectionism in executive coaching",
    "Ruptures and repairs in the coaching relationship: a qualitative study",
    "Strengths-based coaching with apprentices: a mixed-methods evaluation",
    "A short scale of readiness for coaching: development and validation",
    "When coaching harms: unwanted effects as clients report them",
    "Coaching supervision across cultures: a Delphi study",
    "Implementation intentions between sessions: do they help?",
    "Walking coaching: attention, mood and talk outdoors",
    "Peer coaching among doctoral students: a two-year follow-up",
    "The coach's own anxiety: a grounded theory",
    "Cognitive behavioural coaching for procrastination: a meta-analysis",
    "Ending well: how coaches and clients close their work",
    "Coaching and the menopause at work: an interpretative study",
    "Empathic accuracy of coaches: a video-recall experiment",
    "From telling to asking: line managers learning to coach",
    "Coaching athletes in transition: identity and loss",
    "Metaphor in coaching conversations: frequency and function",
    "Three-way contracting: whose goals are they?",
    "Mindfulness before the session: effects on coaches' listening",
    "Psychological safety and team coaching: a multilevel analysis",
    "Solution-focused questions and positive affect: a replication",
    "Coaching with interpreters: trust in a party of three",
    "Career coaching after redundancy: a regression discontinuity design",
    "Resilience coaching for paramedics: feasibility and acceptability",
    "Do chatbots coach? A content analysis of automated goal setting",
    "Values clarification and burnout in general practice",
    "Coaching in prison education: hope, agency and hindrance",
    "How many sessions are enough? Dose and response in workplace coaching",
    "Feedback-informed coaching: a cluster-randomised trial",
    "The language of change: client talk and coaching outcomes",
    "Attachment style and the coaching alliance",
    "Acceptance and commitment coaching for chronic pain",
    "Reading the room: nonverbal synchrony in coaching dyads",
    "Humour in coaching: a typology from recorded sessions",
    "Ethical dilemmas of internal coaches: a vignette study",
    "Coaching the coaches: deliberate practice and skill",
    "Time perspective and goal commitment among mid-career clients",
    "Intuition in coaching: what experienced coaches say they do",
    "Sleep, rumination and the evening after coaching",
    "Coaching teenagers for exams: a stepped-wedge study",
    "Rapport in the first five minutes: thin slices of coaching",
    "Neurodivergent clients' experience of coaching: an online survey",
    "Locus of control and the transfer of coaching into work",
    "Group coaching for new fathers: a pilot study",
    "Coaching presence: an attempt at measurement",
)
TUTORING = (
    "Hints and half-answers: what tutors withhold",
    "Tutoring fractions on a ferry: a field experiment",
    "Translating examples for multilingual classrooms",
    "Peer tutors' explanations before and after training",
    "Homework clubs in small towns: a register study",
    "The tutor's pause: waiting time and pupils' reasoning",
)
# The past has more manuscripts than anybody would make up one by one.
WHAT = (
    "Goal setting", "Feedback", "Listening", "Contracting", "Tasks between sessions", "Self-disclosure",
    "Open questions", "Reflective writing", "Role play", "Scaling questions", "Visualisation", "Challenge and support",
    "Note taking", "Small talk", "Follow-up conversations",
)  # fmt: skip
WHERE = (
    "coaching first-time managers", "coaching across languages", "career coaching", "team coaching", "health coaching",
    "coaching teachers", "remote coaching", "coaching founders", "coaching after parental leave",
    "coaching in the public service",
)  # fmt: skip
HOW = (
    "a field experiment", "an interview study", "a diary study", "a scoping review", "a case series",
    "a longitudinal survey", "a thematic analysis", "a pilot trial",
)  # fmt: skip


def past_titles(rng: Random, count: int) -> list[str]:
    """So many different titles, such as `Listening in team coaching: a diary study`."""
    return [f"{what} in {where}: {how}" for what, where, how in rng.sample(list(product(WHAT, WHERE, HOW)), k=count)]
