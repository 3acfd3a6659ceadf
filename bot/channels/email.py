"""E-mail's door for notices, by SMTP. A letter says that there is something new, and where; never
what: it crosses other people's servers and lies open in a mailbox. Only a code that confirms the
address goes in full.
"""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from bot.channels.retries import NotSent, Trouble
from bot.channels.text_menu import plain
from bot.config.settings import Email
from bot.core.card import Card

PATIENCE_SECONDS = 20
AT_ONCE = 2  # letters; each holds one of the few threads that pictures and receipts need too
SUBJECT = "Công đoàn: có thông báo mới"
NEWS = "Đồng chí có thông báo mới của Công đoàn.\n\nMời mở {page} để xem.\n"
CODE_SUBJECT = "Mã xác nhận của Công đoàn"


class EmailSender:
    """`page`: where notices are read, an address of ours."""

    def __init__(self, settings: Email, page: str) -> None:
        self._settings, self._page = settings, page
        self._going_out = asyncio.Semaphore(AT_ONCE)
        self._lost = 0  # letters for which the server was not there

    async def send(self, mailbox: str, card: Card, lane: int) -> None:
        """Raises NotSent."""
        letter = EmailMessage()
        letter["From"], letter["To"] = self._settings.sender, mailbox
        letter["Subject"] = CODE_SUBJECT if card.in_full else SUBJECT
        letter["Date"] = formatdate()
        letter["Message-ID"] = make_msgid(domain=self._settings.sender.rpartition("@")[2])
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(plain(card.text) if card.in_full else NEWS.format(page=self._page))
        lost_before = self._lost
        async with self._going_out:
            if self._lost > lost_before:  # it waited behind one: notices by other doors wait for it
                raise NotSent(Trouble.NO_LINE, "LostBefore")
            try:
                await asyncio.to_thread(self._deliver, letter)
            except NotSent as failure:
                self._lost += failure.trouble is Trouble.NO_LINE
                raise

    async def look(self) -> None:
        """Raises NotSent: the server is not there, or does not let us in."""
        await asyncio.to_thread(self._deliver, None)

    def _deliver(self, letter: EmailMessage | None) -> None:
        """Raises NotSent. Without a letter the door is only knocked at."""
        there = self._settings
        try:
            with smtplib.SMTP(there.host, there.port, timeout=PATIENCE_SECONDS) as server:
                if there.starttls:
                    server.starttls(context=ssl.create_default_context())
                if there.user:
                    server.login(there.user, there.password)
                if letter is None:
                    server.noop()
                else:
                    server.send_message(letter)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise _not_sent(error) from None  # its words quote the address


def _not_sent(error: Exception) -> NotSent:
    """4xx passes, 5xx about the reader does not; whatever else is the way to the server."""
    kind = type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        final = any(code >= 500 for code in codes)
        return NotSent(Trouble.UNREACHABLE if final else Trouble.BUSY, kind)
    if isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500:
        return NotSent(Trouble.UNREACHABLE, kind)  # the server takes no letter to this reader
    return NotSent(Trouble.NO_LINE, kind, perhaps=isinstance(error, smtplib.SMTPServerDisconnected))
