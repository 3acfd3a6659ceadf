"""Which words and which heaps of cases raise the alarm.

Texts as workers write them: with and without accents, in dialect, abbreviated. The second table
says what must stay quiet although it sounds alike. Precision and recall are printed and have
floors; what the rules still get wrong is marked as such, not left out.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from unicodedata import combining, normalize

import pytest

from bot.cases.rules import early_warning
from bot.cases.rules.early_warning import (
    AlertFacts,
    CaseText,
    OwnWords,
    Season,
    SignKind,
    alert,
    should_alert,
    signs,
    strike_law,
    wording,
)
from bot.core.rules.calendar import at
from storage.enums import AlertLevel, Category

STOPPAGE, CLOSURE, OVERTIME, ARREARS, CHANGE = (
    SignKind.STOPPAGE,
    SignKind.CLOSURE,
    SignKind.OVERTIME_REFUSAL,
    SignKind.ARREARS,
    SignKind.SUDDEN_CHANGE,
)

# Sample concerns, as the unions showed them.
SAMPLES_THAT_ALARM = [
    (ARREARS, "cty tre luong 2 thang roi, hoi thi noi doi don hang, tui het tien dong tien tro"),
    (STOPPAGE, "nghe noi tet nay ko co thuong, cong nhan dang ban nhau nghi lam"),
    (
        STOPPAGE,
        "Nâng định mức lên 120 cái/giờ, chuyền 5 tụi em 60 người không đạt, bị trừ lương."
        " Thứ 2 không sửa là tụi em ngưng máy",
    ),
]
SAMPLES_THAT_DO_NOT = [
    "Em nghỉ từ tháng 8 mà cty chưa chốt sổ, không lãnh thất nghiệp được",
    "Cơm ca trưa nay có con giòi!!! Ăn vậy sao làm nổi?",
    "tang ca toi 9h dem ca tuan, ko lam thi bi cat chuyen can",
    "tổ trưởng hay nhắn tin bậy rồi đụng chạm em, em sợ nói ra bị đuổi. Đừng nói tên em nha",
    "Máy dập số 3 hư cảm biến cả tuần, hôm qua xém đứt tay thằng bạn tôi",
    "Lam 7 thang van chua ky hop dong",
    "Cho tôi nghỉ ngang không báo trước, trả 3 ngày công. Vậy là đúng luật hả??",
    "em bau 7 thang ma van xep ca dem",
    "đóng công đoàn phí mỗi tháng mà ốm nằm viện hổng thấy ai thăm",
    "xuong nong nhu lo gach, quat hu, hom wa 2 chi xiu",
    "vợ chồng e thuê trọ 1tr4, điện 4k/kí, có nhà công nhân hk ạ",
]

ALARMS = [
    # Words of a stoppage.
    (STOPPAGE, "mai cả xưởng đình công đó"),
    (STOPPAGE, "cong nhan keo nhau dinh cong tu sang gio"),
    (STOPPAGE, "ko tang luong thi dinh cong luon"),
    (STOPPAGE, "chuyen 7 ngung may tu 8h toi gio, ko ai vo lam"),
    (STOPPAGE, "Anh em đang rủ nhau nghỉ tập thể thứ hai tuần sau"),
    (STOPPAGE, "lan cong 2 ngay nay roi ma ban giam doc ko chiu gap"),
    (STOPPAGE, "Tụi em tính bỏ việc đồng loạt nếu thứ 6 chưa có lương"),
    (STOPPAGE, "cả chuyền nghỉ làm, đứng ngoài cổng đòi gặp giám đốc"),
    (STOPPAGE, "cn tap trung truoc cong cty hon 200 nguoi"),
    (STOPPAGE, "200 công nhân đang ngồi trước cổng không vô làm"),
    (STOPPAGE, "chị em nói nếu không sửa cái định mức thì ngừng việc hết"),
    (STOPPAGE, "hông trả thưởng là tụi tui nghĩ tập thể nghen"),
    (STOPPAGE, "nguyên xưởng 3 bỏ về từ trưa"),
    (STOPPAGE, "moi nguoi hen nhau mai khong ai di lam"),
    (STOPPAGE, "trên zalo đang kêu nhau ngưng việc tập thể sáng thứ 4"),
    (STOPPAGE, "đói quá rồi, hết chịu nổi, sắp đình công tới nơi"),
    (STOPPAGE, "bữa giờ anh em lãn công vì đơn giá thấp quá"),
    (STOPPAGE, "Công nhân phân xưởng cắt đã dừng chuyền phản đối"),
    (STOPPAGE, "ca dem hom nay nghi hang loat, khong ai lam nua"),
    (STOPPAGE, "tui em tat may het roi, cho cong doan xuong"),
    (STOPPAGE, "ĐÌNH CÔNGGG đi chứ chịu sao nổi"),
    (STOPPAGE, "bàn nhau nghỉ hết cho công ty biết"),
    (STOPPAGE, "không đình công thì họ đâu có sợ"),
    (STOPPAGE, "ae to bao ve ban nhau bo ca toi nay"),
    # Wages or insurance in arrears.
    (ARREARS, "nợ lương công nhân từ tháng 7 tới giờ"),
    (ARREARS, "luong thang 9 toi gio chua phat"),
    (ARREARS, "3 tháng nay không có lương anh chị ơi"),
    (ARREARS, "cty no bhxh gan nam troi, di kham benh the bi khoa"),
    (ARREARS, "trừ tiền bảo hiểm mỗi tháng mà không đóng bảo hiểm cho tụi em"),
    (ARREARS, "công ty cứ hẹn rày hẹn mai hoài, lương 2 tháng chưa trả đồng nào"),
    (ARREARS, "chậm lương 15 ngày rồi nha"),
    (ARREARS, "ong chu giam luong tui 1 thang ruoi"),
    (ARREARS, "cty chua dong bao hiem tu dau nam"),
    # Dissolution, the owner fled.
    (CLOSURE, "giám đốc người nước ngoài bỏ trốn rồi, máy móc còn trong xưởng"),
    (CLOSURE, "nghe noi cty sap giai the, khong ai noi gi voi cong nhan"),
    (CLOSURE, "chu xuong om tien tron mat tieu 3 bua nay"),
    (CLOSURE, "đêm qua thấy xe vô chở máy móc đi hết"),
    (CLOSURE, "công ty đóng cửa luôn rồi mà chưa ai báo tiếng nào"),
    (CLOSURE, "cty tuyen bo pha san"),
    # Many refuse overtime.
    (OVERTIME, "cả chuyền từ chối tăng ca tối nay"),
    (OVERTIME, "chi em dong loat khong tang ca nua vi met qua"),
    (OVERTIME, "tối qua không ai ở lại tăng ca hết"),
    (OVERTIME, "cong nhan ru nhau ko tang ca cuoi tuan"),
    # A sudden change of quota or allowance.
    (CHANGE, "tự nhiên cắt phụ cấp xăng xe từ tháng này"),
    (CHANGE, "dinh muc tang tu 80 len 110 cai mot gio"),
    (CHANGE, "Công ty hạ đơn giá không báo trước"),
    (CHANGE, "cat het phu cap doc hai cua to son"),
    (CHANGE, "đùng cái nâng chỉ tiêu gấp rưỡi"),
    (CHANGE, "bỏ tiền chuyên cần mà hổng hỏi ai"),
]

QUIET = [
    # Leave and rest.
    "Cho em hỏi nghỉ phép năm được mấy ngày",
    "em xin nghi om 2 ngay ma quan doc ko cho",
    "chồng em xin nghỉ phép về quê đám giỗ",
    "lịch nghỉ tết năm nay sao ạ",
    "nghi thai san xong quay lai lam bi chuyen bo phan",
    "công ty cho công nhân nghỉ mát tập thể ở Hà Tiên được không",
    "cả xưởng nghỉ trưa có 30 phút, không đủ ăn cơm",
    "cả công ty nghỉ lễ mà tổ em vẫn phải làm",
    "xin nghi viec truoc 30 ngay co duoc khong",
    "em tính nghỉ việc về quê, lấy sổ bảo hiểm làm sao",
    # Denied, over, or only asked about.
    "hết đình công rồi, mọi người làm lại bình thường",
    "không đình công đâu, anh em chỉ muốn được đối thoại",
    "công đoàn nói không nên ngừng việc, để công đoàn làm việc với chủ",
    "tui em ko co y dinh dinh cong gi dau nha",
    "Đình công thế nào là hợp pháp ạ?",
    "em muốn tìm hiểu luật đình công",
    "năm ngoái có đình công, năm nay yên rồi",
    "không ai đình công hết, tin đồn thôi",
    "Sau vụ ngừng việc tháng trước công ty đã trả đủ lương",
    "đừng nghỉ tập thể nha mọi người, chờ công đoàn trả lời",
    "tập huấn về phòng ngừa đình công khi nào mở lớp ạ",
    "chua ai ru nhau ngung may het",
    # Machines that stand still, work that is missing.
    "cúp điện ngưng máy cả buổi sáng, vậy có được tính lương không",
    "Lương ngừng việc tính sao khi thiếu nguyên liệu",
    "mỗi lần vệ sinh phải tắt máy, quản lý cứ la",
    "tắt máy lạnh giữa trưa nóng không chịu nổi",
    "thứ 7 bảo trì dừng máy, tụi em có phải đi làm không",
    # About wages, but nobody owes any.
    "lương cơ bản chỗ em thấp quá, mong được tăng",
    "khi nào tăng lương tối thiểu vùng vậy ạ",
    "cty ko no luong nhung luong thap",
    "bang luong kho hieu, cho em xin giai thich",
    "tháng trước có chậm lương nhưng nay đã trả đủ",
    "lương tháng 13 tính sao",
    "em mới vô làm chưa có lương, cho em hỏi ngày nào phát",
    "bảo hiểm y tế đăng ký khám ở đâu",
    # Overtime of one person, or too little of it.
    "em có con nhỏ xin không tăng ca có được không",
    "dạo này tụi em không được tăng ca, thu nhập thấp",
    "tang ca 4 tieng moi ngay met qua",
    "tụi em không tăng ca là bị trừ điểm",
    # Allowances and quotas as they are.
    "mong công ty tăng phụ cấp xăng xe",
    "đi trễ 5 phút bị cắt chuyên cần",
    "định mức bao nhiêu là đúng quy định",
    # Other words that sound alike.
    "nhà vệ sinh đóng cửa từ 10h tới 2h",
    "cửa hàng công đoàn đóng cửa sớm quá",
    "công đoàn có giúp vay tiền không, em thiếu nợ",
    "tổ trưởng chửi công nhân hoài",
    "quạt hư 3 tháng không ai sửa",
    "trưa nay cơm thiu, nhiều người đau bụng",
    "xe đưa rước hay trễ",
    "Cảm ơn công đoàn đã thăm hỏi em",
    "chủ trọ tăng giá phòng",
    "nha tre gan cty het cho, con em ko gui duoc",
]

# A word typed without its accents calms nothing: who cannot tell "chờ thợ sửa" from other words of
# these letters had better look once too often.
BETTER_ASKED = [
    "cho hoi dinh cong co bi phat khong",
    "may hu phai dung chuyen cho tho sua",
    "ca xuong bo ve sinh",
]

# Written after the first two tables had been got right, to see what the rules do with words that
# nobody had in mind; then they were improved by these as well.
LATER = [
    (STOPPAGE, "hôm nay công nhân tổ hoàn thành không vào xưởng, đòi trả lương tháng 8"),
    (STOPPAGE, "e nghe mấy chị nói thứ 2 là ngưng hết, k may nữa"),
    (STOPPAGE, "tổ em 40 người ký đơn, không giải quyết thì nghỉ tập thể"),
    (STOPPAGE, "may bữa nay xưởng lộn xộn lắm, người ta hô nhau ngừng làm"),
    (STOPPAGE, "bo viec tap the de doi quyen loi"),
    (STOPPAGE, "công nhân đang đình công trước cổng nhà máy từ 7h sáng"),
    (STOPPAGE, "anh chị em chuẩn bị ngừng việc vì thưởng tết chỉ có 500 ngàn"),
    (STOPPAGE, "gần 300 người đứng ngoài đường không chịu vô làm"),
    (STOPPAGE, "xưởng may 2 nghỉ làm hàng loạt sáng nay"),
    (STOPPAGE, "tụi tôi bàn rồi, không có thưởng thì cả tổ nghỉ luôn"),
    (STOPPAGE, "dang co tin mai toan cong ty dinh cong do cong doan oi"),
    (STOPPAGE, "công nhân bức xúc quá, có thể ngừng việc bất cứ lúc nào"),
    (STOPPAGE, "lãnh đạo không ra gặp thì tụi em ngồi lì ở đây không làm"),
    (STOPPAGE, "chuyen 3 voi chuyen 4 da nghi tu hoi 9h de phan doi"),
    (ARREARS, "đã 2 kỳ lương rồi công ty chưa thanh toán"),
    (ARREARS, "lương tháng trước tới giờ vẫn nợ 50%"),
    (ARREARS, "tra luong nho giot, con thieu 1 thang ruoi"),
    (ARREARS, "em kiểm tra vssid thấy công ty ngưng đóng từ tháng 3"),
    (ARREARS, "cty chiem dung tien bao hiem cua cong nhan"),
    (ARREARS, "ngày 10 là có lương mà nay 25 chưa thấy đâu"),
    (CLOSURE, "ông chủ Hàn Quốc về nước không thấy qua nữa, điện thoại không liên lạc được"),
    (CLOSURE, "cty sap dong cua nha may o day chuyen di tinh khac"),
    (CLOSURE, "chủ doanh nghiệp bỏ đi mất rồi, tụi em không biết kêu ai"),
    (OVERTIME, "nguyên line 6 không ai chịu ở lại làm thêm tối nay"),
    (OVERTIME, "mọi người thống nhất từ tuần này không tăng ca nữa"),
    (CHANGE, "công ty mới ra thông báo cắt tiền trợ cấp nhà trọ"),
    (CHANGE, "sản lượng bị đẩy lên gấp đôi so với tháng trước"),
    (CHANGE, "don gia ma hang moi rot con 1 nua"),
    (CHANGE, "tự ý đổi cách tính lương sản phẩm, ai cũng mất cả triệu"),
    (CHANGE, "tu dung bo phu cap chuyen can cua tui em"),
    (None, "cho em hỏi nghỉ ngày cưới được mấy bữa"),
    (None, "em xin nghỉ làm 1 tuần để mổ ruột thừa"),
    (None, "nghỉ việc rồi bao lâu thì lãnh được bảo hiểm thất nghiệp"),
    (None, "cả tổ nghỉ giải lao có 10 phút"),
    (None, "máy may em hư hoài, báo bảo trì không ai tới"),
    (None, "xin đổi ca vì con bệnh"),
    (None, "ca trước để máy dơ, dừng máy lau mất nửa tiếng"),
    (None, "mọi người đi làm bình thường rồi, không còn ai đình công"),
    (None, "vụ đình công bên công ty kia sao rồi anh"),
    (None, "em không tham gia đình công mà bị quản lý nói này nọ"),
    (None, "lương tháng này em bị tính thiếu 2 công"),
    (None, "hôm nào phát lương vậy ạ"),
    (None, "công ty trả lương đúng hạn nhưng thấp"),
    (None, "bao hiem tai nan mua o dau"),
    (None, "công ty có đóng bảo hiểm đầy đủ không, làm sao tra"),
    (None, "giám đốc mới về hay la công nhân"),
    (None, "bảo vệ đóng cửa không cho em vô vì quên thẻ"),
    (None, "cổng phụ đóng cửa lúc 7h nên em bị trễ"),
    (None, "chị em phụ nữ ngày 8/3 có được nghỉ sớm không"),
    (None, "tăng ca tính tiền sao cho đúng"),
    (None, "tuần này không có tăng ca, về sớm cho con"),
    (None, "phụ cấp độc hại được bao nhiêu ạ"),
    (None, "em muốn xin tăng lương thì làm sao"),
    (None, "đề nghị giảm định mức cho công nhân mới"),
    (None, "công đoàn tổ chức hội thao khi nào vậy"),
    (None, "tập trung ở cổng lúc 5h để đi du lịch phải không ạ"),
    (None, "con em 3 tuổi không có trường gửi"),
    (None, "phòng trọ bị cúp nước 2 ngày"),
    (None, "nước uống trong xưởng có mùi"),
    (None, "kéo hàng nặng quá tụi em đau lưng hết"),
    (STOPPAGE, "Sáng nay công nhân công ty em ngừng việc tập thể, yêu cầu tăng tiền cơm"),
    (STOPPAGE, "cong nhan ko vo ca, dung day kin cong roi"),
    (STOPPAGE, "chắc phải đình công thôi chứ nói hoài không ai nghe"),
    (STOPPAGE, "nghe đồn chiều nay anh em tổ dập sẽ tắt máy đi về"),
    (STOPPAGE, "tui em se nghi viec tap the neu cty khong tra lai tien"),
    (STOPPAGE, "nếu tết không có tháng 13 là cả công ty nghỉ hết á"),
    (STOPPAGE, "moi nguoi dang lan cong, lam cham lai het"),
    (STOPPAGE, "cả ngàn người kéo ra đường rồi anh ơi"),
    (STOPPAGE, "500 cn bo ra ngoai ko lam, cong an xuong roi"),
    (STOPPAGE, "công nhân không đồng ý nên đã ngưng sản xuất từ chiều qua"),
    (ARREARS, "tới hôm nay vẫn chưa nhận được lương tháng 10"),
    (ARREARS, "cong ty thieu luong tui em gan 2 thang"),
    (ARREARS, "bảo hiểm xã hội công ty nợ mấy trăm triệu"),
    (ARREARS, "không thấy trả tiền tăng ca 3 tháng nay, lương cũng chưa có"),
    (ARREARS, "em bị sếp khất lương hoài"),
    (CLOSURE, "nghe tin công ty giải thể cuối tháng, quyền lợi tụi em ra sao"),
    (CLOSURE, "giam doc bo tron, ngan hang xuong niem phong may"),
    (CLOSURE, "cty dong cua khong bao truoc, sang toi thay khoa cong"),
    (OVERTIME, "anh em xưởng sơn không chịu tăng ca nữa vì bị ép quá"),
    (OVERTIME, "cả tổ bỏ tăng ca tối qua"),
    (CHANGE, "công ty giảm phụ cấp thâm niên mà không thông báo"),
    (CHANGE, "định mức từ 500 lên 650 con ai làm cho nổi"),
    (CHANGE, "cắt tiền ăn từ 25 ngàn còn 18 ngàn"),
    (CHANGE, "tháng này bỗng dưng bỏ thưởng năng suất"),
    (None, "em xin nghỉ không lương 1 tháng được không"),
    (None, "ngừng việc do dịch bệnh thì lương tính thế nào"),
    (None, "máy dừng liên tục do lỗi, tụi em không đủ sản lượng"),
    (None, "nghỉ việc không báo trước có bị trừ lương không"),
    (None, "đã làm 6 tháng mà chưa tăng lương lần nào"),
    (None, "khi nào thì lãnh lương tháng này"),
    (None, "bhyt của con em làm ở đâu"),
    (None, "em không thích tăng ca nhiều"),
    (None, "cả nhà em 4 người ở trọ chật quá"),
    (None, "công ty tăng phụ cấp độc hại rồi, cảm ơn công đoàn"),
    (None, "tổ trưởng không cho nghỉ phép"),
    (None, "anh em công nhân mong có sân đá banh"),
    (None, "không ai hướng dẫn em cách vận hành máy"),
    (None, "chị em nghỉ thai sản xong được làm ít giờ hơn không"),
    (None, "quán cơm trước cổng bán mắc quá"),
    (None, "xe tải đậu chặn lối đi trước cổng nguy hiểm"),
    (None, "người ta nói đình công là phạm luật, đúng không ạ"),
    (None, "em chưa bị nợ lương bao giờ, công ty tốt"),
    (None, "nghỉ lễ 2/9 tụi em được mấy ngày"),
    (None, "công ty chuyển em qua xưởng khác mà không hỏi"),
    (None, "sợ bị đuổi nên không dám nói"),
    (None, "toilet xưởng 2 hư cả tháng"),
    (None, "bao giờ công ty khám sức khỏe"),
    (None, "tụi em muốn về sớm 30 phút ngày mưa lũ"),
]

# Never used to improve anything: what to expect of the next hundred concerns.
UNSEEN = [
    (STOPPAGE, "tụi em hẹn thứ 5 này nghỉ hết coi công ty làm sao"),
    (STOPPAGE, "công nhân xưởng nhuộm đang tụ tập ở sân, không ai làm việc"),
    (STOPPAGE, "cty ma khong tra thuong thi tui em dinh cong that do"),
    (STOPPAGE, "dây chuyền đóng gói đã ngưng hoạt động, công nhân đòi gặp tổng giám đốc"),
    (STOPPAGE, "sang nay gan het to 2 khong den lam de phan doi"),
    (STOPPAGE, "anh em lái xe đồng loạt tắt máy không chạy chuyến"),
    (STOPPAGE, "có nhóm kích động công nhân nghỉ việc tập thể"),
    (STOPPAGE, "nếu thứ 7 chưa trả thì ngừng việc, ai cũng đồng lòng"),
    (STOPPAGE, "vụ đình công ở xưởng em hôm nay là ngày thứ 2 rồi"),
    (ARREARS, "2 tháng rồi cty chưa trả cho tụi em đồng nào"),
    (ARREARS, "lương trễ hoài, tháng nào cũng trễ cả tuần"),
    (ARREARS, "đi khám bệnh mới biết công ty chưa đóng bhyt"),
    (ARREARS, "con no tui 12 trieu tien luong"),
    (CLOSURE, "nghe đâu sắp bán công ty, chủ cũ trốn nợ rồi"),
    (CLOSURE, "may ngay nay khong thay ai trong van phong, cong khoa"),
    (OVERTIME, "hôm qua cả phân xưởng về hết lúc 5h, không ai tăng ca"),
    (CHANGE, "tu thang nay khong con tien xang xe nua"),
    (CHANGE, "ép tăng sản lượng từ 900 lên 1100 đôi"),
    (None, "em nghỉ bệnh có giấy bác sĩ mà vẫn bị trừ"),
    (None, "công ty cho nghỉ 2 ngày để kiểm kê"),
    (None, "tổ em xin dừng máy sớm 10 phút để vệ sinh"),
    (None, "bên công an hỏi chuyện đình công năm trước"),
    (None, "ký hợp đồng xong có nghỉ ngang được không"),
    (None, "anh em nghỉ giữa ca không có chỗ ngồi"),
    (None, "nha giu tre cua cong doan chung nao mo"),
    (None, "luong em 6tr 1 thang co phai dong thue khong"),
    (None, "lãnh bảo hiểm 1 lần cần giấy gì"),
    (None, "phụ cấp đi lại có tính đóng bhxh không"),
    (None, "quản đốc đánh công nhân, công đoàn xuống coi giùm"),
    (None, "tăng ca về khuya không có xe đưa"),
    (None, "đừng có nghe người ta xúi nghỉ việc tập thể"),
    (None, "công đoàn vận động nên tụi em đã vô làm lại, không nghỉ nữa"),
    (None, "sản lượng tháng này cao nên thu nhập khá"),
    (None, "mấy bữa nay mưa, trần dột ướt hết hàng"),
    (None, "ko biet ban chap hanh cong doan la ai"),
    (None, "em làm ca đêm xong chạy về tai nạn, có được tính không"),
]

Labelled = tuple[SignKind | None, str]
KNOWN: list[Labelled] = [
    *SAMPLES_THAT_ALARM,
    *ALARMS,
    *((None, text) for text in [*SAMPLES_THAT_DO_NOT, *QUIET]),
    *LATER,
]
TODAY = date(2026, 11, 18)
NOON = at(TODAY, time(12, 0))


def measured(rows: Iterable[Labelled]) -> tuple[float, float]:
    """Precision and recall, after printing them with what went wrong."""
    right = wrong = missed = 0
    for kind, text in rows:
        alarmed = bool(wording(text))
        right += alarmed and kind is not None
        wrong += alarmed and kind is None
        missed += not alarmed and kind is not None
        if alarmed != (kind is not None):
            print("false alarm:" if alarmed else "missed:", text)
    precision, recall = right / (right + wrong), right / (right + missed)
    print(f"precision {precision:.3f}, recall {recall:.3f} of {right + missed} that should alarm")
    return precision, recall


def test_the_words_raise_the_alarm_where_they_should_and_nowhere_else() -> None:
    precision, recall = measured(KNOWN)
    assert precision >= 0.98
    assert recall >= 0.97


def test_words_nobody_had_in_mind_are_mostly_read_right_too() -> None:
    precision, recall = measured(UNSEEN)
    assert precision >= 0.9
    assert recall >= 0.6


@pytest.mark.parametrize(("kind", "text"), [*SAMPLES_THAT_ALARM, *ALARMS])
def test_each_sign_is_named_as_what_it_is(kind: SignKind, text: str) -> None:
    assert kind in wording(text)


@pytest.mark.parametrize("text", [*SAMPLES_THAT_DO_NOT, *QUIET])
def test_these_stay_quiet(text: str) -> None:
    assert wording(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "tình hình ổn định, bữa ăn ca đủ, chưa có vướng mắc về lương",
        "chưa có ý kiến về lương",
        "chưa có phản ánh về lương",
        "công nhân chưa có thắc mắc về lương",
        "chưa nhận được kiến nghị về lương, thưởng",
        "Lương chưa có vấn đề gì",
        "về lương chưa có ý kiến phản ánh",
        "chưa ghi nhận nợ lương, chậm đóng BHXH",
        "Không có tình trạng nợ lương",
        "chưa có trường hợp nợ lương",
        "chưa có trường hợp nào chậm đóng bảo hiểm",
        "không có nợ lương, nợ BHXH",
        "Chưa phát hiện doanh nghiệp chậm đóng, trốn đóng BHXH",
        "doanh nghiệp chưa có quy chế trả lương",
        "Chưa có dấu hiệu đình công, ngừng việc",
        "người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc",
        "hướng dẫn công nhân thủ tục khi nghỉ việc",
        "3 người lao động nghỉ việc trong tháng, đã tuyển bù",
        "số lao động nghỉ việc giảm so với quý trước",
        "người lao động đã nghỉ việc chưa được chốt sổ bảo hiểm",
    ],
)
def test_what_an_office_writes_when_all_is_well_stays_quiet(text: str) -> None:
    assert wording(text) == {}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (STOPPAGE, "chưa có lương nên công nhân ngừng việc"),
        (STOPPAGE, "công nhân đã nghỉ việc từ sáng"),
        (STOPPAGE, "khi công nhân nghỉ việc tập thể thì công ty mới chịu gặp"),
        (STOPPAGE, "chưa phát hiện ai cầm đầu, công nhân ngừng việc từ sáng"),
        (STOPPAGE, "chưa xảy ra đình công nhưng công nhân dọa ngừng việc"),
        (ARREARS, "không có nợ lương nhưng nợ BHXH 5 tháng"),
        (ARREARS, "lương chưa có ý định trả"),
        (ARREARS, "công ty nợ lương 2 tháng, chưa có ý kiến phản hồi"),
        (ARREARS, "lương tháng 10 chưa có, công nhân chưa có ý kiến"),
    ],
)
def test_such_words_hide_nothing_that_stands_beside_them(kind: SignKind, text: str) -> None:
    assert kind in wording(text)


@pytest.mark.parametrize("text", BETTER_ASKED)
def test_a_word_without_accents_calms_nothing(text: str) -> None:
    assert STOPPAGE in wording(text)


@pytest.mark.parametrize(
    "text",
    [
        "cả xưởng bỏ về hết rồi",
        "mai tụi tôi không lên chuyền nữa",
        "công nhân kéo ra cổng ngồi hết",
        "anh em tắt máy hết rồi",
        "chuyền 7 không ai chịu làm tiếp",
        "mọi người bàn nhau mai ở nhà",
        "tổ cắt đồng loạt bỏ vị trí từ trưa",
        "nguyên xưởng kéo lên văn phòng ngồi",
        "công ty sắp giải thể",
        "cả tổ từ chối tăng ca tối nay",
        "nợ lương 2 tháng của cả xưởng",
    ],
)
def test_what_alarms_with_accents_alarms_without(text: str) -> None:
    bare = "".join(c for c in normalize("NFD", text) if not combining(c)).replace("đ", "d")
    assert set(wording(text)) <= set(wording(bare))
    assert wording(text)


@pytest.mark.parametrize(
    "text",
    [
        # With accents a word is that word: "kiểm tra" is not "trả", "đêm qua" not "quà".
        "Đoàn kiểm tra chưa tới",
        "kiểm tra lương thực trong kho",
        "đêm qua trời mưa",
        # Điều 125 BLLĐ: one person who stays away without leave.
        "Tự ý bỏ việc 5 ngày thì bị sa thải đúng không",
        "em tự ý bỏ việc nên bị kỷ luật",
        "Nhiều công nhân hỏi tự ý bỏ việc bao nhiêu ngày thì bị sa thải",
        # Long ago, elsewhere, over.
        "năm 2019 cả xưởng từng ngừng việc",
        "năm ngoái công nhân đình công, năm nay yên",
        "bên công ty khác công nhân đang đình công",
        "ở công ty cũ anh em hay nghỉ việc tập thể",
        "hết đình công rồi",
        "het dinh cong roi",
        "công nhân bên Hàn đình công suốt",
    ],
)
def test_what_only_sounds_alike_stays_quiet(text: str) -> None:
    assert wording(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "năm nay không tăng lương thì cả xưởng đình công",
        "Công ty khác tăng rồi. Ở đây cả xưởng đang ngừng việc",
    ],
)
def test_another_year_or_place_calms_only_its_own_sentence(text: str) -> None:
    assert STOPPAGE in wording(text)


@pytest.mark.parametrize("text", ["", "   ", "???", "😡😡😡", "9999", "\n\n", "không", "đ"])
def test_nothing_said_is_no_sign(text: str) -> None:
    assert wording(text) == {}


MEAL = CaseText(1, 7, Category.BUA_AN, "cơm thiu", NOON)


def earlier(number: int, days: float = 1, site: int = 7, **changed: object) -> CaseText:
    told = replace(MEAL, id=number, site=site, at=NOON - timedelta(days=days))
    return replace(told, **changed)  # type: ignore[arg-type]


def kinds(*others: CaseText, zone: Iterable[CaseText] = (), **facts: object) -> list[SignKind]:
    case = facts.pop("case", MEAL)
    assert isinstance(case, CaseText)
    found = signs(case, others, zone_recent=list(zone), today=TODAY, **facts)  # type: ignore[arg-type]
    return [sign.kind for sign in found]


def test_three_cases_of_one_category_in_seven_days_are_a_cluster() -> None:
    assert kinds(earlier(2), earlier(3, days=7)) == [SignKind.CLUSTER]
    assert kinds(earlier(2)) == []
    assert kinds(earlier(2), earlier(3, days=7.01)) == []
    assert kinds(earlier(2), earlier(3, category=Category.LUONG)) == []
    # The new case itself may be among the recent ones; it counts once.
    assert kinds(MEAL, earlier(2)) == []


@pytest.mark.parametrize(
    ("season", "in_season"),
    [
        (Season(tet=TODAY + timedelta(days=45)), True),
        (Season(tet=TODAY + timedelta(days=46)), False),
        (Season(tet=TODAY), True),
        (Season(tet=TODAY - timedelta(days=1)), False),
        (Season(wage_change=TODAY), True),
        (Season(wage_change=TODAY - timedelta(days=60)), True),
        (Season(wage_change=TODAY - timedelta(days=61)), False),
        (Season(wage_change=TODAY + timedelta(days=1)), False),
    ],
)
def test_in_season_two_cases_are_enough(season: Season, in_season: bool) -> None:
    expected = [SignKind.CLUSTER, SignKind.SEASON] if in_season else []
    assert kinds(earlier(2), season=season) == expected
    assert kinds(season=season) == []  # the season alone is no sign


def test_several_tense_sites_of_a_zone_are_a_sign_of_their_own() -> None:
    owed = replace(MEAL, text="cty nợ lương 2 tháng")
    zone = [earlier(2, site=8, text="chua co luong"), earlier(3, site=9, text="cắt phụ cấp xăng")]
    assert kinds(case=owed, zone=zone) == [SignKind.ZONE, SignKind.ARREARS]
    assert kinds(case=owed, zone=zone[:1]) == [SignKind.ARREARS]
    calm = [earlier(4, site=8), earlier(5, site=9)]
    assert kinds(case=owed, zone=calm) == [SignKind.ARREARS]
    assert kinds(zone=zone) == []  # the new case itself says nothing of the kind


def test_an_alert_is_named_by_its_heaviest_sign_and_counts_its_cases() -> None:
    owed = replace(MEAL, text="cty nợ lương, mai cả xưởng đình công")
    others = [earlier(2, text="mai nghỉ tập thể nha")]
    told = alert(signs(owed, others, today=TODAY))
    assert told is not None
    assert (told.level, told.kind, told.size) == (AlertLevel.ALARM, STOPPAGE, 2)
    assert [sign.kind for sign in told.signs] == [STOPPAGE, ARREARS]
    assert told.signs[0].words == ("đình công",)


def test_a_sign_counts_only_the_cases_that_say_the_same() -> None:
    stoppage = replace(MEAL, text="mai tụi em ngưng máy")
    others = [earlier(2), earlier(3, text="mai tụi em ngưng máy", category=Category.LUONG)]
    (sign, *_) = signs(stoppage, others, today=TODAY)
    assert (sign.kind, sign.cases) == (STOPPAGE, (1, 3))


def test_of_many_others_only_the_sign_that_was_found_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Sixty people in ten minutes: else the last of them costs five times as much."""
    looked_for: list[SignKind] = []
    look = early_warning._undenied

    def noted(kind: SignKind, *rest: Any) -> Any:
        looked_for.append(kind)
        return look(kind, *rest)

    monkeypatch.setattr(early_warning, "_undenied", noted)
    owed = [earlier(number, text="công ty nợ lương") for number in range(2, 62)]
    detected = signs(replace(MEAL, text="công ty nợ lương"), owed, today=TODAY)
    assert [len(sign.cases) for sign in detected if sign.kind is ARREARS] == [61]
    assert looked_for.count(ARREARS) == 61
    assert looked_for.count(SignKind.CLOSURE) == 1


