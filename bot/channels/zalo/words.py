"""What is said to people of Zalo itself."""

FIRST_TEXT = (
    "Công đoàn trả lời tự động ở đây. Anh/chị đang nhắn qua Zalo: Công đoàn không cho ai biết tài "
    "khoản của anh/chị, nhưng Zalo biết tài khoản này đã nhắn, và tin nhắn còn lại trong máy."
)
FIRST_TEXT_WITH_PAGE = (
    FIRST_TEXT + " Nếu không muốn vậy, hoặc cần gửi ảnh, mời anh/chị mở trang {page}, không cần "
    "tài khoản nào."
)
FILE_STAYS = "Tin này có kèm một tệp, không gửi qua Zalo được."
FILE_ON_PAGE = FILE_STAYS + " Mời mở trang {page} để xem."
