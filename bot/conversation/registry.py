"""Every form by its name, so that a draft in the database finds its form again.

Each area declares its own; the wiring says which there are (`bot.forms_of_all`).
"""

from collections.abc import Iterable

from bot.conversation.form import Form
from bot.core import messages
from bot.core.errors import Refused
from storage.models import Draft

FORMS: dict[str, Form] = {}


def register(forms: Iterable[Form]) -> None:
    """Make forms known by their names; the same form again does nothing."""
    FORMS.update({form.name: form for form in forms})


def form_of(draft: Draft) -> Form:
    """The form of a draft as it is for that draft. Raises Refused as `form_named` does."""
    form = form_named(draft.form)
    return form.fit(form, draft.about) if form.fit else form


def form_named(name: str) -> Form:
    """Raises Refused for a form that this version no longer has."""
    try:
        return FORMS[name]
    except KeyError:
        raise Refused(messages.DRAFT_GONE) from None
