"""The words of a case where others may look over one's shoulder."""

from bot.cases.rules.cases import is_confidential
from bot.core.rendering import brief
from storage.models import Case


def quoted(case: Case, limit: int) -> str:
    """A case's words where others may look over one's shoulder: in lists and in messages that
    come by themselves. Of a confidential category nothing is quoted there.
    """
    if is_confidential(case.category, case.kind):
        return "🔒 Nội dung cần giữ kín"
    return f"“{brief(case.text, limit)}”" if case.text else "(ảnh, tin thoại)"