def test_arrears_alone_are_a_warning_and_nothing_is_nothing() -> None:
    told = alert(signs(replace(MEAL, text="chua co luong"), [], today=TODAY))
    assert told is not None
    assert (told.level, told.kind, told.size) == (AlertLevel.WARNING, ARREARS, 1)
    assert alert(signs(MEAL, [], today=TODAY)) is None


@pytest.mark.parametrize(
    ("hours", "before", "size", "told"),
    [
        (1, 1, 1, False),
        (1, 1, 2, False),
        (1, 1, 3, True),
        (1, 10, 19, False),
        (1, 10, 20, True),
        (23.9, 3, 4, False),
        (24, 3, 3, True),
    ],
)
def test_the_same_cluster_again_only_after_a_day_or_when_grown(
    hours: float, before: int, size: int, told: bool
) -> None:
    previous = AlertFacts(NOON - timedelta(hours=hours), before)
    assert should_alert(previous, NOON, size) is told


def test_sixty_people_in_ten_minutes_make_a_handful_of_alerts() -> None:
    previous, told = None, 0
    for size in range(1, 61):
        now = NOON + timedelta(seconds=10 * size)
        if should_alert(previous, now, size):
            previous, told = AlertFacts(now, size), told + 1
    assert told == 6


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        should_alert(None, datetime(2026, 11, 18), 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Thứ 2 không sửa là tụi em NGƯNG   MÁY đó", "NGƯNG MÁY"),
        ("mai ngưnggggg máy luônnnn", "ngưnggggg máy"),
        ("Mai Ngu\u031bng ma\u0301y", "Ngưng máy"),
        ("CTY NO LUONG 2 thang", "NO LUONG"),
    ],
)
def test_what_rings_is_quoted_in_the_persons_own_words(text: str, quoted: str) -> None:
    assert quoted in [words for found in wording(text).values() for words in found]


@pytest.mark.parametrize("text", ["chu tich an chan qua tet", "Công đoàn ăn chặn tiền phí"])
def test_in_a_concern_about_the_union_its_money_is_no_wages(text: str) -> None:
    assert SignKind.ARREARS in wording(text)
    assert SignKind.ARREARS not in wording(text, Category.CONG_DOAN)
    assert SignKind.ARREARS in wording("cong ty no luong 2 thang", Category.CONG_DOAN)


def test_an_office_adds_words_of_its_own_and_takes_others_out() -> None:
    own = OwnWords(alarming=("nằm chuồng",), harmless=("tắt máy giờ trái đất",))
    assert STOPPAGE not in wording("mai nằm chuồng hết nha")
    assert wording("mai nằm chuồng hết nha", own=own)[STOPPAGE] == ("nằm chuồng",)
    assert STOPPAGE in wording("cả xưởng tắt máy giờ trái đất")
    assert wording("cả xưởng tắt máy giờ trái đất", own=own) == {}


def test_the_law_gives_twelve_hours_and_says_where() -> None:
    law = strike_law()
    assert law.span == timedelta(hours=12)
    assert law.source == "Điều 211 Bộ luật Lao động 2019"
