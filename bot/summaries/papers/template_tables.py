"""The columns of the tables in the papers' templates: heading, placeholder, width."""

from collections.abc import Sequence

Columns = Sequence[tuple[str, str, float]]  # heading, value, width in cm

BEFORE, NOW = "Xếp loại năm {{ nam_lien_truoc }}", "Xếp loại năm {{ nam }}"
NARROW = 10  # points of the wide tables, which are long as well and may go over pages
WORDS = {
    *("Nội dung", "Ghi chú", "Lĩnh vực", "Đơn vị", "Chỉ tiêu", "Kế hoạch", "Cấp giải quyết"),
    *("Kết quả", BEFORE, NOW),
}

FIGURES: Columns = (
    ("Nội dung", "{{ d.noi_dung }}", 8.0),
    ("Đơn vị tính", "{{ d.don_vi_tinh }}", 3.2),
    ("{{ ky_nay }}", "{{ d.nam_nay }}", 2.8),
    ("{{ ky_truoc }}", "{{ d.nam_truoc }}", 2.5),
)
TOPICS: Columns = (
    ("TT", "{{ d.tt }}", 1.2),
    ("Nội dung", "{{ d.noi_dung }}", 8.9),
    ("Số lượt nắm tình hình", "{{ d.so_luot }}", 3.2),
    ("Số lượt có vấn\N{NO-BREAK SPACE}đề", "{{ d.co_van_de }}", 3.2),
)
CATEGORIES: Columns = (
    ("TT", "{{ d.tt }}", 1.2),
    ("Lĩnh vực", "{{ d.noi_dung }}", 6.1),
    ("Tiếp nhận", "{{ d.tiep_nhan }}", 2.3),
    ("Đã giải quyết", "{{ d.da_giai_quyet }}", 2.3),
    ("Đã chuyển", "{{ d.da_chuyen }}", 2.3),
    ("Đang xử lý", "{{ d.dang_xu_ly }}", 2.3),
)
RATINGS: Columns = (
    ("TT", "{{ d.tt }}", 1.2),
    (BEFORE, "{{ d.nam_truoc }}", 5.2),
    (NOW, "{{ d.nam_nay }}", 5.2),
    ("Số công đoàn cơ sở", "{{ d.so_luong }}", 2.2),
    ("Chuyển biến", "{{ d.chuyen_bien }}", 2.7),
)
TARGETS: Columns = (
    ("TT", "{{ d.tt }}", 1.2),
    ("Kế hoạch", "{{ d.ke_hoach }}", 2.2),
    ("Chỉ tiêu", "{{ d.noi_dung }}", 5.0),
    ("Mức đề ra", "{{ d.muc }}", 3.0),
    ("Thực hiện", "{{ d.ket_qua }}", 5.1),
)
UNITS: Columns = (
    ("TT", "{{ d.tt }}", 1.0),
    ("Đơn vị", "{{ d.don_vi }}", 3.9),
    ("Công đoàn cơ sở", "{{ d.unions }}", 1.5),
    ("Đoàn viên", "{{ d.members }}", 1.8),
    ("Lượt đi cơ sở", "{{ d.visits }}", 1.6),
    ("Cơ sở đã đến", "{{ d.noi_da_den }}", 1.9),
    ("Tỷ lệ (%)", "{{ d.coverage }}", 1.4),
    ("Số tuần có đi cơ sở", "{{ d.tuan_dat }}", 1.6),
    ("Người lao động đã gặp", "{{ d.workers_met }}", 1.8),
    ("Ý kiến tiếp nhận", "{{ d.received }}", 1.6),
    ("Đã giải quyết", "{{ d.settled }}", 1.6),
    ("Đoàn viên mới", "{{ d.new_members }}", 1.5),
    ("Công đoàn cơ sở mới", "{{ d.new_unions }}", 1.4),
    ("Ngày gửi báo cáo", "{{ d.tinh_trang }}", 2.6),
)
PROPOSALS: Columns = (
    ("TT", "{{ d.tt }}", 1.0),
    ("Ngày", "{{ d.ngay }}", 2.1),
    ("Đơn vị", "{{ d.don_vi }}", 3.6),
    ("Nội dung", "{{ d.noi_dung }}", 7.0),
    ("Lĩnh vực", "{{ d.linh_vuc }}", 2.4),
    ("Cấp giải quyết", "{{ d.cap }}", 2.4),
    ("Hạn", "{{ d.han }}", 2.1),
    ("Kết quả", "{{ d.ket_qua }}", 2.6),
    ("Ghi chú", "{{ d.ghi_chu }}", 2.0),
)
