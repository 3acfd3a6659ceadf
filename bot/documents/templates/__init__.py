"""The papers' Word templates by their file names, as shipped."""

from pathlib import Path

FOLDER = Path(__file__).parent
REPORT, SHORT, CONSOLIDATED, MINUTES, COMMENDATION = (
    *("bao-cao.docx", "bao-cao-ngan.docx"),
    *("tong-hop.docx", "bien-ban.docx", "to-trinh.docx"),
)
