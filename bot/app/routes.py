"""Every route, in the order in which they are asked."""

from bot.announcements.routes import announcements
from bot.cases.routes import alerts, cases, concerns, own_data, posters, site_requests
from bot.conversation import routes as forms
from bot.conversation.router import Route
from bot.groups.routes import groups
from bot.home.routes import finding, joining, loose_messages, mailbox, start
from bot.people.routes import leave, own_doors, people, web_sessions
from bot.plans.routes import own_plans, tasks
from bot.programmes import routes as programmes
from bot.recruitment.routes import pipeline
from bot.summaries.routes import (
    board,
    figures,
    obligations,
    papers,
    ratings,
    scores,
    summaries,
    targets,
)
from bot.units.routes import changes, importing, letterheads, new_sites, own_figures
from bot.visits.routes import (
    commendations,
    deferring,
    excuses,
    meetings,
    nudges,
    officer_page,
    overview,
    periods,
    pictures,
    promises,
    report_notes,
    reports,
    site_page,
    site_visits,
    suggested_figures,
    supervision,
    visits,
)

# `joining` takes /start with a link before `start` does; `importing` takes tables before `forms`
# takes what is left of messages while a form is open, and `loose_messages` the rest.
_AREAS = (
    *(
        joining,
        start,
        mailbox,
        own_doors,
        alerts,
        visits,
        reports,
        board,
        overview,
        figures,
        programmes,
        supervision,
    ),
    *(tasks, targets, ratings, scores, own_plans, pipeline, meetings, promises, suggested_figures),
    *(site_page, officer_page, finding, nudges),
    *(announcements, groups, cases, people, web_sessions, leave, changes, importing, letterheads),
    *(concerns, own_data, posters),
    *(obligations, site_requests, site_visits, own_figures, papers, summaries, forms),
    *(periods, pictures, report_notes, excuses, deferring, commendations, new_sites),
    loose_messages,
)
ROUTES: tuple[Route, ...] = (
    *(route for area in _AREAS for route in area.ROUTES),
    *start.UNKNOWN,
)
