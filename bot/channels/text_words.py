"""What a channel of plain texts says of itself."""

HOW_TO_CHOOSE = "Nhắn một số để chọn:"
NO_SUCH_NUMBER = "Không có lựa chọn này. Muốn gửi chính số đó, xin gõ dấu = phía trước, ví dụ: =12."
NO_FILES = "Tệp không gửi qua tin nhắn được: {names}.{where}"
NO_FILES_HERE = "Ở đây Công đoàn chỉ đọc được chữ; ảnh, tin thoại và tệp chưa nhận được.{where}"
