PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES('0042');
CREATE TABLE schedule_mark (
	name VARCHAR(40) NOT NULL, 
	ran_at DATETIME NOT NULL, 
	CONSTRAINT pk_schedule_mark PRIMARY KEY (name)
);
INSERT INTO schedule_mark VALUES('assign_week','2026-11-08 17:00:00.000000');
INSERT INTO schedule_mark VALUES('digest','2026-11-08 17:00:00.000000');
INSERT INTO schedule_mark VALUES('monthly','2026-11-08 17:00:00.000000');
INSERT INTO schedule_mark VALUES('group_digest','2026-11-08 17:00:00.000000');
INSERT INTO schedule_mark VALUES('obligations','2026-11-08 23:49:35.142835');
INSERT INTO schedule_mark VALUES('upkeep','2026-11-08 23:49:35.142835');
INSERT INTO schedule_mark VALUES('retention','2026-11-08 23:49:35.142835');
INSERT INTO schedule_mark VALUES('menus:ec477ad9b1bda637','2026-11-08 23:49:38.045451');
CREATE TABLE tally (
	look VARCHAR(72) NOT NULL, 
	what VARCHAR(16) NOT NULL, 
	since DATETIME NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_tally PRIMARY KEY (look, what, since)
);
CREATE TABLE vault_key (
	key_id VARCHAR(16) NOT NULL, 
	"check" BLOB NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_vault_key PRIMARY KEY (key_id)
);
INSERT INTO vault_key VALUES('d1199d1b',X'd1199d1b002df7ee24852eee59808e2ebd058f1984b8ef9cc1f9ed61224b951ee0e10f9d4b7af2','2026-11-08 17:00:00.000000');
CREATE TABLE week_plan (
	week DATE NOT NULL, 
	planned_at DATETIME NOT NULL, 
	skipped BOOLEAN NOT NULL, 
	CONSTRAINT pk_week_plan PRIMARY KEY (week)
);
INSERT INTO week_plan VALUES('2026-09-28','2026-09-28 00:00:00.000000',0);
INSERT INTO week_plan VALUES('2026-10-05','2026-10-05 00:00:00.000000',0);
INSERT INTO week_plan VALUES('2026-10-12','2026-10-12 00:00:00.000000',0);
INSERT INTO week_plan VALUES('2026-10-19','2026-10-19 00:00:00.000000',0);
INSERT INTO week_plan VALUES('2026-10-26','2026-10-26 00:00:00.000000',0);
INSERT INTO week_plan VALUES('2026-11-02','2026-11-02 00:00:00.000000',0);
CREATE TABLE barred_reporter (
	look VARCHAR(64) NOT NULL, 
	why VARCHAR(300) NOT NULL, 
	"by" INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_barred_reporter PRIMARY KEY (look), 
	CONSTRAINT fk_barred_reporter_by_person FOREIGN KEY("by") REFERENCES person (id)
);
CREATE TABLE cluster_unit (
	cluster_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	CONSTRAINT pk_cluster_unit PRIMARY KEY (cluster_id, unit_id), 
	CONSTRAINT fk_cluster_unit_cluster_id_cluster FOREIGN KEY(cluster_id) REFERENCES cluster (id), 
	CONSTRAINT fk_cluster_unit_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
INSERT INTO cluster_unit VALUES(1,12);
INSERT INTO cluster_unit VALUES(1,22);
CREATE TABLE report_file (
	report_id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	CONSTRAINT pk_report_file PRIMARY KEY (report_id, file_id), 
	CONSTRAINT fk_report_file_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id), 
	CONSTRAINT fk_report_file_report_id_visit_report FOREIGN KEY(report_id) REFERENCES visit_report (id)
);
CREATE TABLE report_topic (
	report_id INTEGER NOT NULL, 
	topic VARCHAR(32) NOT NULL, 
	trouble BOOLEAN NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_report_topic PRIMARY KEY (report_id, topic), 
	CONSTRAINT fk_report_topic_report_id_visit_report FOREIGN KEY(report_id) REFERENCES visit_report (id)
);
INSERT INTO report_topic VALUES(1,'jobs',0,'');
INSERT INTO report_topic VALUES(1,'insurance',0,'');
INSERT INTO report_topic VALUES(1,'wages',1,'Định mức tăng từ 100 lên 115 sản phẩm, thu nhập giảm.');
INSERT INTO report_topic VALUES(2,'jobs',0,'');
INSERT INTO report_topic VALUES(2,'insurance',0,'');
INSERT INTO report_topic VALUES(2,'safety',1,'Bộ phận che chắn của một máy bị hỏng, đã đề nghị dừng máy để sửa.');
INSERT INTO report_topic VALUES(3,'jobs',0,'');
INSERT INTO report_topic VALUES(3,'insurance',0,'');
INSERT INTO report_topic VALUES(4,'jobs',0,'');
INSERT INTO report_topic VALUES(4,'insurance',0,'');
INSERT INTO report_topic VALUES(4,'safety',1,'Ủng, găng tay cấp chưa đủ so với thực tế hao mòn.');
INSERT INTO report_topic VALUES(5,'jobs',0,'');
INSERT INTO report_topic VALUES(5,'insurance',0,'');
INSERT INTO report_topic VALUES(5,'wages',1,'Tiền làm thêm ngày lễ chưa ghi rõ trên phiếu lương.');
INSERT INTO report_topic VALUES(6,'jobs',0,'');
INSERT INTO report_topic VALUES(6,'insurance',0,'');
INSERT INTO report_topic VALUES(6,'safety',1,'Xưởng nóng, quạt hỏng.');
INSERT INTO report_topic VALUES(7,'jobs',0,'');
INSERT INTO report_topic VALUES(7,'insurance',0,'');
INSERT INTO report_topic VALUES(8,'jobs',0,'');
INSERT INTO report_topic VALUES(8,'insurance',0,'');
INSERT INTO report_topic VALUES(9,'jobs',0,'');
INSERT INTO report_topic VALUES(9,'insurance',0,'');
INSERT INTO report_topic VALUES(9,'safety',1,'Chỗ nghỉ giữa ca thiếu nước uống, nhà vệ sinh.');
INSERT INTO report_topic VALUES(10,'jobs',0,'');
INSERT INTO report_topic VALUES(10,'insurance',0,'');
INSERT INTO report_topic VALUES(11,'jobs',0,'');
INSERT INTO report_topic VALUES(11,'insurance',0,'');
INSERT INTO report_topic VALUES(12,'jobs',0,'');
INSERT INTO report_topic VALUES(12,'insurance',0,'');
INSERT INTO report_topic VALUES(12,'safety',1,'Bụi ở khu đóng bao.');
INSERT INTO report_topic VALUES(13,'jobs',0,'');
INSERT INTO report_topic VALUES(13,'insurance',0,'');
INSERT INTO report_topic VALUES(14,'jobs',0,'');
INSERT INTO report_topic VALUES(14,'insurance',0,'');
INSERT INTO report_topic VALUES(15,'jobs',0,'');
INSERT INTO report_topic VALUES(15,'insurance',0,'');
INSERT INTO report_topic VALUES(15,'democracy',1,'Chưa tổ chức hội nghị người lao động.');
INSERT INTO report_topic VALUES(16,'jobs',0,'');
INSERT INTO report_topic VALUES(16,'insurance',0,'');
INSERT INTO report_topic VALUES(17,'jobs',0,'');
INSERT INTO report_topic VALUES(17,'insurance',0,'');
INSERT INTO report_topic VALUES(18,'jobs',0,'');
INSERT INTO report_topic VALUES(18,'insurance',0,'');
INSERT INTO report_topic VALUES(19,'jobs',1,'Nhiều thợ phụ chưa ký hợp đồng.');
INSERT INTO report_topic VALUES(19,'insurance',0,'');
INSERT INTO report_topic VALUES(20,'jobs',0,'');
INSERT INTO report_topic VALUES(20,'insurance',0,'');
INSERT INTO report_topic VALUES(21,'jobs',0,'');
INSERT INTO report_topic VALUES(21,'insurance',0,'');
INSERT INTO report_topic VALUES(22,'jobs',0,'');
INSERT INTO report_topic VALUES(22,'insurance',0,'');
INSERT INTO report_topic VALUES(23,'jobs',0,'');
INSERT INTO report_topic VALUES(23,'insurance',0,'');
INSERT INTO report_topic VALUES(23,'growth',1,'Bốn lao động mới chưa làm đơn.');
INSERT INTO report_topic VALUES(24,'jobs',0,'');
INSERT INTO report_topic VALUES(24,'insurance',0,'');
INSERT INTO report_topic VALUES(25,'jobs',0,'');
INSERT INTO report_topic VALUES(25,'insurance',0,'');
INSERT INTO report_topic VALUES(26,'jobs',0,'');
INSERT INTO report_topic VALUES(26,'insurance',0,'');
INSERT INTO report_topic VALUES(26,'safety',1,'Chỗ nghỉ giữa ca thiếu nước uống, nhà vệ sinh.');
INSERT INTO report_topic VALUES(27,'jobs',0,'');
INSERT INTO report_topic VALUES(27,'insurance',0,'');
INSERT INTO report_topic VALUES(27,'safety',1,'Ủng, găng tay cấp chưa đủ so với thực tế hao mòn.');
INSERT INTO report_topic VALUES(28,'jobs',0,'');
INSERT INTO report_topic VALUES(29,'jobs',0,'');
INSERT INTO report_topic VALUES(29,'insurance',0,'');
INSERT INTO report_topic VALUES(29,'wages',1,'Định mức tăng từ 100 lên 115 sản phẩm, thu nhập giảm.');
INSERT INTO report_topic VALUES(30,'jobs',0,'');
INSERT INTO report_topic VALUES(31,'jobs',0,'');
INSERT INTO report_topic VALUES(31,'insurance',0,'');
INSERT INTO report_topic VALUES(32,'jobs',0,'');
INSERT INTO report_topic VALUES(32,'insurance',0,'');
CREATE TABLE case_file (
	case_id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	CONSTRAINT pk_case_file PRIMARY KEY (case_id, file_id), 
	CONSTRAINT fk_case_file_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_case_file_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id)
);
CREATE TABLE IF NOT EXISTS "case_event" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR(16) NOT NULL, 
	actor_id INTEGER, 
	what VARCHAR(24) NOT NULL, 
	words TEXT NOT NULL, 
	internal BOOLEAN NOT NULL, 
	data JSON NOT NULL, 
	CONSTRAINT fk_case_event_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_case_event_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id)
);
INSERT INTO case_event VALUES(1,1,'2026-09-29 08:00:00.000000','person',1,'received','',0,'{}');
INSERT INTO case_event VALUES(2,2,'2026-09-30 08:07:00.000000','person',2,'received','',0,'{}');
INSERT INTO case_event VALUES(3,3,'2026-10-02 08:21:00.000000','person',4,'received','',0,'{}');
INSERT INTO case_event VALUES(4,4,'2026-09-29 08:28:00.000000','person',5,'received','',0,'{}');
INSERT INTO case_event VALUES(5,5,'2026-10-09 08:21:00.000000','person',4,'received','',0,'{}');
INSERT INTO case_event VALUES(6,1,'2026-10-08 02:00:00.000000','person',7,'take','',0,'{"before": null}');
INSERT INTO case_event VALUES(7,1,'2026-10-08 02:00:00.000000','person',7,'settle','Công ty đã họp với tổ sản xuất, giữ định mức 105 sản phẩm cho mã hàng mới.',0,'{}');
INSERT INTO case_event VALUES(8,4,'2026-10-08 02:11:00.000000','person',11,'take','',0,'{"before": null}');
INSERT INTO case_event VALUES(9,4,'2026-10-08 02:11:00.000000','person',11,'settle','Bảng chấm công làm thêm đã dán ở phòng nhân viên từ tuần này.',0,'{}');
INSERT INTO case_event VALUES(10,2,'2026-10-08 02:22:00.000000','person',7,'take','',0,'{"before": null}');
INSERT INTO case_event VALUES(11,2,'2026-10-08 02:22:00.000000','person',7,'settle','Công ty đã kiểm tra 14 máy, lắp lại che chắn cho ba máy; công đoàn đến xem lại.',0,'{}');
INSERT INTO case_event VALUES(12,3,'2026-10-08 02:33:00.000000','person',10,'take','',0,'{"before": null}');
INSERT INTO case_event VALUES(13,3,'2026-10-08 02:33:00.000000','person',10,'settle','Công ty đồng ý cấp ba tháng một lần, đã phát đợt đầu.',0,'{}');
INSERT INTO case_event VALUES(14,5,'2026-10-15 02:00:00.000000','person',10,'take','',0,'{"before": null}');
INSERT INTO case_event VALUES(15,5,'2026-10-15 02:00:00.000000','person',10,'settle','Đơn vị đã đặt hai bình nước và thuê nhà vệ sinh lưu động ở bến.',0,'{}');
INSERT INTO case_event VALUES(16,6,'2026-10-21 08:07:00.000000','person',2,'received','',0,'{}');
INSERT INTO case_event VALUES(17,7,'2026-10-27 08:28:00.000000','person',5,'received','',0,'{}');
INSERT INTO case_event VALUES(18,8,'2026-10-28 08:35:00.000000','person',6,'received','',0,'{}');
INSERT INTO case_event VALUES(19,6,'2026-10-29 02:00:00.000000','person',7,'take','',0,'{"before": null}');
INSERT INTO case_event VALUES(20,9,'2026-11-04 08:07:00.000000','person',2,'received','',0,'{}');
INSERT INTO case_event VALUES(21,7,'2026-11-05 02:11:00.000000','person',11,'take','',0,'{"before": null}');
INSERT INTO case_event VALUES(22,7,'2026-11-05 02:11:00.000000','person',11,'settle','Đơn vị đã đặt hai bình nước và thuê nhà vệ sinh lưu động ở bến.',0,'{}');
INSERT INTO case_event VALUES(23,8,'2026-11-05 02:22:00.000000','person',11,'take','',0,'{"before": null}');
INSERT INTO case_event VALUES(24,8,'2026-11-05 02:22:00.000000','person',11,'settle','Công ty đồng ý cấp ba tháng một lần, đã phát đợt đầu.',0,'{}');
CREATE TABLE IF NOT EXISTS "cluster" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR(200) NOT NULL, 
	CONSTRAINT uq_cluster_name UNIQUE (name)
);
INSERT INTO cluster VALUES(1,'Cụm thi đua số 2');
CREATE TABLE IF NOT EXISTS "identity_view" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_identity_view_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_identity_view_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE IF NOT EXISTS "invitation" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code_hash VARCHAR(64) NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	unit_id INTEGER, 
	cluster_id INTEGER, 
	created_by INTEGER, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	used_by INTEGER, 
	used_at DATETIME, name VARCHAR(100) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_invitation_cluster_id_cluster FOREIGN KEY(cluster_id) REFERENCES cluster (id), 
	CONSTRAINT fk_invitation_created_by_person FOREIGN KEY(created_by) REFERENCES person (id), 
	CONSTRAINT uq_invitation_code_hash UNIQUE (code_hash), 
	CONSTRAINT fk_invitation_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_invitation_used_by_person FOREIGN KEY(used_by) REFERENCES person (id)
);
CREATE TABLE IF NOT EXISTS "leave" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	CONSTRAINT fk_leave_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE IF NOT EXISTS "membership" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	unit_id INTEGER, 
	cluster_id INTEGER, 
	ended_at DATETIME, 
	CONSTRAINT fk_membership_cluster_id_cluster FOREIGN KEY(cluster_id) REFERENCES cluster (id), 
	CONSTRAINT fk_membership_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_membership_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO membership VALUES(1,1,'officer',2,NULL,NULL);
INSERT INTO membership VALUES(2,2,'officer',2,NULL,NULL);
INSERT INTO membership VALUES(3,3,'officer',12,NULL,NULL);
INSERT INTO membership VALUES(4,4,'officer',12,NULL,NULL);
INSERT INTO membership VALUES(5,5,'officer',22,NULL,NULL);
INSERT INTO membership VALUES(6,6,'officer',1,NULL,NULL);
INSERT INTO membership VALUES(7,7,'supervisor',2,NULL,NULL);
INSERT INTO membership VALUES(8,8,'supervisor',1,NULL,NULL);
INSERT INTO membership VALUES(9,9,'supervisor',NULL,1,NULL);
INSERT INTO membership VALUES(10,10,'supervisor',12,NULL,NULL);
INSERT INTO membership VALUES(11,11,'supervisor',22,NULL,NULL);
INSERT INTO membership VALUES(12,12,'administrator',1,NULL,NULL);
INSERT INTO membership VALUES(13,13,'representative',3,NULL,NULL);
CREATE TABLE IF NOT EXISTS "obligation" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR(120) NOT NULL, 
	"group" VARCHAR(100) NOT NULL, 
	programme VARCHAR(40) NOT NULL, 
	report VARCHAR(40) NOT NULL, 
	request_id INTEGER, 
	title VARCHAR(200) NOT NULL, 
	unit_id INTEGER NOT NULL, 
	to_unit_id INTEGER NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	due_before DATE NOT NULL, 
	created_at DATETIME NOT NULL, 
	remind_at DATETIME, 
	reminded JSON NOT NULL, 
	excused_at DATETIME, 
	excused_by INTEGER, 
	excuse VARCHAR(500) NOT NULL, 
	CONSTRAINT fk_obligation_request_id_report_request FOREIGN KEY(request_id) REFERENCES report_request (id), 
	CONSTRAINT fk_obligation_to_unit_id_unit FOREIGN KEY(to_unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_obligation_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT uq_obligation_key UNIQUE ("key"), 
	CONSTRAINT fk_obligation_excused_by_person FOREIGN KEY(excused_by) REFERENCES person (id)
);
INSERT INTO obligation VALUES(1,'sat-co-so:nam:2026:2','sat-co-so:nam:2026','sat-co-so','nam',NULL,'Kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân”',2,1,'2026-01-01','2026-12-31','2026-12-15','2026-11-08 17:00:00.000000','2026-11-15 01:00:00.000000','[]',NULL,NULL,'');
INSERT INTO obligation VALUES(2,'sat-co-so:nam:2026:12','sat-co-so:nam:2026','sat-co-so','nam',NULL,'Kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân”',12,1,'2026-01-01','2026-12-31','2026-12-15','2026-11-08 17:00:00.000000','2026-11-15 01:00:00.000000','[]',NULL,NULL,'');
INSERT INTO obligation VALUES(3,'sat-co-so:nam:2026:22','sat-co-so:nam:2026','sat-co-so','nam',NULL,'Kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân”',22,1,'2026-01-01','2026-12-31','2026-12-15','2026-11-08 17:00:00.000000','2026-11-15 01:00:00.000000','[]',NULL,NULL,'');
CREATE TABLE IF NOT EXISTS "outbox_message" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dedupe_key VARCHAR(120) NOT NULL, 
	person_id INTEGER, 
	reporter_id VARCHAR, 
	subject VARCHAR(60) NOT NULL, 
	lane INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	rows JSON NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	not_before DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	sent_at DATETIME, 
	error VARCHAR(100) NOT NULL, retry_at DATETIME, given_up_on DATE, file_id INTEGER CONSTRAINT fk_outbox_message_file_id_stored_file REFERENCES stored_file (id), group_chat_id INTEGER CONSTRAINT fk_outbox_message_group_chat_id_group_chat REFERENCES group_chat (id), door VARCHAR(16) DEFAULT '' NOT NULL, mailbox VARCHAR(120) DEFAULT '' NOT NULL, opened BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT fk_outbox_message_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT uq_outbox_message_dedupe_key UNIQUE (dedupe_key), 
	CONSTRAINT fk_outbox_message_reporter_id_reporter FOREIGN KEY(reporter_id) REFERENCES reporter (id)
);
INSERT INTO outbox_message VALUES(1,'monday:2026-W40:1',1,NULL,'',2,replace('Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Giày Tân Lúa</b>\nLô 03, KCN Cửu Long, tỉnh Cửu Long\nda giày · 2.300 lao động · 1.980 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 989\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; tiềm ẩn phức tạp về quan hệ lao động.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:1:5"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:1"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:1:5"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:1:5"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:1:5"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:1:5"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(2,'monday:2026-W40:2',2,NULL,'',2,replace('Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Cơ khí Ba Nhịp</b>\nLô 07, KCN Cửu Long, tỉnh Cửu Long\ncơ khí · 96 lao động · 60 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 860\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; năm gần nhất xếp loại không hoàn thành nhiệm vụ.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:2:9"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:2"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:2:9"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:2:9"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:2:9"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:2:9"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(3,'monday:2026-W40:3',3,NULL,'',2,replace('Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Xây dựng Phú Lộc</b>\nSố 3, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\nxây dựng · 175 lao động · 92 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 305\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; tiềm ẩn phức tạp về quan hệ lao động.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:3:15"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:3"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:3:15"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:3:15"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:3:15"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:3:15"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(4,'monday:2026-W40:4',4,NULL,'',2,replace('Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Nông sản sấy Út Mười</b>\nSố 8, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\nnông sản · 67 lao động\nLiên hệ: Phòng nhân sự · 0296 000 753\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; 67 lao động, chưa thành lập CĐCS.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:4:20"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:4"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:4:20"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:4:20"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:4:20"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:4:20"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(5,'monday:2026-W40:5',5,NULL,'',2,replace('Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Resort Cát Trắng</b>\nSố 5, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long\nkhách sạn · 265 lao động · 190 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 882\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; năm gần nhất xếp loại không hoàn thành nhiệm vụ.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:5:27"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:5"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:5:27"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:5:27"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:5:27"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:5:27"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(6,'monday:2026-W40:6',6,NULL,'',2,replace('Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Điện tử Vi Na Sun</b>\nLô 09, KCN Cửu Long, tỉnh Cửu Long\nđiện tử · 540 lao động\nLiên hệ: Phòng nhân sự · 0296 000 011\n<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận; 540 lao động, chưa thành lập CĐCS.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:6:11"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:6"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:6:11"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:6:11"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:6:11"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:6:11"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(7,'alert:1:7',7,NULL,'',0,replace('⚠️ <b>Cảnh báo: có dấu hiệu căng thẳng</b>\n\n<b>Giày Tân Lúa</b> · 2.300 lao động\nCĐ các KCN tỉnh · 15:00 29/09/2026\n\nDấu hiệu:\n• thay đổi đột ngột định mức, phụ cấp: “định mức tăng”\n\nTheo báo cáo đi cơ sở của đồng chí Nguyễn Thị Thu An.\n\nĐề nghị đồng chí nắm ngay tình hình, gặp hai bên.','\n',char(10)),'[[["\ud83d\udcdd L\u1eadp b\u00e1o c\u00e1o nhanh", "alert:report:1"]], [["\ud83d\udc4c \u0110\u00e3 n\u1eafm", "alert:seen:1"], ["\ud83d\ude45 Kh\u00f4ng ph\u1ea3i", "alert:wrong:1"]], [["\ud83d\udccd Trang c\u01a1 s\u1edf", "site:open:5:alert:open:1"], ["\ud83c\udfe0 Trang ch\u00ednh", "home"]]]','cancelled','2026-09-29 08:00:00.000000','2026-09-29 08:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(8,'alert:1:8',8,NULL,'',0,replace('⚠️ <b>Cảnh báo: có dấu hiệu căng thẳng</b>\n\n<b>Giày Tân Lúa</b> · 2.300 lao động\nCĐ các KCN tỉnh · 15:00 29/09/2026\n\nDấu hiệu:\n• thay đổi đột ngột định mức, phụ cấp: “định mức tăng”\n\nTheo báo cáo đi cơ sở của đồng chí Nguyễn Thị Thu An.\n\nĐề nghị đồng chí nắm ngay tình hình, gặp hai bên.','\n',char(10)),'[[["\ud83d\udcdd L\u1eadp b\u00e1o c\u00e1o nhanh", "alert:report:1"]], [["\ud83d\udc4c \u0110\u00e3 n\u1eafm", "alert:seen:1"], ["\ud83d\ude45 Kh\u00f4ng ph\u1ea3i", "alert:wrong:1"]], [["\ud83d\udccd Trang c\u01a1 s\u1edf", "site:open:5:alert:open:1"], ["\ud83c\udfe0 Trang ch\u00ednh", "home"]]]','cancelled','2026-09-29 08:00:00.000000','2026-09-29 08:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(9,'case:1:remind:take:2026-10-01T15:00:20261005000000000000:7',7,NULL,'case:1',3,replace('⏳ Kiến nghị <b>P9R9F-D854H</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Giày Tân Lúa · lương, phụ cấp, định mức · hạn 15:00 20/10/2026\n“Đề nghị công ty họp với tổ sản xuất về định mức mới.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:1"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(10,'case:1:remind:take:2026-10-01T15:00:20261005000000000000:1',1,NULL,'case:1',3,replace('⏳ Kiến nghị <b>P9R9F-D854H</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Giày Tân Lúa · lương, phụ cấp, định mức · hạn 15:00 20/10/2026\n“Đề nghị công ty họp với tổ sản xuất về định mức mới.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:1"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(11,'case:1:remind:take:2026-10-01T15:00:20261005000000000000:2',2,NULL,'case:1',3,replace('⏳ Kiến nghị <b>P9R9F-D854H</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Giày Tân Lúa · lương, phụ cấp, định mức · hạn 15:00 20/10/2026\n“Đề nghị công ty họp với tổ sản xuất về định mức mới.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:1"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(12,'case:4:remind:take:2026-10-01T15:28:20261005000000000000:11',11,NULL,'case:4',3,replace('⏳ Kiến nghị <b>Y2X2P-NE4C8</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Resort Cát Trắng · giờ làm, tăng ca, phép · hạn 15:28 20/10/2026\n“Đề nghị công khai bảng chấm công làm thêm giờ hằng tuần.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:4"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(13,'case:4:remind:take:2026-10-01T15:28:20261005000000000000:5',5,NULL,'case:4',3,replace('⏳ Kiến nghị <b>Y2X2P-NE4C8</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Resort Cát Trắng · giờ làm, tăng ca, phép · hạn 15:28 20/10/2026\n“Đề nghị công khai bảng chấm công làm thêm giờ hằng tuần.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:4"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(14,'case:2:remind:take:2026-10-02T15:07:20261005000000000000:7',7,NULL,'case:2',3,replace('⏳ Kiến nghị <b>2KKY8-4D44R</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Cơ khí Ba Nhịp · an toàn, tai nạn · hạn 15:07 21/10/2026\n“Đề nghị kiểm tra che chắn của toàn bộ máy trong xưởng.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:2"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(15,'case:2:remind:take:2026-10-02T15:07:20261005000000000000:1',1,NULL,'case:2',3,replace('⏳ Kiến nghị <b>2KKY8-4D44R</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Cơ khí Ba Nhịp · an toàn, tai nạn · hạn 15:07 21/10/2026\n“Đề nghị kiểm tra che chắn của toàn bộ máy trong xưởng.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:2"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(16,'case:2:remind:take:2026-10-02T15:07:20261005000000000000:2',2,NULL,'case:2',3,replace('⏳ Kiến nghị <b>2KKY8-4D44R</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Cơ khí Ba Nhịp · an toàn, tai nạn · hạn 15:07 21/10/2026\n“Đề nghị kiểm tra che chắn của toàn bộ máy trong xưởng.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:2"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(17,'monday:2026-W41:1',1,NULL,'',2,replace('Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Gỗ Minh Thới</b>\nLô 08, KCN Cửu Long, tỉnh Cửu Long\ngỗ · 132 lao động\nLiên hệ: Phòng nhân sự · 0296 000 821\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; 132 lao động, chưa thành lập CĐCS.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:7:10"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:7"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:7:10"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:7:10"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:7:10"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:7:10"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(18,'monday:2026-W41:2',2,NULL,'',2,replace('Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>May Sen Vàng</b>\nLô 01, KCN Cửu Long, tỉnh Cửu Long\nmay · 1.850 lao động · 1.790 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 785\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; đông lao động (1.850 người).','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:8:3"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:8"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:8:3"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:8:3"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:8:3"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:8:3"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(19,'monday:2026-W41:3',3,NULL,'',2,replace('Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Nhà hàng Sông Trăng</b>\nSố 9, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\nnhà hàng · 38 lao động\nLiên hệ: Phòng nhân sự · 0296 000 719\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; 38 lao động, chưa thành lập CĐCS.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:9:21"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:9"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:9:21"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:9:21"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:9:21"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:9:21"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(20,'monday:2026-W41:4',4,NULL,'',2,replace('Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Vận tải Nam Giang</b>\nSố 5, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\nvận tải · 118 lao động · 101 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 812\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:10:17"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:10"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:10:17"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:10:17"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:10:17"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:10:17"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(21,'monday:2026-W41:5',5,NULL,'',2,replace('Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Kho lạnh Cửu Bình</b>\nSố 7, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long\nkho lạnh · 29 lao động\nLiên hệ: Phòng nhân sự · 0296 000 358\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; 29 lao động, chưa thành lập CĐCS.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:11:29"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:11"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:11:29"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:11:29"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:11:29"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:11:29"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(22,'monday:2026-W41:6',6,NULL,'',2,replace('Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Thủy sản Sông Lành</b>\nLô 02, KCN Cửu Long, tỉnh Cửu Long\nchế biến cá · 1.240 lao động · 1.105 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 523\n<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận; đông lao động (1.240 người).','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:12:4"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:12"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:12:4"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:12:4"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:12:4"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:12:4"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(23,'vouch:8:13',13,NULL,'',2,replace('🤝 Đồng chí Trần Quốc Bình báo cáo đã về <b>May Sen Vàng</b> ngày 07/10/2026.\n\nNếu đúng, đề nghị đồng chí xác nhận giúp. Nội dung làm việc không phải ghi gì thêm.','\n',char(10)),'[[["\u2705 C\u00f3 bu\u1ed5i l\u00e0m vi\u1ec7c n\u00e0y", "sv:yes:8"]], [["\ud83e\udd1d C\u00e1c bu\u1ed5i l\u00e0m vi\u1ec7c", "sv:list"]]]','cancelled','2026-10-07 08:07:00.000000','2026-10-07 08:07:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(24,'case:1:taken:20261008020000000000:1',1,NULL,'case:1',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (P9R9F-D854H) đã có người nhận xử lý.\n“Đề nghị công ty họp với tổ sản xuất về định mức mới.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:1"]]]','cancelled','2026-10-08 02:00:00.000000','2026-10-08 02:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(25,'case:1:settled:20261008020000000000:1',1,NULL,'case:1',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (P9R9F-D854H) đã được giải quyết:\nCông ty đã họp với tổ sản xuất, giữ định mức 105 sản phẩm cho mã hàng mới.\n“Đề nghị công ty họp với tổ sản xuất về định mức mới.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:1"]]]','cancelled','2026-10-08 02:00:00.000000','2026-10-08 02:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(26,'case:4:taken:20261008021100000000:5',5,NULL,'case:4',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (Y2X2P-NE4C8) đã có người nhận xử lý.\n“Đề nghị công khai bảng chấm công làm thêm giờ hằng tuần.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:4"]]]','cancelled','2026-10-08 02:11:00.000000','2026-10-08 02:11:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(27,'case:4:settled:20261008021100000000:5',5,NULL,'case:4',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (Y2X2P-NE4C8) đã được giải quyết:\nBảng chấm công làm thêm đã dán ở phòng nhân viên từ tuần này.\n“Đề nghị công khai bảng chấm công làm thêm giờ hằng tuần.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:4"]]]','cancelled','2026-10-08 02:11:00.000000','2026-10-08 02:11:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(28,'case:2:taken:20261008022200000000:2',2,NULL,'case:2',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (2KKY8-4D44R) đã có người nhận xử lý.\n“Đề nghị kiểm tra che chắn của toàn bộ máy trong xưởng.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:2"]]]','cancelled','2026-10-08 02:22:00.000000','2026-10-08 02:22:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(29,'case:2:settled:20261008022200000000:2',2,NULL,'case:2',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (2KKY8-4D44R) đã được giải quyết:\nCông ty đã kiểm tra 14 máy, lắp lại che chắn cho ba máy; công đoàn đến xem lại.\n“Đề nghị kiểm tra che chắn của toàn bộ máy trong xưởng.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:2"]]]','cancelled','2026-10-08 02:22:00.000000','2026-10-08 02:22:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(30,'case:3:taken:20261008023300000000:4',4,NULL,'case:3',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (9FA99-EYWN9) đã có người nhận xử lý.\n“Đề nghị cấp ủng, găng tay ba tháng một lần.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:3"]]]','cancelled','2026-10-08 02:33:00.000000','2026-10-08 02:33:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(31,'case:3:settled:20261008023300000000:4',4,NULL,'case:3',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (9FA99-EYWN9) đã được giải quyết:\nCông ty đồng ý cấp ba tháng một lần, đã phát đợt đầu.\n“Đề nghị cấp ủng, găng tay ba tháng một lần.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:3"]]]','cancelled','2026-10-08 02:33:00.000000','2026-10-08 02:33:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(32,'quick:1:8',8,NULL,'',0,replace('📄 <b>Báo cáo nhanh</b>\n<b>Giày Tân Lúa</b> · CĐ các KCN tỉnh\n\n• Nguyên nhân: Định mức mã hàng mới cao, chưa bàn trước với tổ sản xuất.\n• Yêu cầu: Rà lại định mức của mã hàng mới.\n• Doanh nghiệp: Ban giám đốc nhận họp với tổ sản xuất, trong lúc chờ giữ mức lương cũ.\n• Cơ quan có mặt: \n• Việc tiếp theo: Cán bộ công đoàn đến xưởng vào đầu ca trong hai tuần tới.\n• ✅ Không xảy ra ngừng việc\n\nNgười báo cáo: đồng chí Phạm Tiến Dũng, 14:00 06/10/2026','\n',char(10)),'[[["\ud83d\udcc4 T\u1ea3i v\u0103n b\u1ea3n (docx)", "alert:docx:1"]], [["\ud83d\udd14 Xem c\u1ea3nh b\u00e1o", "alert:open:1"], ["\ud83c\udfe0 Trang ch\u00ednh", "home"]]]','cancelled','2026-10-06 07:00:00.000000','2026-10-06 07:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(33,'remind:9:missed',3,NULL,'visit:9',3,'Lượt đi cơ sở tại <b>Nhà hàng Sông Trăng</b> tuần trước chưa có báo cáo. Nếu đồng chí <b>Lê Thị Kim Cúc</b> đã đi, đề nghị báo cáo bổ sung; việc đã làm vẫn được ghi nhận.','[[["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:9:21"], ["Xem l\u01b0\u1ee3t \u0111i", "visit:open:9"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(34,'monday:2026-W42:1',1,NULL,'',2,replace('Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Thức ăn chăn nuôi Hòa Điền</b>\nLô 06, KCN Cửu Long, tỉnh Cửu Long\nthức ăn chăn nuôi · 220 lao động · 168 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 554\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:13:8"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:13"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:13:8"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:13:8"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:13:8"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:13:8"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(35,'monday:2026-W42:2',2,NULL,'',2,replace('Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Bao bì Ánh Mai</b>\nLô 04, KCN Cửu Long, tỉnh Cửu Long\nbao bì · 310 lao động · 296 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 798\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:14:6"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:14"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:14:6"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:14:6"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:14:6"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:14:6"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(36,'monday:2026-W42:3',3,NULL,'',2,replace('Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Mầm non Hoa Súng</b>\nSố 4, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\ngiáo dục · 42 lao động · 40 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 714\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:15:16"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:15"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:15:16"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:15:16"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:15:16"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:15:16"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(37,'monday:2026-W42:4',4,NULL,'',2,replace('Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>In Sao Khuê</b>\nSố 7, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\nin · 58 lao động · 51 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 712\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:16:19"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:16"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:16:19"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:16:19"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:16:19"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:16:19"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(38,'monday:2026-W42:5',5,NULL,'',2,replace('Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Nghiệp đoàn bốc xếp Bãi Trước</b>\nSố 4, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long\nbốc xếp · 73 lao động · 73 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 788\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:17:26"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:17"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:17:26"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:17:26"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:17:26"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:17:26"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(39,'monday:2026-W42:6',6,NULL,'',2,replace('Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Nuôi biển Hải Long</b>\nSố 6, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long\nnuôi biển · 54 lao động · 47 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 624\n<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:18:28"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:18"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:18:28"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:18:28"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:18:28"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:18:28"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(40,'case:5:taken:20261015020000000000:4',4,NULL,'case:5',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (EKDEX-542YF) đã có người nhận xử lý.\n“Đề nghị bố trí nước uống, nhà vệ sinh ở chỗ nghỉ giữa ca.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:5"]]]','cancelled','2026-10-15 02:00:00.000000','2026-10-15 02:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(41,'case:5:settled:20261015020000000000:4',4,NULL,'case:5',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (EKDEX-542YF) đã được giải quyết:\nĐơn vị đã đặt hai bình nước và thuê nhà vệ sinh lưu động ở bến.\n“Đề nghị bố trí nước uống, nhà vệ sinh ở chỗ nghỉ giữa ca.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:5"]]]','cancelled','2026-10-15 02:00:00.000000','2026-10-15 02:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(42,'remind:18:missed',6,NULL,'visit:18',3,'Lượt đi cơ sở tại <b>Nuôi biển Hải Long</b> tuần trước chưa có báo cáo. Nếu đồng chí <b>Ngô Gia Huy</b> đã đi, đề nghị báo cáo bổ sung; việc đã làm vẫn được ghi nhận.','[[["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:18:28"], ["Xem l\u01b0\u1ee3t \u0111i", "visit:open:18"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(43,'monday:2026-W43:1',1,NULL,'',2,replace('Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Giày Tân Lúa</b>\nLô 03, KCN Cửu Long, tỉnh Cửu Long\nda giày · 2.300 lao động · 1.980 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 989\n<i>Lý do:</i> tiềm ẩn phức tạp về quan hệ lao động; đông lao động (2.300 người); từ 29/09 chưa có cán bộ đến.\n<i>Lần đi gần nhất</i> (29/09/2026): Dự họp BCH, bàn việc thăm đoàn viên ốm đau. Công nhân trên chuyền phản ánh định mức tăng, nhiều chị em không đạt, đề nghị rà lại.\n⚠️ lương, thu nhập','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:19:5"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:19"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:19:5"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:19:5"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:19:5"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:19:5"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(44,'monday:2026-W43:2',2,NULL,'',2,replace('Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Gạo Đồng Xanh Việt</b>\nLô 05, KCN Cửu Long, tỉnh Cửu Long\nxay xát · 185 lao động · 180 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 560\n<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:20:7"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:20"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:20:7"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:20:7"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:20:7"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:20:7"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(45,'monday:2026-W43:3',3,NULL,'',2,replace('Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Cấp nước Miền Lúa</b>\nSố 2, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\ncấp nước · 205 lao động · 205 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 471\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:21:14"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:21"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:21:14"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:21:14"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:21:14"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:21:14"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(46,'monday:2026-W43:4',4,NULL,'',2,replace('Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Siêu thị Bến Quê</b>\nSố 1, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\nbán lẻ · 140 lao động · 138 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 189\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:22:13"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:22"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:22:13"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:22:13"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:22:13"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:22:13"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(47,'monday:2026-W43:5',5,NULL,'',2,replace('Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Khách sạn Biển Ngọc</b>\nSố 1, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long\nkhách sạn · 420 lao động · 398 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 051\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:23:23"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:23"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:23:23"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:23:23"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:23:23"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:23:23"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(48,'monday:2026-W43:6',6,NULL,'',2,replace('Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Xây dựng Phú Lộc</b>\nSố 3, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\nxây dựng · 175 lao động · 92 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 305\n<i>Lý do:</i> tiềm ẩn phức tạp về quan hệ lao động; năm gần nhất xếp loại không hoàn thành nhiệm vụ; từ 01/10 chưa có cán bộ đến.\n<i>Lần đi gần nhất</i> (01/10/2026): Đến công trường nói chuyện an toàn khi làm trên cao và dưới hố. Dây đai có đủ, vài anh em ngại đeo vì vướng; tổ trưởng hứa nhắc mỗi sáng.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:24:15"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:24"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:24:15"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:24:15"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:24:15"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:24:15"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(49,'case:6:remind:take:2026-10-23T15:07:20261026000000000000:7',7,NULL,'case:6',3,replace('⏳ Kiến nghị <b>XC3KK-67WDW</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Gạo Đồng Xanh Việt · khó khăn, phúc lợi · hạn 15:07 11/11/2026\n“Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:6"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(50,'case:6:remind:take:2026-10-23T15:07:20261026000000000000:1',1,NULL,'case:6',3,replace('⏳ Kiến nghị <b>XC3KK-67WDW</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Gạo Đồng Xanh Việt · khó khăn, phúc lợi · hạn 15:07 11/11/2026\n“Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:6"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(51,'case:6:remind:take:2026-10-23T15:07:20261026000000000000:2',2,NULL,'case:6',3,replace('⏳ Kiến nghị <b>XC3KK-67WDW</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Gạo Đồng Xanh Việt · khó khăn, phúc lợi · hạn 15:07 11/11/2026\n“Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:6"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(52,'monday:2026-W44:1',1,NULL,'',2,replace('Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Cơ khí Ba Nhịp</b>\nLô 07, KCN Cửu Long, tỉnh Cửu Long\ncơ khí · 96 lao động · 60 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 860\n<i>Lý do:</i> năm gần nhất xếp loại không hoàn thành nhiệm vụ; từ 30/09 chưa có cán bộ đến.\n<i>Lần đi gần nhất</i> (30/09/2026): Thăm một công nhân bị thương ở tay khi vận hành máy, trao hỗ trợ ban đầu. Gia đình khó khăn, đang nuôi con nhỏ.\n⚠️ ATVSLĐ, môi trường','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:25:9"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:25"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:25:9"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:25:9"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:25:9"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:25:9"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(53,'monday:2026-W44:2',2,NULL,'',2,replace('Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Điện tử Vi Na Sun</b>\nLô 09, KCN Cửu Long, tỉnh Cửu Long\nđiện tử · 540 lao động\nLiên hệ: Phòng nhân sự · 0296 000 011\n<i>Lý do:</i> 540 lao động, chưa thành lập CĐCS; từ 30/09 chưa có cán bộ đến.\n<i>Lần đi gần nhất</i> (30/09/2026): Gặp tổ sản xuất giờ nghỉ trưa. Bữa ăn ca đủ, nhưng xưởng nóng vào buổi chiều, quạt thông gió hỏng ba cái chưa thay.\n⚠️ ATVSLĐ, môi trường','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:26:11"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:26"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:26:11"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:26:11"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:26:11"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:26:11"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(54,'monday:2026-W44:3',3,NULL,'',2,replace('Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Nhà hàng Sông Trăng</b>\nSố 9, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\nnhà hàng · 38 lao động\nLiên hệ: Phòng nhân sự · 0296 000 719\n<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận; 38 lao động, chưa thành lập CĐCS.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:27:21"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:27"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:27:21"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:27:21"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:27:21"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:27:21"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(55,'monday:2026-W44:4',4,NULL,'',2,replace('Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Phòng khám Tâm Đức</b>\nSố 6, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\ny tế · 64 lao động · 64 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 846\n<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:28:18"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:28"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:28:18"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:28:18"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:28:18"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:28:18"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(56,'monday:2026-W44:5',5,NULL,'',2,replace('Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Tàu cao tốc Sóng Xanh</b>\nSố 3, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long\nvận tải biển · 150 lao động · 149 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 191\n<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:29:25"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:29"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:29:25"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:29:25"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:29:25"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:29:25"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(57,'monday:2026-W44:6',6,NULL,'',2,replace('Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Nước mắm Ông Tư</b>\nSố 2, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long\nnước mắm · 88 lao động · 80 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 825\n<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:30:24"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:30"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:30:24"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:30:24"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:30:24"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:30:24"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(58,'case:6:taken:20261029020000000000:2',2,NULL,'case:6',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (XC3KK-67WDW) đã có người nhận xử lý.\n“Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:6"]]]','cancelled','2026-10-29 02:00:00.000000','2026-10-29 02:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(59,'remind:27:missed',3,NULL,'visit:27',3,'Lượt đi cơ sở tại <b>Nhà hàng Sông Trăng</b> tuần trước chưa có báo cáo. Nếu đồng chí <b>Lê Thị Kim Cúc</b> đã đi, đề nghị báo cáo bổ sung; việc đã làm vẫn được ghi nhận.','[[["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:27:21"], ["Xem l\u01b0\u1ee3t \u0111i", "visit:open:27"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(60,'case:7:remind:take:2026-10-29T15:28:20261102000000000000:11',11,NULL,'case:7',3,replace('⏳ Kiến nghị <b>PX796-N7WDM</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Tàu cao tốc Sóng Xanh · an toàn, tai nạn · hạn 15:28 17/11/2026\n“Đề nghị bố trí nước uống, nhà vệ sinh ở chỗ nghỉ giữa ca.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:7"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(61,'case:7:remind:take:2026-10-29T15:28:20261102000000000000:5',5,NULL,'case:7',3,replace('⏳ Kiến nghị <b>PX796-N7WDM</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Tàu cao tốc Sóng Xanh · an toàn, tai nạn · hạn 15:28 17/11/2026\n“Đề nghị bố trí nước uống, nhà vệ sinh ở chỗ nghỉ giữa ca.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:7"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(62,'case:8:remind:take:2026-10-30T15:35:20261102000000000000:11',11,NULL,'case:8',3,replace('⏳ Kiến nghị <b>KE4P4-W456R</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Nước mắm Ông Tư · an toàn, tai nạn · hạn 15:35 18/11/2026\n“Đề nghị cấp ủng, găng tay ba tháng một lần.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:8"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(63,'case:8:remind:take:2026-10-30T15:35:20261102000000000000:5',5,NULL,'case:8',3,replace('⏳ Kiến nghị <b>KE4P4-W456R</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 Nước mắm Ông Tư · an toàn, tai nạn · hạn 15:35 18/11/2026\n“Đề nghị cấp ủng, găng tay ba tháng một lần.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:8"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(64,'monday:2026-W45:1',1,NULL,'',2,replace('Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Gỗ Minh Thới</b>\nLô 08, KCN Cửu Long, tỉnh Cửu Long\ngỗ · 132 lao động\nLiên hệ: Phòng nhân sự · 0296 000 821\n<i>Lý do:</i> 132 lao động, chưa thành lập CĐCS; từ 06/10 chưa có cán bộ đến.\n<i>Lần đi gần nhất</i> (06/10/2026): Hướng dẫn anh em cách ghi sổ máy hỏng và quyền dừng việc khi thấy nguy hiểm. Tổ an toàn có ba người, nhận sinh hoạt mỗi tháng một lần.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:31:10"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:31"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:31:10"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:31:10"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:31:10"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:31:10"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(65,'monday:2026-W45:2',2,NULL,'',2,replace('Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>May Sen Vàng</b>\nLô 01, KCN Cửu Long, tỉnh Cửu Long\nmay · 1.850 lao động · 1.790 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 785\n<i>Lý do:</i> đông lao động (1.850 người); từ 07/10 chưa có cán bộ đến.\n<i>Lần đi gần nhất</i> (07/10/2026): Dự đối thoại định kỳ. Tổ trưởng nêu giờ tăng ca báo sát giờ về; công ty nhận báo trước từ buổi sáng, ghi vào biên bản.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:32:3"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:32"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:32:3"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:32:3"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:32:3"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:32:3"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(66,'monday:2026-W45:3',3,NULL,'',2,replace('Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Nông sản sấy Út Mười</b>\nSố 8, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\nnông sản · 67 lao động\nLiên hệ: Phòng nhân sự · 0296 000 753\n<i>Lý do:</i> 67 lao động, chưa thành lập CĐCS; từ 02/10 chưa có cán bộ đến.\n<i>Lần đi gần nhất</i> (02/10/2026): Xem khu sơ chế và kho. Công nhân đứng lâu ở nơi ẩm, lạnh; ủng và găng tay cấp sáu tháng một lần nên mau hỏng.\n⚠️ ATVSLĐ, môi trường','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:33:20"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:33"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:33:20"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:33:20"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:33:20"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:33:20"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(67,'monday:2026-W45:4',4,NULL,'',2,replace('Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Vận tải Nam Giang</b>\nSố 5, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long\nvận tải · 118 lao động · 101 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 812\n<i>Lý do:</i> từ 09/10 chưa có cán bộ đến.\n<i>Lần đi gần nhất</i> (09/10/2026): Gặp anh em tại bến giữa hai chuyến. Thời gian nghỉ giữa ca ngắn, chỗ nghỉ có mái che nhưng thiếu nước uống và nhà vệ sinh.\n⚠️ ATVSLĐ, môi trường','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:34:17"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:34"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:34:17"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:34:17"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:34:17"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:34:17"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(68,'monday:2026-W45:5',5,NULL,'',2,replace('Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Nuôi biển Hải Long</b>\nSố 6, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long\nnuôi biển · 54 lao động · 47 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 624\n<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận.','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:35:28"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:35"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:35:28"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:35:28"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:35:28"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:35:28"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(69,'monday:2026-W45:6',6,NULL,'',2,replace('Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:\n\n📍 <b>Resort Cát Trắng</b>\nSố 5, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long\nkhách sạn · 265 lao động · 190 đoàn viên\nLiên hệ: Văn phòng công đoàn · 0296 000 882\n<i>Lý do:</i> năm gần nhất xếp loại không hoàn thành nhiệm vụ; từ 29/09 chưa có cán bộ đến.\n<i>Lần đi gần nhất</i> (29/09/2026): Gặp bộ phận buồng phòng và bếp cuối ca sáng. Những hôm đông khách phải tăng ca, anh em muốn được báo lịch trước ít nhất ba ngày.\n⚠️ lương, thu nhập','\n',char(10)),'[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:36:27"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:36"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:36:27"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:36:27"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:36:27"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:36:27"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(70,'alert:2:7',7,NULL,'',0,replace('⚠️ <b>Cảnh báo: có dấu hiệu căng thẳng</b>\n\n<b>May Sen Vàng</b> · 1.850 lao động\nCĐ các KCN tỉnh · 15:07 04/11/2026\n\nDấu hiệu:\n• thay đổi đột ngột định mức, phụ cấp: “định mức tăng”\n\nTheo báo cáo đi cơ sở của đồng chí Trần Quốc Bình.\n\nĐề nghị đồng chí nắm ngay tình hình, gặp hai bên.','\n',char(10)),'[[["\ud83d\udcdd L\u1eadp b\u00e1o c\u00e1o nhanh", "alert:report:2"]], [["\ud83d\udc4c \u0110\u00e3 n\u1eafm", "alert:seen:2"], ["\ud83d\ude45 Kh\u00f4ng ph\u1ea3i", "alert:wrong:2"]], [["\ud83d\udccd Trang c\u01a1 s\u1edf", "site:open:3:alert:open:2"], ["\ud83c\udfe0 Trang ch\u00ednh", "home"]]]','cancelled','2026-11-04 08:07:00.000000','2026-11-04 08:07:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(71,'alert:2:8',8,NULL,'',0,replace('⚠️ <b>Cảnh báo: có dấu hiệu căng thẳng</b>\n\n<b>May Sen Vàng</b> · 1.850 lao động\nCĐ các KCN tỉnh · 15:07 04/11/2026\n\nDấu hiệu:\n• thay đổi đột ngột định mức, phụ cấp: “định mức tăng”\n\nTheo báo cáo đi cơ sở của đồng chí Trần Quốc Bình.\n\nĐề nghị đồng chí nắm ngay tình hình, gặp hai bên.','\n',char(10)),'[[["\ud83d\udcdd L\u1eadp b\u00e1o c\u00e1o nhanh", "alert:report:2"]], [["\ud83d\udc4c \u0110\u00e3 n\u1eafm", "alert:seen:2"], ["\ud83d\ude45 Kh\u00f4ng ph\u1ea3i", "alert:wrong:2"]], [["\ud83d\udccd Trang c\u01a1 s\u1edf", "site:open:3:alert:open:2"], ["\ud83c\udfe0 Trang ch\u00ednh", "home"]]]','cancelled','2026-11-04 08:07:00.000000','2026-11-04 08:07:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(72,'vouch:32:13',13,NULL,'',2,replace('🤝 Đồng chí Trần Quốc Bình báo cáo đã về <b>May Sen Vàng</b> ngày 04/11/2026.\n\nNếu đúng, đề nghị đồng chí xác nhận giúp. Nội dung làm việc không phải ghi gì thêm.','\n',char(10)),'[[["\u2705 C\u00f3 bu\u1ed5i l\u00e0m vi\u1ec7c n\u00e0y", "sv:yes:32"]], [["\ud83e\udd1d C\u00e1c bu\u1ed5i l\u00e0m vi\u1ec7c", "sv:list"]]]','cancelled','2026-11-04 08:07:00.000000','2026-11-04 08:07:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(73,'case:7:taken:20261105021100000000:5',5,NULL,'case:7',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (PX796-N7WDM) đã có người nhận xử lý.\n“Đề nghị bố trí nước uống, nhà vệ sinh ở chỗ nghỉ giữa ca.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:7"]]]','cancelled','2026-11-05 02:11:00.000000','2026-11-05 02:11:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(74,'case:7:settled:20261105021100000000:5',5,NULL,'case:7',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (PX796-N7WDM) đã được giải quyết:\nĐơn vị đã đặt hai bình nước và thuê nhà vệ sinh lưu động ở bến.\n“Đề nghị bố trí nước uống, nhà vệ sinh ở chỗ nghỉ giữa ca.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:7"]]]','cancelled','2026-11-05 02:11:00.000000','2026-11-05 02:11:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(75,'case:8:taken:20261105022200000000:6',6,NULL,'case:8',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (KE4P4-W456R) đã có người nhận xử lý.\n“Đề nghị cấp ủng, găng tay ba tháng một lần.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:8"]]]','cancelled','2026-11-05 02:22:00.000000','2026-11-05 02:22:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(76,'case:8:settled:20261105022200000000:6',6,NULL,'case:8',2,replace('💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (KE4P4-W456R) đã được giải quyết:\nCông ty đồng ý cấp ba tháng một lần, đã phát đợt đầu.\n“Đề nghị cấp ủng, găng tay ba tháng một lần.”','\n',char(10)),'[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:8"]]]','cancelled','2026-11-05 02:22:00.000000','2026-11-05 02:22:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(77,'remind:36:missed',6,NULL,'visit:36',3,'Lượt đi cơ sở tại <b>Resort Cát Trắng</b> tuần trước chưa có báo cáo. Nếu đồng chí <b>Ngô Gia Huy</b> đã đi, đề nghị báo cáo bổ sung; việc đã làm vẫn được ghi nhận.','[[["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:36:27"], ["Xem l\u01b0\u1ee3t \u0111i", "visit:open:36"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(78,'case:6:remind:half:2026-11-02T10:22:20261109000000000000:7',7,NULL,'case:6',3,replace('⏳ Kiến nghị <b>XC3KK-67WDW</b> đã quá nửa thời hạn giải quyết.\n📍 Gạo Đồng Xanh Việt · khó khăn, phúc lợi · hạn 15:07 11/11/2026\n“Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:6"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(79,'case:9:remind:take:2026-11-06T15:07:20261109000000000000:7',7,NULL,'case:9',3,replace('⏳ Kiến nghị <b>RRF3K-M274X</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 May Sen Vàng · lương, phụ cấp, định mức · hạn 15:07 26/11/2026\n“Đề nghị công ty họp với tổ sản xuất về định mức mới.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:9"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(80,'case:9:remind:take:2026-11-06T15:07:20261109000000000000:1',1,NULL,'case:9',3,replace('⏳ Kiến nghị <b>RRF3K-M274X</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 May Sen Vàng · lương, phụ cấp, định mức · hạn 15:07 26/11/2026\n“Đề nghị công ty họp với tổ sản xuất về định mức mới.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:9"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
INSERT INTO outbox_message VALUES(81,'case:9:remind:take:2026-11-06T15:07:20261109000000000000:2',2,NULL,'case:9',3,replace('⏳ Kiến nghị <b>RRF3K-M274X</b> chưa có người nhận xử lý. Đề nghị đồng chí nhận hoặc chuyển.\n📍 May Sen Vàng · lương, phụ cấp, định mức · hạn 15:07 26/11/2026\n“Đề nghị công ty họp với tổ sản xuất về định mức mới.”','\n',char(10)),'[[["\ud83d\udd0e M\u1edf xem", "case:open:9"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL,NULL,NULL,'','',0);
CREATE TABLE IF NOT EXISTS "report_request" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	title VARCHAR(200) NOT NULL, 
	why VARCHAR(500) NOT NULL, 
	questions JSON NOT NULL, 
	unit_id INTEGER NOT NULL, 
	asked_by INTEGER NOT NULL, 
	asked_at DATETIME NOT NULL, 
	CONSTRAINT fk_report_request_asked_by_person FOREIGN KEY(asked_by) REFERENCES person (id), 
	CONSTRAINT fk_report_request_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
CREATE TABLE IF NOT EXISTS "summary" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	obligation_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT fk_summary_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT uq_summary_obligation_id UNIQUE (obligation_id), 
	CONSTRAINT fk_summary_obligation_id_obligation FOREIGN KEY(obligation_id) REFERENCES obligation (id)
);
CREATE TABLE IF NOT EXISTS "summary_correction" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	summary_id INTEGER NOT NULL, 
	figure VARCHAR(60) NOT NULL, 
	computed INTEGER, 
	value INTEGER, 
	reason VARCHAR(500) NOT NULL, 
	latest BOOLEAN NOT NULL, 
	author_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_summary_correction_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_summary_correction_summary_id_summary FOREIGN KEY(summary_id) REFERENCES summary (id)
);
CREATE TABLE IF NOT EXISTS "summary_proposal" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	summary_id INTEGER NOT NULL, 
	addressee VARCHAR(16) NOT NULL, 
	text TEXT NOT NULL, 
	author_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	removed_at DATETIME, 
	case_id INTEGER, 
	CONSTRAINT fk_summary_proposal_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_summary_proposal_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_summary_proposal_summary_id_summary FOREIGN KEY(summary_id) REFERENCES summary (id)
);
CREATE TABLE IF NOT EXISTS "summary_section" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	summary_id INTEGER NOT NULL, 
	section VARCHAR(16) NOT NULL, 
	revision INTEGER NOT NULL, 
	latest BOOLEAN NOT NULL, 
	text TEXT NOT NULL, 
	files JSON NOT NULL, 
	author_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT uq_summary_section_summary_id_section_revision UNIQUE (summary_id, section, revision), 
	CONSTRAINT fk_summary_section_summary_id_summary FOREIGN KEY(summary_id) REFERENCES summary (id), 
	CONSTRAINT fk_summary_section_author_id_person FOREIGN KEY(author_id) REFERENCES person (id)
);
CREATE TABLE IF NOT EXISTS "summary_version" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	summary_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	sent_at DATETIME NOT NULL, 
	sent_by INTEGER NOT NULL, 
	due_before DATE NOT NULL, 
	late BOOLEAN NOT NULL, 
	content JSON NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	decided_at DATETIME, 
	decided_by INTEGER, 
	remarks TEXT NOT NULL, 
	CONSTRAINT fk_summary_version_sent_by_person FOREIGN KEY(sent_by) REFERENCES person (id), 
	CONSTRAINT fk_summary_version_summary_id_summary FOREIGN KEY(summary_id) REFERENCES summary (id), 
	CONSTRAINT fk_summary_version_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id), 
	CONSTRAINT uq_summary_version_summary_id_number UNIQUE (summary_id, number)
);
CREATE TABLE IF NOT EXISTS "unit" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code VARCHAR(40) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	folded VARCHAR(200) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	level_name VARCHAR(60) NOT NULL, 
	parent_id INTEGER, 
	path VARCHAR(200) NOT NULL, 
	sector VARCHAR(100) NOT NULL, 
	address VARCHAR(300) NOT NULL, 
	latitude FLOAT, 
	longitude FLOAT, 
	workers INTEGER NOT NULL, 
	women INTEGER NOT NULL, 
	members INTEGER NOT NULL, 
	contact_name VARCHAR(100) NOT NULL, 
	contact_phone VARCHAR(30) NOT NULL, 
	sensitive BOOLEAN NOT NULL, 
	officer_id INTEGER, 
	known_since DATE NOT NULL, 
	dissolved_on DATE, 
	successor_id INTEGER, 
	union_since DATE, officer_name VARCHAR(100) DEFAULT '' NOT NULL, weekly_quota INTEGER, unconfirmed BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT fk_unit_parent_id_unit FOREIGN KEY(parent_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_successor_id_unit FOREIGN KEY(successor_id) REFERENCES unit (id), 
	CONSTRAINT uq_unit_code UNIQUE (code), 
	CONSTRAINT fk_unit_officer_id_person FOREIGN KEY(officer_id) REFERENCES person (id)
);
INSERT INTO unit VALUES(1,'TINH','LĐLĐ tỉnh Cửu Long','ldld tinh cuu long','federation','',NULL,'/1/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(2,'KCN','CĐ các KCN tỉnh','cd cac kcn tinh','upper','',1,'/1/2/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(3,'KCN-01','May Sen Vàng','may sen vang','site_union','',2,'/1/2/3/','may','Lô 01, KCN Cửu Long, tỉnh Cửu Long',10.070299999999999584,105.57789999999999963,1850,1480,1790,'Văn phòng công đoàn','0296 000 785',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(4,'KCN-02','Thủy sản Sông Lành','thuy san song lanh','site_union','',2,'/1/2/4/','chế biến cá','Lô 02, KCN Cửu Long, tỉnh Cửu Long',10.007699999999999818,105.60370000000000345,1240,810,1105,'Văn phòng công đoàn','0296 000 523',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(5,'KCN-03','Giày Tân Lúa','giay tan lua','site_union','',2,'/1/2/5/','da giày','Lô 03, KCN Cửu Long, tỉnh Cửu Long',10.091200000000000614,105.63160000000000593,2300,1900,1980,'Văn phòng công đoàn','0296 000 989',1,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(6,'KCN-04','Bao bì Ánh Mai','bao bi anh mai','site_union','',2,'/1/2/6/','bao bì','Lô 04, KCN Cửu Long, tỉnh Cửu Long',10.039500000000000312,105.54089999999999349,310,140,296,'Văn phòng công đoàn','0296 000 798',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(7,'KCN-05','Gạo Đồng Xanh Việt','gao dong xanh viet','site_union','',2,'/1/2/7/','xay xát','Lô 05, KCN Cửu Long, tỉnh Cửu Long',10.013999999999999346,105.6565999999999974,185,40,180,'Văn phòng công đoàn','0296 000 560',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(8,'KCN-06','Thức ăn chăn nuôi Hòa Điền','thuc an chan nuoi hoa dien','site_union','',2,'/1/2/8/','thức ăn chăn nuôi','Lô 06, KCN Cửu Long, tỉnh Cửu Long',10.12100000000000044,105.58089999999999974,220,60,168,'Văn phòng công đoàn','0296 000 554',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(9,'KCN-07','Cơ khí Ba Nhịp','co khi ba nhip','site_union','',2,'/1/2/9/','cơ khí','Lô 07, KCN Cửu Long, tỉnh Cửu Long',9.9795999999999995822,105.56340000000000146,96,9,60,'Văn phòng công đoàn','0296 000 860',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(10,'KCN-08','Gỗ Minh Thới','go minh thoi','enterprise','',2,'/1/2/10/','gỗ','Lô 08, KCN Cửu Long, tỉnh Cửu Long',10.079100000000000391,105.67969999999999686,132,35,0,'Phòng nhân sự','0296 000 821',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(11,'KCN-09','Điện tử Vi Na Sun','dien tu vi na sun','enterprise','',2,'/1/2/11/','điện tử','Lô 09, KCN Cửu Long, tỉnh Cửu Long',10.084300000000000707,105.51680000000000348,540,420,0,'Phòng nhân sự','0296 000 011',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(12,'LH','CĐ phường Long Hòa','cd phuong long hoa','upper','',1,'/1/12/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(13,'LH-01','Siêu thị Bến Quê','sieu thi ben que','site_union','',12,'/1/12/13/','bán lẻ','Số 1, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long',10.0002999999999993,105.75790000000000645,140,92,138,'Văn phòng công đoàn','0296 000 189',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(14,'LH-02','Cấp nước Miền Lúa','cap nuoc mien lua','site_union','',12,'/1/12/14/','cấp nước','Số 2, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long',9.9376999999999995338,105.78369999999999607,205,48,205,'Văn phòng công đoàn','0296 000 471',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(15,'LH-03','Xây dựng Phú Lộc','xay dung phu loc','site_union','',12,'/1/12/15/','xây dựng','Số 3, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long',10.021200000000000329,105.81159999999999854,175,12,92,'Văn phòng công đoàn','0296 000 305',1,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(16,'LH-04','Mầm non Hoa Súng','mam non hoa sung','site_union','',12,'/1/12/16/','giáo dục','Số 4, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long',9.9695000000000000284,105.72090000000000032,42,41,40,'Văn phòng công đoàn','0296 000 714',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(17,'LH-05','Vận tải Nam Giang','van tai nam giang','site_union','',12,'/1/12/17/','vận tải','Số 5, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long',9.9440000000000008384,105.83660000000000423,118,14,101,'Văn phòng công đoàn','0296 000 812',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(18,'LH-06','Phòng khám Tâm Đức','phong kham tam duc','site_union','',12,'/1/12/18/','y tế','Số 6, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long',10.051000000000000156,105.76090000000000657,64,45,64,'Văn phòng công đoàn','0296 000 846',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(19,'LH-07','In Sao Khuê','in sao khue','site_union','',12,'/1/12/19/','in','Số 7, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long',9.9095999999999992979,105.74339999999999406,58,20,51,'Văn phòng công đoàn','0296 000 712',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(20,'LH-08','Nông sản sấy Út Mười','nong san say ut muoi','enterprise','',12,'/1/12/20/','nông sản','Số 8, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long',10.009100000000000108,105.85970000000000368,67,40,0,'Phòng nhân sự','0296 000 753',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(21,'LH-09','Nhà hàng Sông Trăng','nha hang song trang','enterprise','',12,'/1/12/21/','nhà hàng','Số 9, đường Công Nhân, phường Long Hòa, tỉnh Cửu Long',10.014300000000000423,105.69679999999999609,38,22,0,'Phòng nhân sự','0296 000 719',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(22,'HS','CĐ đặc khu Hòn Sao','cd dac khu hon sao','upper','',1,'/1/22/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(23,'HS-01','Khách sạn Biển Ngọc','khach san bien ngoc','site_union','',22,'/1/22/23/','khách sạn','Số 1, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long',9.820299999999999585,105.29789999999999849,420,250,398,'Văn phòng công đoàn','0296 000 051',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(24,'HS-02','Nước mắm Ông Tư','nuoc mam ong tu','site_union','',22,'/1/22/24/','nước mắm','Số 2, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long',9.7576999999999998181,105.32370000000000232,88,50,80,'Văn phòng công đoàn','0296 000 825',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(25,'HS-03','Tàu cao tốc Sóng Xanh','tau cao toc song xanh','site_union','',22,'/1/22/25/','vận tải biển','Số 3, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long',9.8412000000000006139,105.3516000000000048,150,31,149,'Văn phòng công đoàn','0296 000 191',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(26,'HS-04','Nghiệp đoàn bốc xếp Bãi Trước','nghiep doan boc xep bai truoc','site_union','',22,'/1/22/26/','bốc xếp','Số 4, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long',9.7895000000000003126,105.26090000000000657,73,2,73,'Văn phòng công đoàn','0296 000 788',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(27,'HS-05','Resort Cát Trắng','resort cat trang','site_union','',22,'/1/22/27/','khách sạn','Số 5, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long',9.7639999999999993463,105.37659999999999626,265,160,190,'Văn phòng công đoàn','0296 000 882',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(28,'HS-06','Nuôi biển Hải Long','nuoi bien hai long','site_union','',22,'/1/22/28/','nuôi biển','Số 6, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long',9.8710000000000004405,105.30089999999999861,54,8,47,'Văn phòng công đoàn','0296 000 624',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
INSERT INTO unit VALUES(29,'HS-07','Kho lạnh Cửu Bình','kho lanh cuu binh','enterprise','',22,'/1/22/29/','kho lạnh','Số 7, đường Bến Cá, đặc khu Hòn Sao, tỉnh Cửu Long',9.7295999999999995822,105.28340000000000031,29,10,0,'Phòng nhân sự','0296 000 358',0,NULL,'2026-04-13',NULL,NULL,NULL,'',NULL,0);
CREATE TABLE IF NOT EXISTS "visit" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR(80) NOT NULL, 
	week DATE NOT NULL, 
	site_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	officer_id INTEGER NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	origin VARCHAR(32) NOT NULL, 
	day DATE, 
	day_set_at DATETIME, 
	reasons JSON NOT NULL, 
	excuse VARCHAR(500) NOT NULL, 
	swap_asked VARCHAR(500) NOT NULL, 
	created_at DATETIME NOT NULL, 
	reported_at DATETIME, 
	late BOOLEAN NOT NULL, 
	remind_at DATETIME, 
	reminded JSON NOT NULL, made_by_id INTEGER, by_leader BOOLEAN, excuse_asked VARCHAR(500) DEFAULT '' NOT NULL, excused_by INTEGER, wants_next_week BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT fk_visit_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_visit_officer_id_person FOREIGN KEY(officer_id) REFERENCES person (id), 
	CONSTRAINT fk_visit_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT uq_visit_key UNIQUE ("key")
);
INSERT INTO visit VALUES(1,'2026-W40:1:5','2026-09-28',5,2,1,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["sensitive", null], ["many_workers", 2300], ["weak_rating", "HT"]]','','','2026-09-28 00:00:00.000000','2026-09-29 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(2,'2026-W40:2:9','2026-09-28',9,2,2,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "KHT"]]','','','2026-09-28 00:00:00.000000','2026-09-30 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(3,'2026-W40:3:15','2026-09-28',15,12,3,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["sensitive", null], ["weak_rating", "KHT"], ["many_workers", 175]]','','','2026-09-28 00:00:00.000000','2026-10-01 08:14:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(4,'2026-W40:4:20','2026-09-28',20,12,4,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["no_union", 67]]','','','2026-09-28 00:00:00.000000','2026-10-02 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(5,'2026-W40:5:27','2026-09-28',27,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "KHT"], ["many_workers", 265]]','','','2026-09-28 00:00:00.000000','2026-09-29 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(6,'2026-W40:6:11','2026-09-28',11,2,6,'reported','assigned',NULL,NULL,'[["never_visited", null], ["no_union", 540], ["many_workers", 540]]','','','2026-09-28 00:00:00.000000','2026-09-30 08:35:00.000000',0,NULL,'[]',1,0,'',NULL,0);
INSERT INTO visit VALUES(7,'2026-W41:1:10','2026-10-05',10,2,1,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["no_union", 132], ["many_workers", 132]]','','','2026-10-05 00:00:00.000000','2026-10-06 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(8,'2026-W41:2:3','2026-10-05',3,2,2,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 1850]]','','','2026-10-05 00:00:00.000000','2026-10-07 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(9,'2026-W41:3:21','2026-10-05',21,12,3,'missed','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["no_union", 38]]','','','2026-10-05 00:00:00.000000',NULL,0,NULL,'["missed"]',NULL,NULL,'',NULL,0);
INSERT INTO visit VALUES(10,'2026-W41:4:17','2026-10-05',17,12,4,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "HT"], ["many_workers", 118]]','','','2026-10-05 00:00:00.000000','2026-10-09 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(11,'2026-W41:5:29','2026-10-05',29,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["no_union", 29]]','','','2026-10-05 00:00:00.000000','2026-10-06 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(12,'2026-W41:6:4','2026-10-05',4,2,6,'reported','assigned',NULL,NULL,'[["never_visited", null], ["many_workers", 1240]]','','','2026-10-05 00:00:00.000000','2026-10-07 08:35:00.000000',0,NULL,'[]',1,0,'',NULL,0);
INSERT INTO visit VALUES(13,'2026-W42:1:8','2026-10-12',8,2,1,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "HT"], ["many_workers", 220]]','','','2026-10-12 00:00:00.000000','2026-10-13 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(14,'2026-W42:2:6','2026-10-12',6,2,2,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 310]]','','','2026-10-12 00:00:00.000000','2026-10-14 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(15,'2026-W42:3:16','2026-10-12',16,12,3,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "HT"]]','','','2026-10-12 00:00:00.000000','2026-10-15 08:14:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(16,'2026-W42:4:19','2026-10-12',19,12,4,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "HT"]]','','','2026-10-12 00:00:00.000000','2026-10-16 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(17,'2026-W42:5:26','2026-10-12',26,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "HT"]]','','','2026-10-12 00:00:00.000000','2026-10-13 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(18,'2026-W42:6:28','2026-10-12',28,22,6,'missed','assigned',NULL,NULL,'[["never_visited", null], ["weak_rating", "HT"]]','','','2026-10-12 00:00:00.000000',NULL,0,NULL,'["missed"]',NULL,NULL,'',NULL,0);
INSERT INTO visit VALUES(19,'2026-W43:1:5','2026-10-19',5,2,1,'reported','assigned',NULL,NULL,'[["sensitive", null], ["many_workers", 2300], ["weak_rating", "HT"], ["weeks_waited", 3]]','','','2026-10-19 00:00:00.000000','2026-10-20 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(20,'2026-W43:2:7','2026-10-19',7,2,2,'reported','assigned',NULL,NULL,'[["never_visited", null], ["many_workers", 185]]','','','2026-10-19 00:00:00.000000','2026-10-21 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(21,'2026-W43:3:14','2026-10-19',14,12,3,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 205]]','','','2026-10-19 00:00:00.000000','2026-10-22 08:14:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(22,'2026-W43:4:13','2026-10-19',13,12,4,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 140]]','','','2026-10-19 00:00:00.000000','2026-10-23 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(23,'2026-W43:5:23','2026-10-19',23,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 420]]','','','2026-10-19 00:00:00.000000','2026-10-20 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(24,'2026-W43:6:15','2026-10-19',15,12,6,'reported','assigned',NULL,NULL,'[["sensitive", null], ["weak_rating", "KHT"], ["weeks_waited", 3], ["many_workers", 175]]','','','2026-10-19 00:00:00.000000','2026-10-21 08:35:00.000000',0,NULL,'[]',1,0,'',NULL,0);
INSERT INTO visit VALUES(25,'2026-W44:1:9','2026-10-26',9,2,1,'reported','assigned',NULL,NULL,'[["weak_rating", "KHT"], ["weeks_waited", 4]]','','','2026-10-26 00:00:00.000000','2026-10-27 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(26,'2026-W44:2:11','2026-10-26',11,2,2,'reported','assigned',NULL,NULL,'[["no_union", 540], ["weeks_waited", 4], ["many_workers", 540]]','','','2026-10-26 00:00:00.000000','2026-10-28 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(27,'2026-W44:3:21','2026-10-26',21,12,3,'missed','assigned',NULL,NULL,'[["never_visited", null], ["no_union", 38]]','','','2026-10-26 00:00:00.000000',NULL,0,NULL,'["missed"]',NULL,NULL,'',NULL,0);
INSERT INTO visit VALUES(28,'2026-W44:4:18','2026-10-26',18,12,4,'reported','assigned',NULL,NULL,'[["never_visited", null]]','','','2026-10-26 00:00:00.000000','2026-10-30 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(29,'2026-W44:5:25','2026-10-26',25,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 150]]','','','2026-10-26 00:00:00.000000','2026-10-27 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(30,'2026-W44:6:24','2026-10-26',24,22,6,'reported','assigned',NULL,NULL,'[["never_visited", null]]','','','2026-10-26 00:00:00.000000','2026-10-28 08:35:00.000000',0,NULL,'[]',1,0,'',NULL,0);
INSERT INTO visit VALUES(31,'2026-W45:1:10','2026-11-02',10,2,1,'reported','assigned',NULL,NULL,'[["no_union", 132], ["weeks_waited", 4], ["many_workers", 132]]','','','2026-11-02 00:00:00.000000','2026-11-03 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(32,'2026-W45:2:3','2026-11-02',3,2,2,'reported','assigned',NULL,NULL,'[["many_workers", 1850], ["weeks_waited", 4]]','','','2026-11-02 00:00:00.000000','2026-11-04 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(33,'2026-W45:3:20','2026-11-02',20,12,3,'reported','assigned',NULL,NULL,'[["no_union", 67], ["weeks_waited", 5]]','','','2026-11-02 00:00:00.000000','2026-11-05 08:14:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(34,'2026-W45:4:17','2026-11-02',17,12,4,'reported','assigned',NULL,NULL,'[["weeks_waited", 4], ["weak_rating", "HT"], ["many_workers", 118]]','','','2026-11-02 00:00:00.000000','2026-11-06 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(35,'2026-W45:5:28','2026-11-02',28,22,5,'reported','assigned',NULL,NULL,'[["never_visited", null], ["weak_rating", "HT"]]','','','2026-11-02 00:00:00.000000','2026-11-03 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO visit VALUES(36,'2026-W45:6:27','2026-11-02',27,22,6,'missed','assigned',NULL,NULL,'[["weak_rating", "KHT"], ["weeks_waited", 5], ["many_workers", 265]]','','','2026-11-02 00:00:00.000000',NULL,0,NULL,'["missed"]',NULL,NULL,'',NULL,0);
CREATE TABLE IF NOT EXISTS "visit_event" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	visit_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id INTEGER, 
	what VARCHAR(40) NOT NULL, 
	words VARCHAR(500) NOT NULL, 
	CONSTRAINT fk_visit_event_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id), 
	CONSTRAINT fk_visit_event_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id)
);
INSERT INTO visit_event VALUES(1,1,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(2,2,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(3,3,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(4,4,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(5,5,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(6,6,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(7,1,'2026-09-29 08:00:00.000000',1,'reported','');
INSERT INTO visit_event VALUES(8,2,'2026-09-30 08:07:00.000000',2,'reported','');
INSERT INTO visit_event VALUES(9,3,'2026-10-01 08:14:00.000000',3,'reported','');
INSERT INTO visit_event VALUES(10,4,'2026-10-02 08:21:00.000000',4,'reported','');
INSERT INTO visit_event VALUES(11,5,'2026-09-29 08:28:00.000000',5,'reported','');
INSERT INTO visit_event VALUES(12,6,'2026-09-30 08:35:00.000000',6,'reported','');
INSERT INTO visit_event VALUES(13,7,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(14,8,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(15,9,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(16,10,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(17,11,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(18,12,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(19,7,'2026-10-06 08:00:00.000000',1,'reported','');
INSERT INTO visit_event VALUES(20,8,'2026-10-07 08:07:00.000000',2,'reported','');
INSERT INTO visit_event VALUES(21,10,'2026-10-09 08:21:00.000000',4,'reported','');
INSERT INTO visit_event VALUES(22,11,'2026-10-06 08:28:00.000000',5,'reported','');
INSERT INTO visit_event VALUES(23,12,'2026-10-07 08:35:00.000000',6,'reported','');
INSERT INTO visit_event VALUES(24,9,'2026-10-12 00:00:00.000000',NULL,'missed','');
INSERT INTO visit_event VALUES(25,13,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(26,14,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(27,15,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(28,16,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(29,17,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(30,18,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(31,13,'2026-10-13 08:00:00.000000',1,'reported','');
INSERT INTO visit_event VALUES(32,14,'2026-10-14 08:07:00.000000',2,'reported','');
INSERT INTO visit_event VALUES(33,15,'2026-10-15 08:14:00.000000',3,'reported','');
INSERT INTO visit_event VALUES(34,16,'2026-10-16 08:21:00.000000',4,'reported','');
INSERT INTO visit_event VALUES(35,17,'2026-10-13 08:28:00.000000',5,'reported','');
INSERT INTO visit_event VALUES(36,18,'2026-10-19 00:00:00.000000',NULL,'missed','');
INSERT INTO visit_event VALUES(37,19,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(38,20,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(39,21,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(40,22,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(41,23,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(42,24,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(43,19,'2026-10-20 08:00:00.000000',1,'reported','');
INSERT INTO visit_event VALUES(44,20,'2026-10-21 08:07:00.000000',2,'reported','');
INSERT INTO visit_event VALUES(45,21,'2026-10-22 08:14:00.000000',3,'reported','');
INSERT INTO visit_event VALUES(46,22,'2026-10-23 08:21:00.000000',4,'reported','');
INSERT INTO visit_event VALUES(47,23,'2026-10-20 08:28:00.000000',5,'reported','');
INSERT INTO visit_event VALUES(48,24,'2026-10-21 08:35:00.000000',6,'reported','');
INSERT INTO visit_event VALUES(49,25,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(50,26,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(51,27,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(52,28,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(53,29,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(54,30,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(55,25,'2026-10-27 08:00:00.000000',1,'reported','');
INSERT INTO visit_event VALUES(56,26,'2026-10-28 08:07:00.000000',2,'reported','');
INSERT INTO visit_event VALUES(57,28,'2026-10-30 08:21:00.000000',4,'reported','');
INSERT INTO visit_event VALUES(58,29,'2026-10-27 08:28:00.000000',5,'reported','');
INSERT INTO visit_event VALUES(59,30,'2026-10-28 08:35:00.000000',6,'reported','');
INSERT INTO visit_event VALUES(60,27,'2026-11-02 00:00:00.000000',NULL,'missed','');
INSERT INTO visit_event VALUES(61,31,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(62,32,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(63,33,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(64,34,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(65,35,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(66,36,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO visit_event VALUES(67,31,'2026-11-03 08:00:00.000000',1,'reported','');
INSERT INTO visit_event VALUES(68,32,'2026-11-04 08:07:00.000000',2,'reported','');
INSERT INTO visit_event VALUES(69,33,'2026-11-05 08:14:00.000000',3,'reported','');
INSERT INTO visit_event VALUES(70,34,'2026-11-06 08:21:00.000000',4,'reported','');
INSERT INTO visit_event VALUES(71,35,'2026-11-03 08:28:00.000000',5,'reported','');
INSERT INTO visit_event VALUES(72,36,'2026-11-09 00:00:00.000000',NULL,'missed','');
CREATE TABLE IF NOT EXISTS "visit_report" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	visit_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	latest BOOLEAN NOT NULL, 
	author_id INTEGER NOT NULL, 
	submitted_at DATETIME NOT NULL, 
	visited_on DATE NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	workers_met INTEGER, 
	situation TEXT NOT NULL, 
	met_union VARCHAR(300) NOT NULL, 
	met_management VARCHAR(300) NOT NULL, 
	aspirations TEXT NOT NULL, 
	help_given TEXT NOT NULL, 
	headcount INTEGER, 
	women INTEGER, 
	members INTEGER, 
	new_members INTEGER, 
	average_income INTEGER, 
	arrears VARCHAR(500) NOT NULL, 
	suggested_rating VARCHAR(32), 
	commendation TEXT NOT NULL, 
	training_needs TEXT NOT NULL, 
	agreements JSON NOT NULL, 
	latitude FLOAT, 
	longitude FLOAT, 
	flags JSON NOT NULL, arrears_state VARCHAR(32), results JSON DEFAULT '[]' NOT NULL, commendation_kind VARCHAR(32), phone_key VARCHAR(32), 
	CONSTRAINT uq_visit_report_visit_id_version UNIQUE (visit_id, version), 
	CONSTRAINT fk_visit_report_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id), 
	CONSTRAINT fk_visit_report_author_id_person FOREIGN KEY(author_id) REFERENCES person (id)
);
INSERT INTO visit_report VALUES(1,1,1,1,1,'2026-09-29 08:00:00.000000','2026-09-29','committee',13,'Dự họp BCH, bàn việc thăm đoàn viên ốm đau. Công nhân trên chuyền phản ánh định mức tăng, nhiều chị em không đạt, đề nghị rà lại.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(2,2,1,1,2,'2026-09-30 08:07:00.000000','2026-09-30','care',8,'Thăm một công nhân bị thương ở tay khi vận hành máy, trao hỗ trợ ban đầu. Gia đình khó khăn, đang nuôi con nhỏ.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(3,3,1,1,3,'2026-10-01 08:14:00.000000','2026-10-01','propaganda',21,'Đến công trường nói chuyện an toàn khi làm trên cao và dưới hố. Dây đai có đủ, vài anh em ngại đeo vì vướng; tổ trưởng hứa nhắc mỗi sáng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(4,4,1,1,4,'2026-10-02 08:21:00.000000','2026-10-02','unplanned',14,'Xem khu sơ chế và kho. Công nhân đứng lâu ở nơi ẩm, lạnh; ủng và găng tay cấp sáu tháng một lần nên mau hỏng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(5,5,1,1,5,'2026-09-29 08:28:00.000000','2026-09-29','unplanned',10,'Gặp bộ phận buồng phòng và bếp cuối ca sáng. Những hôm đông khách phải tăng ca, anh em muốn được báo lịch trước ít nhất ba ngày.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(6,6,1,1,6,'2026-09-30 08:35:00.000000','2026-09-30','unplanned',17,'Gặp tổ sản xuất giờ nghỉ trưa. Bữa ăn ca đủ, nhưng xưởng nóng vào buổi chiều, quạt thông gió hỏng ba cái chưa thay.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(7,7,1,1,1,'2026-10-06 08:00:00.000000','2026-10-06','propaganda',16,'Hướng dẫn anh em cách ghi sổ máy hỏng và quyền dừng việc khi thấy nguy hiểm. Tổ an toàn có ba người, nhận sinh hoạt mỗi tháng một lần.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(8,8,1,1,2,'2026-10-07 08:07:00.000000','2026-10-07','dialogue',22,'Dự đối thoại định kỳ. Tổ trưởng nêu giờ tăng ca báo sát giờ về; công ty nhận báo trước từ buổi sáng, ghi vào biên bản.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(9,10,1,1,4,'2026-10-09 08:21:00.000000','2026-10-09','unplanned',13,'Gặp anh em tại bến giữa hai chuyến. Thời gian nghỉ giữa ca ngắn, chỗ nghỉ có mái che nhưng thiếu nước uống và nhà vệ sinh.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(10,11,1,1,5,'2026-10-06 08:28:00.000000','2026-10-06','care',11,'Thăm khu nhà trọ gần xưởng, trao quà cho ba chị nuôi con nhỏ. Nước sinh hoạt yếu vào buổi tối, chủ trọ nhận lắp thêm bồn.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(11,12,1,1,6,'2026-10-07 08:35:00.000000','2026-10-07','propaganda',25,'Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(12,13,1,1,1,'2026-10-13 08:00:00.000000','2026-10-13','unplanned',10,'Xem kho và khu đóng bao. Bụi nhiều, khẩu trang phát đủ nhưng mỏng; quản đốc nhận đổi loại dày hơn.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(13,14,1,1,2,'2026-10-14 08:07:00.000000','2026-10-14','dialogue',22,'Dự đối thoại định kỳ. Đơn vị đồng ý tăng tiền ăn ca thêm 3.000 đồng, ghi vào biên bản.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(14,15,1,1,3,'2026-10-15 08:14:00.000000','2026-10-15','dialogue',19,'Dự đối thoại định kỳ. Chị em đề nghị sắp ca trực cân đối, có chỗ nghỉ trưa; lãnh đạo đơn vị nhận sắp lại lịch, ghi vào biên bản.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(15,16,1,1,4,'2026-10-16 08:21:00.000000','2026-10-16','committee',9,'Xem sổ thu chi kinh phí, hướng dẫn ghi sổ, lưu chứng từ. BCH mới còn lúng túng về quy chế dân chủ, hẹn buổi sau làm mẫu cùng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(16,17,1,1,5,'2026-10-13 08:28:00.000000','2026-10-13','propaganda',13,'Trao đổi về giờ làm, giờ nghỉ và khám sức khỏe định kỳ. Anh em nhờ hướng dẫn cách tính lương theo chuyến.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(17,19,1,1,1,'2026-10-20 08:00:00.000000','2026-10-20','propaganda',33,'Nói chuyện với lao động nữ về chế độ thai sản, khám sức khỏe. Chị em hỏi nhiều về giờ nghỉ khi nuôi con nhỏ.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(18,20,1,1,2,'2026-10-21 08:07:00.000000','2026-10-21','care',7,'Thăm hai gia đình đoàn viên ở nhà trọ, trao quà của công đoàn. Tiền trọ tăng 100.000 đồng, một cháu nhỏ chưa xin được chỗ học.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(19,21,1,1,3,'2026-10-22 08:14:00.000000','2026-10-22','unplanned',11,'Gặp hai tổ đội giờ nghỉ trưa. Lán nghỉ thoáng, nước uống đủ; thợ phụ phần lớn chưa ký hợp đồng, đội trưởng nhận làm trong tháng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(20,22,1,1,4,'2026-10-23 08:21:00.000000','2026-10-23','propaganda',16,'Nói về hợp đồng thời vụ và bảo hiểm cho anh chị em làm bán thời gian. Nhiều người chưa biết mình được đóng bảo hiểm thất nghiệp.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(21,23,1,1,5,'2026-10-20 08:28:00.000000','2026-10-20','committee',11,'Dự sinh hoạt BCH, nghe phân công từng ủy viên. Tổ công đoàn nhận thăm nhà trọ luân phiên, mỗi tháng một khu.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(22,24,1,1,6,'2026-10-21 08:35:00.000000','2026-10-21','exchange',35,'Cổ vũ giải bóng chuyền của đơn vị, gặp đoàn viên các tổ. Anh chị em vui, hỏi lịch hội thao của công đoàn cấp trên.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(23,25,1,1,1,'2026-10-27 08:00:00.000000','2026-10-27','committee',8,'Rà danh sách đoàn viên với BCH, gạch tên người đã nghỉ, hướng dẫn cập nhật sổ. Còn bốn người mới chưa làm đơn vào công đoàn.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(24,26,1,1,2,'2026-10-28 08:07:00.000000','2026-10-28','unplanned',12,'Gặp người lao động đầu giờ ca chiều. Việc làm đều, thu nhập ổn định; vài người hỏi về khám sức khỏe định kỳ.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(25,28,1,1,4,'2026-10-30 08:21:00.000000','2026-10-30','care',5,'Thăm một đoàn viên điều trị dài ngày, trao hỗ trợ của công đoàn. Đồng nghiệp đang nhận làm thay, trực thay.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(26,29,1,1,5,'2026-10-27 08:28:00.000000','2026-10-27','unplanned',12,'Gặp anh em tại bến giữa hai chuyến. Thời gian nghỉ giữa ca ngắn, chỗ nghỉ có mái che nhưng thiếu nước uống và nhà vệ sinh.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(27,30,1,1,6,'2026-10-28 08:35:00.000000','2026-10-28','unplanned',16,'Xem khu sơ chế và kho. Công nhân đứng lâu ở nơi ẩm, lạnh; ủng và găng tay cấp sáu tháng một lần nên mau hỏng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(28,31,1,1,1,'2026-11-03 08:00:00.000000','2026-11-03','survey',11,'Làm việc với giám đốc về thành lập công đoàn, doanh nghiệp đồng ý cho khảo sát nguyện vọng người lao động.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(29,32,1,1,2,'2026-11-04 08:07:00.000000','2026-11-04','committee',12,'Dự họp BCH, bàn việc thăm đoàn viên ốm đau. Công nhân trên chuyền phản ánh định mức tăng, nhiều chị em không đạt, đề nghị rà lại.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(30,33,1,1,3,'2026-11-05 08:14:00.000000','2026-11-05','survey',13,'Phát phiếu khảo sát giờ nghỉ trưa, thu lại chín phiếu muốn có công đoàn. Người lao động hỏi đoàn phí bao nhiêu và được lợi gì; đã giải thích.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(31,34,1,1,4,'2026-11-06 08:21:00.000000','2026-11-06','propaganda',14,'Trao đổi về giờ làm, giờ nghỉ và khám sức khỏe định kỳ. Anh em nhờ hướng dẫn cách tính lương theo chuyến.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
INSERT INTO visit_report VALUES(32,35,1,1,5,'2026-11-03 08:28:00.000000','2026-11-03','propaganda',28,'Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]',NULL,NULL);
CREATE TABLE reporter_account (
	look VARCHAR(64) NOT NULL, 
	sealed BLOB, 
	unsealed TEXT NOT NULL, 
	CONSTRAINT pk_reporter_account PRIMARY KEY (look)
);
CREATE TABLE IF NOT EXISTS "reporter" (
	id VARCHAR(32) NOT NULL, 
	identity BLOB NOT NULL, 
	created_at DATETIME NOT NULL, 
	unreachable BOOLEAN NOT NULL, 
	CONSTRAINT pk_reporter PRIMARY KEY (id)
);
CREATE TABLE person_address (
	channel VARCHAR(16) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT pk_person_address PRIMARY KEY (channel, id), 
	CONSTRAINT fk_person_address_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO person_address VALUES('telegram','1001',1);
INSERT INTO person_address VALUES('telegram','1002',2);
INSERT INTO person_address VALUES('telegram','1003',3);
INSERT INTO person_address VALUES('telegram','1004',4);
INSERT INTO person_address VALUES('telegram','1005',5);
INSERT INTO person_address VALUES('telegram','1006',6);
INSERT INTO person_address VALUES('telegram','2001',7);
INSERT INTO person_address VALUES('telegram','2002',8);
INSERT INTO person_address VALUES('telegram','2003',9);
INSERT INTO person_address VALUES('telegram','2004',10);
INSERT INTO person_address VALUES('telegram','2005',11);
INSERT INTO person_address VALUES('telegram','3001',12);
INSERT INTO person_address VALUES('telegram','4001',13);
CREATE TABLE IF NOT EXISTS "person" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR(100) NOT NULL, 
	folded VARCHAR(100) NOT NULL, 
	phone VARCHAR(30) NOT NULL, 
	weekly_quota INTEGER, 
	joined_at DATETIME NOT NULL, 
	blocked_at DATETIME, 
	seen_at DATETIME
);
INSERT INTO person VALUES(1,'Nguyễn Thị Thu An','nguyen thi thu an','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(2,'Trần Quốc Bình','tran quoc binh','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(3,'Lê Thị Kim Cúc','le thi kim cuc','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(4,'Phan Minh Đạt','phan minh dat','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(5,'Đỗ Hải Yến','do hai yen','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(6,'Ngô Gia Huy','ngo gia huy','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(7,'Phạm Tiến Dũng','pham tien dung','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(8,'Võ Thanh Giang','vo thanh giang','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(9,'Huỳnh Đăng Khoa','huynh dang khoa','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(10,'Huỳnh Thị Mỹ Hạnh','huynh thi my hanh','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(11,'Tô Văn Lành','to van lanh','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(12,'Đặng Thu Hà','dang thu ha','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO person VALUES(13,'Bùi Ngọc Mai','bui ngoc mai','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
CREATE TABLE IF NOT EXISTS "inbox_update" (
	update_id BIGINT NOT NULL, 
	payload BLOB, 
	received_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	done_at DATETIME, 
	answered_at DATETIME, 
	failure VARCHAR(20) NOT NULL, 
	answer BLOB, 
	channel VARCHAR(16) NOT NULL, chat VARCHAR(64), holder INTEGER, 
	CONSTRAINT pk_inbox_update PRIMARY KEY (channel, update_id)
);
CREATE TABLE IF NOT EXISTS "stored_file" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reference VARCHAR(200) NOT NULL, 
	unique_id VARCHAR(60) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	size INTEGER, 
	private BOOLEAN NOT NULL, 
	sha256 VARCHAR(64), 
	created_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	retry_at DATETIME, 
	interrupted INTEGER NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	CONSTRAINT uq_stored_file_channel_unique_id UNIQUE (channel, unique_id)
);
CREATE TABLE IF NOT EXISTS "draft" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	form VARCHAR(32) NOT NULL, 
	owner VARCHAR(72) NOT NULL, 
	subject VARCHAR(60) NOT NULL, 
	about JSON NOT NULL, 
	answers JSON NOT NULL, 
	trail JSON NOT NULL, 
	opened JSON NOT NULL, 
	sources JSON NOT NULL, 
	card_message_id BIGINT, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	card_channel VARCHAR(16) NOT NULL
);
CREATE TABLE sent_form (
	receipt VARCHAR(64) NOT NULL, 
	who VARCHAR(20) NOT NULL, 
	sent_on DATE NOT NULL, 
	CONSTRAINT pk_sent_form PRIMARY KEY (receipt)
);
CREATE TABLE IF NOT EXISTS "letterhead" (
	unit_id INTEGER NOT NULL, 
	superior VARCHAR(200) NOT NULL, 
	issuer VARCHAR(200) NOT NULL, 
	symbol VARCHAR(40) NOT NULL, 
	place VARCHAR(100) NOT NULL, 
	recipients JSON NOT NULL, 
	authority VARCHAR(100) NOT NULL, 
	position VARCHAR(100) NOT NULL, 
	signatory VARCHAR(100) NOT NULL, 
	changed_by INTEGER, 
	changed_at DATETIME, 
	short_name VARCHAR(200) NOT NULL, 
	bases JSON NOT NULL, 
	CONSTRAINT pk_letterhead PRIMARY KEY (unit_id), 
	CONSTRAINT fk_letterhead_changed_by_person FOREIGN KEY(changed_by) REFERENCES person (id), 
	CONSTRAINT fk_letterhead_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
CREATE TABLE promise (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	visit_id INTEGER NOT NULL, 
	site_id INTEGER NOT NULL, 
	officer_id INTEGER NOT NULL, 
	what TEXT NOT NULL, 
	who VARCHAR(100) NOT NULL, 
	until DATE, 
	state VARCHAR(32) NOT NULL, 
	why VARCHAR(500) NOT NULL, 
	created_at DATETIME NOT NULL, 
	day_set_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	closed_by INTEGER, 
	remind_at DATETIME, 
	reminded JSON NOT NULL, 
	CONSTRAINT fk_promise_closed_by_person FOREIGN KEY(closed_by) REFERENCES person (id), 
	CONSTRAINT fk_promise_officer_id_person FOREIGN KEY(officer_id) REFERENCES person (id), 
	CONSTRAINT fk_promise_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_promise_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id)
);
CREATE TABLE suggested_figures (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	site_id INTEGER NOT NULL, 
	visit_id INTEGER, 
	person_id INTEGER NOT NULL, 
	suggested_at DATETIME NOT NULL, 
	year INTEGER NOT NULL, 
	workers INTEGER, 
	women INTEGER, 
	members INTEGER, 
	rating VARCHAR(32), 
	state VARCHAR(32) NOT NULL, 
	decided JSON NOT NULL, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	CONSTRAINT fk_suggested_figures_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id), 
	CONSTRAINT fk_suggested_figures_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_suggested_figures_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_suggested_figures_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id)
);
CREATE TABLE IF NOT EXISTS "alert" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR(80) NOT NULL, 
	unit_id INTEGER NOT NULL, 
	site_id INTEGER, 
	case_id INTEGER, 
	at DATETIME NOT NULL, 
	size INTEGER NOT NULL, 
	level VARCHAR(16) NOT NULL, 
	signs JSON NOT NULL, 
	seen_by JSON NOT NULL, 
	remind_at DATETIME, 
	over_at DATETIME, 
	home_id INTEGER NOT NULL, 
	report_id INTEGER, 
	raised_by INTEGER, 
	words TEXT NOT NULL, 
	wrong_at DATETIME, 
	wrong_by INTEGER, 
	CONSTRAINT fk_alert_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_alert_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_alert_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_alert_home_id_unit FOREIGN KEY(home_id) REFERENCES unit (id), 
	CONSTRAINT fk_alert_report_id_visit_report FOREIGN KEY(report_id) REFERENCES visit_report (id), 
	CONSTRAINT fk_alert_raised_by_person FOREIGN KEY(raised_by) REFERENCES person (id), 
	CONSTRAINT fk_alert_wrong_by_person FOREIGN KEY(wrong_by) REFERENCES person (id)
);
INSERT INTO alert VALUES(1,'site:5:sudden_change',2,5,NULL,'2026-09-29 08:00:00.000000',1,'warning','["sudden_change:\u0111\u1ecbnh m\u1ee9c t\u0103ng"]','[]',NULL,'2026-10-06 07:00:00.000000',2,1,1,'',NULL,NULL);
INSERT INTO alert VALUES(2,'site:3:sudden_change',2,3,NULL,'2026-11-04 08:07:00.000000',1,'warning','["sudden_change:\u0111\u1ecbnh m\u1ee9c t\u0103ng"]','[]',NULL,NULL,2,29,2,'',NULL,NULL);
CREATE TABLE IF NOT EXISTS "quick_report" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	alert_id INTEGER NOT NULL, 
	author_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	enterprise VARCHAR(200) NOT NULL, 
	began_at DATETIME, 
	taking_part INTEGER, 
	workers INTEGER, 
	demands TEXT NOT NULL, 
	employer TEXT NOT NULL, 
	authorities TEXT NOT NULL, 
	next_step TEXT NOT NULL, 
	resumed BOOLEAN NOT NULL, 
	cause TEXT NOT NULL, 
	ownership VARCHAR(16) NOT NULL, 
	has_union BOOLEAN, 
	CONSTRAINT fk_quick_report_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_quick_report_alert_id_alert FOREIGN KEY(alert_id) REFERENCES alert (id)
);
INSERT INTO quick_report VALUES(1,1,7,'2026-10-06 07:00:00.000000','Giày Tân Lúa',NULL,0,2300,'Rà lại định mức của mã hàng mới.','Ban giám đốc nhận họp với tổ sản xuất, trong lúc chờ giữ mức lương cũ.','','Cán bộ công đoàn đến xưởng vào đầu ca trong hai tuần tới.',1,'Định mức mã hàng mới cao, chưa bàn trước với tổ sản xuất.','private',1);
CREATE TABLE IF NOT EXISTS "case" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code VARCHAR(16) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	category VARCHAR(16) NOT NULL, 
	severity VARCHAR(16) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	site_id INTEGER, 
	site_words VARCHAR(200) NOT NULL, 
	unit_id INTEGER NOT NULL, 
	home_id INTEGER NOT NULL, 
	assignee_id INTEGER, 
	about_id INTEGER, 
	report_id INTEGER, 
	author_id INTEGER, 
	reporter_id VARCHAR, 
	anonymous BOOLEAN NOT NULL, 
	affected INTEGER, 
	text TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	result TEXT NOT NULL, 
	agency VARCHAR(200) NOT NULL, 
	agency_on DATE, 
	created_at DATETIME NOT NULL, 
	taken_at DATETIME, 
	settle_by DATETIME, 
	remind_at DATETIME, 
	reminded JSON NOT NULL, 
	clock_from DATETIME, 
	level_since DATETIME, 
	settled_at DATETIME, 
	closed_at DATETIME, 
	satisfied BOOLEAN, 
	merged_into INTEGER, 
	emptied_at DATETIME, 
	law JSON DEFAULT '{}' NOT NULL, 
	passed_up_by INTEGER, door VARCHAR(16) DEFAULT '' NOT NULL, affected_group VARCHAR(8) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_case_about_id_person FOREIGN KEY(about_id) REFERENCES person (id), 
	CONSTRAINT fk_case_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_case_home_id_unit FOREIGN KEY(home_id) REFERENCES unit (id), 
	CONSTRAINT fk_case_merged_into_case FOREIGN KEY(merged_into) REFERENCES "case" (id), 
	CONSTRAINT fk_case_assignee_id_person FOREIGN KEY(assignee_id) REFERENCES person (id), 
	CONSTRAINT fk_case_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_case_report_id_visit_report FOREIGN KEY(report_id) REFERENCES visit_report (id), 
	CONSTRAINT fk_case_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_case_reporter_id_reporter FOREIGN KEY(reporter_id) REFERENCES reporter (id), 
	CONSTRAINT uq_case_code UNIQUE (code), 
	CONSTRAINT fk_case_passed_up_by_unit FOREIGN KEY(passed_up_by) REFERENCES unit (id)
);
INSERT INTO "case" VALUES(1,'P9R9F-D854H','proposal','LUONG','normal','settled',5,'',2,2,7,NULL,1,1,NULL,1,NULL,'Đề nghị công ty họp với tổ sản xuất về định mức mới.','de nghi cong ty hop voi to san xuat ve dinh muc moi','Công ty đã họp với tổ sản xuất, giữ định mức 105 sản phẩm cho mã hàng mới.','',NULL,'2026-09-29 08:00:00.000000','2026-10-08 02:00:00.000000','2026-10-20 08:00:00.000000',NULL,'["take:2026-10-01T15:00"]','2026-09-29 08:00:00.000000',NULL,'2026-10-08 02:00:00.000000',NULL,NULL,NULL,NULL,'{}',NULL,'','');
INSERT INTO "case" VALUES(2,'2KKY8-4D44R','proposal','ATVSLD','normal','settled',9,'',2,2,7,NULL,2,2,NULL,1,NULL,'Đề nghị kiểm tra che chắn của toàn bộ máy trong xưởng.','de nghi kiem tra che chan cua toan bo may trong xuong','Công ty đã kiểm tra 14 máy, lắp lại che chắn cho ba máy; công đoàn đến xem lại.','',NULL,'2026-09-30 08:07:00.000000','2026-10-08 02:22:00.000000','2026-10-21 08:07:00.000000',NULL,'["take:2026-10-02T15:07"]','2026-09-30 08:07:00.000000',NULL,'2026-10-08 02:22:00.000000',NULL,NULL,NULL,NULL,'{}',NULL,'','');
INSERT INTO "case" VALUES(3,'9FA99-EYWN9','proposal','ATVSLD','normal','settled',20,'',12,12,10,NULL,4,4,NULL,1,NULL,'Đề nghị cấp ủng, găng tay ba tháng một lần.','de nghi cap ung gang tay ba thang mot lan','Công ty đồng ý cấp ba tháng một lần, đã phát đợt đầu.','',NULL,'2026-10-02 08:21:00.000000','2026-10-08 02:33:00.000000','2026-10-23 08:21:00.000000',NULL,'[]','2026-10-02 08:21:00.000000',NULL,'2026-10-08 02:33:00.000000',NULL,NULL,NULL,NULL,'{}',NULL,'','');
INSERT INTO "case" VALUES(4,'Y2X2P-NE4C8','proposal','GIO_LAM','normal','settled',27,'',22,22,11,NULL,5,5,NULL,1,NULL,'Đề nghị công khai bảng chấm công làm thêm giờ hằng tuần.','de nghi cong khai bang cham cong lam them gio hang tuan','Bảng chấm công làm thêm đã dán ở phòng nhân viên từ tuần này.','',NULL,'2026-09-29 08:28:00.000000','2026-10-08 02:11:00.000000','2026-10-20 08:28:00.000000',NULL,'["take:2026-10-01T15:28"]','2026-09-29 08:28:00.000000',NULL,'2026-10-08 02:11:00.000000',NULL,NULL,NULL,NULL,'{}',NULL,'','');
INSERT INTO "case" VALUES(5,'EKDEX-542YF','proposal','ATVSLD','normal','settled',17,'',12,12,10,NULL,9,4,NULL,1,NULL,'Đề nghị bố trí nước uống, nhà vệ sinh ở chỗ nghỉ giữa ca.','de nghi bo tri nuoc uong nha ve sinh o cho nghi giua ca','Đơn vị đã đặt hai bình nước và thuê nhà vệ sinh lưu động ở bến.','',NULL,'2026-10-09 08:21:00.000000','2026-10-15 02:00:00.000000','2026-10-30 08:21:00.000000',NULL,'[]','2026-10-09 08:21:00.000000',NULL,'2026-10-15 02:00:00.000000',NULL,NULL,NULL,NULL,'{}',NULL,'','');
INSERT INTO "case" VALUES(6,'XC3KK-67WDW','proposal','PHUC_LOI','normal','in_progress',7,'',2,2,7,NULL,18,2,NULL,1,NULL,'Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.','de nghi dia phuong ho tro cho hoc cho con cong nhan o tro','','',NULL,'2026-10-21 08:07:00.000000','2026-10-29 02:00:00.000000','2026-11-11 08:07:00.000000','2026-11-10 08:07:00.000000','["take:2026-10-23T15:07", "half:2026-11-02T10:22"]','2026-10-21 08:07:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'{}',NULL,'','');
INSERT INTO "case" VALUES(7,'PX796-N7WDM','proposal','ATVSLD','normal','settled',25,'',22,22,11,NULL,26,5,NULL,1,NULL,'Đề nghị bố trí nước uống, nhà vệ sinh ở chỗ nghỉ giữa ca.','de nghi bo tri nuoc uong nha ve sinh o cho nghi giua ca','Đơn vị đã đặt hai bình nước và thuê nhà vệ sinh lưu động ở bến.','',NULL,'2026-10-27 08:28:00.000000','2026-11-05 02:11:00.000000','2026-11-17 08:28:00.000000',NULL,'["take:2026-10-29T15:28"]','2026-10-27 08:28:00.000000',NULL,'2026-11-05 02:11:00.000000',NULL,NULL,NULL,NULL,'{}',NULL,'','');
INSERT INTO "case" VALUES(8,'KE4P4-W456R','proposal','ATVSLD','normal','settled',24,'',22,22,11,NULL,27,6,NULL,1,NULL,'Đề nghị cấp ủng, găng tay ba tháng một lần.','de nghi cap ung gang tay ba thang mot lan','Công ty đồng ý cấp ba tháng một lần, đã phát đợt đầu.','',NULL,'2026-10-28 08:35:00.000000','2026-11-05 02:22:00.000000','2026-11-18 08:35:00.000000',NULL,'["take:2026-10-30T15:35"]','2026-10-28 08:35:00.000000',NULL,'2026-11-05 02:22:00.000000',NULL,NULL,NULL,NULL,'{}',NULL,'','');
INSERT INTO "case" VALUES(9,'RRF3K-M274X','proposal','LUONG','normal','received',3,'',2,2,NULL,NULL,29,2,NULL,1,NULL,'Đề nghị công ty họp với tổ sản xuất về định mức mới.','de nghi cong ty hop voi to san xuat ve dinh muc moi','','',NULL,'2026-11-04 08:07:00.000000',NULL,'2026-11-26 08:07:00.000000','2026-11-10 08:07:00.000000','["take:2026-11-06T15:07"]','2026-11-04 08:07:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'{}',NULL,'','');
CREATE TABLE plan_task (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR(30) NOT NULL, 
	number VARCHAR(40) NOT NULL, 
	unit_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	owner_id INTEGER, 
	taken_by INTEGER NOT NULL, 
	due DATE NOT NULL, 
	due_set_at DATETIME NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	result TEXT NOT NULL, 
	files JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	updated_by INTEGER NOT NULL, 
	remind_at DATETIME, 
	reminded JSON NOT NULL, 
	CONSTRAINT fk_plan_task_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_plan_task_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id), 
	CONSTRAINT fk_plan_task_taken_by_person FOREIGN KEY(taken_by) REFERENCES person (id), 
	CONSTRAINT fk_plan_task_updated_by_person FOREIGN KEY(updated_by) REFERENCES person (id), 
	CONSTRAINT uq_plan_task_plan_number_unit_id_year UNIQUE ("plan", number, unit_id, year)
);
CREATE TABLE plan_task_event (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	task_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id INTEGER NOT NULL, 
	what VARCHAR(20) NOT NULL, 
	words TEXT NOT NULL, 
	files JSON NOT NULL, 
	CONSTRAINT fk_plan_task_event_task_id_plan_task FOREIGN KEY(task_id) REFERENCES plan_task (id), 
	CONSTRAINT fk_plan_task_event_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id)
);
CREATE TABLE unit_plan (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	unit_id INTEGER NOT NULL, 
	"plan" VARCHAR(30) NOT NULL, 
	year INTEGER NOT NULL, 
	number VARCHAR(60) NOT NULL, 
	issued DATE NOT NULL, 
	words TEXT NOT NULL, 
	files JSON NOT NULL, 
	person_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_unit_plan_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_plan_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT uq_unit_plan_unit_id_plan_year UNIQUE (unit_id, "plan", year)
);
CREATE TABLE site_meeting (
	site_id INTEGER NOT NULL, 
	first_day DATE NOT NULL, 
	starts_at TIME NOT NULL, 
	rule VARCHAR(32) NOT NULL, 
	set_by INTEGER NOT NULL, 
	set_at DATETIME NOT NULL, 
	CONSTRAINT pk_site_meeting PRIMARY KEY (site_id), 
	CONSTRAINT fk_site_meeting_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_site_meeting_set_by_person FOREIGN KEY(set_by) REFERENCES person (id)
);
CREATE TABLE announcement (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	author_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	audience VARCHAR(32) NOT NULL, 
	words TEXT NOT NULL, 
	file_id INTEGER, 
	state VARCHAR(32) NOT NULL, 
	created_at DATETIME NOT NULL, 
	remind_at DATETIME, 
	readers INTEGER NOT NULL, 
	reached INTEGER NOT NULL, 
	CONSTRAINT fk_announcement_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_announcement_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_announcement_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id)
);
CREATE TABLE site_term (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	visit_id INTEGER NOT NULL, 
	site_id INTEGER NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	until DATE NOT NULL, 
	created_at DATETIME NOT NULL, 
	remind_at DATETIME, 
	reminded JSON NOT NULL, 
	CONSTRAINT fk_site_term_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_site_term_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id)
);
CREATE TABLE unit_count (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	unit_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	workers INTEGER NOT NULL, 
	women INTEGER NOT NULL, 
	members INTEGER NOT NULL, 
	gained INTEGER NOT NULL, 
	source VARCHAR(32) NOT NULL, 
	person_id INTEGER, 
	visit_id INTEGER, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_unit_count_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_count_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_unit_count_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id)
);
CREATE TABLE unit_past (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	unit_id INTEGER NOT NULL, 
	parent_id INTEGER, 
	path VARCHAR(200) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	last_day DATE NOT NULL, 
	CONSTRAINT fk_unit_past_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_past_parent_id_unit FOREIGN KEY(parent_id) REFERENCES unit (id), 
	CONSTRAINT uq_unit_past_unit_id_last_day UNIQUE (unit_id, last_day)
);
CREATE TABLE recruitment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	site_id INTEGER NOT NULL, 
	step VARCHAR(32) NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	owner_id INTEGER, 
	moved_at DATETIME NOT NULL, 
	willing INTEGER, 
	applications INTEGER, 
	congress_on DATE, 
	stopped_why TEXT NOT NULL, 
	founded_on DATE, 
	founded_at DATETIME, 
	founded_by INTEGER, 
	decision_number VARCHAR(60) NOT NULL, 
	decided_on DATE, 
	remind_at DATETIME, 
	reminded JSON NOT NULL, 
	CONSTRAINT fk_recruitment_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_recruitment_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id), 
	CONSTRAINT fk_recruitment_founded_by_person FOREIGN KEY(founded_by) REFERENCES person (id), 
	CONSTRAINT uq_recruitment_site_id UNIQUE (site_id)
);
INSERT INTO recruitment VALUES(1,10,'owner','open',7,'2026-11-04 03:00:00.000000',20,NULL,NULL,'',NULL,NULL,NULL,'',NULL,'2026-12-07 00:30:00.000000','[]');
INSERT INTO recruitment VALUES(2,11,'ready','open',7,'2026-11-04 03:00:00.000000',210,96,NULL,'',NULL,NULL,NULL,'',NULL,'2026-12-07 00:30:00.000000','[]');
INSERT INTO recruitment VALUES(3,20,'group','open',10,'2026-11-04 03:00:00.000000',31,8,NULL,'',NULL,NULL,NULL,'',NULL,'2026-12-21 00:30:00.000000','[]');
INSERT INTO recruitment VALUES(4,29,'survey','open',11,'2026-11-04 03:00:00.000000',NULL,NULL,NULL,'',NULL,NULL,NULL,'',NULL,'2026-12-07 00:30:00.000000','[]');
CREATE TABLE recruitment_event (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	recruitment_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id INTEGER, 
	what VARCHAR(20) NOT NULL, 
	step VARCHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	willing INTEGER, 
	applications INTEGER, 
	words TEXT NOT NULL, 
	visit_id INTEGER, 
	CONSTRAINT fk_recruitment_event_recruitment_id_recruitment FOREIGN KEY(recruitment_id) REFERENCES recruitment (id), 
	CONSTRAINT fk_recruitment_event_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id), 
	CONSTRAINT fk_recruitment_event_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id)
);
INSERT INTO recruitment_event VALUES(1,1,'2026-10-28 03:00:00.000000',7,'started','survey','2026-10-28',NULL,NULL,'',NULL);
INSERT INTO recruitment_event VALUES(2,1,'2026-11-04 03:00:00.000000',7,'moved','owner','2026-11-04',20,NULL,'',NULL);
INSERT INTO recruitment_event VALUES(3,2,'2026-10-14 03:00:00.000000',7,'started','survey','2026-10-14',NULL,NULL,'',NULL);
INSERT INTO recruitment_event VALUES(4,2,'2026-10-21 03:00:00.000000',7,'moved','owner','2026-10-21',210,96,'',NULL);
INSERT INTO recruitment_event VALUES(5,2,'2026-10-28 03:00:00.000000',7,'moved','group','2026-10-28',210,96,'',NULL);
INSERT INTO recruitment_event VALUES(6,2,'2026-11-04 03:00:00.000000',7,'moved','ready','2026-11-04',210,96,'',NULL);
INSERT INTO recruitment_event VALUES(7,3,'2026-10-21 03:00:00.000000',10,'started','survey','2026-10-21',NULL,NULL,'',NULL);
INSERT INTO recruitment_event VALUES(8,3,'2026-10-28 03:00:00.000000',10,'moved','owner','2026-10-28',31,8,'',NULL);
INSERT INTO recruitment_event VALUES(9,3,'2026-11-04 03:00:00.000000',10,'moved','group','2026-11-04',31,8,'',NULL);
INSERT INTO recruitment_event VALUES(10,4,'2026-11-04 03:00:00.000000',11,'started','survey','2026-11-04',NULL,NULL,'',NULL);
CREATE TABLE enterprise_survey (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	site_id INTEGER NOT NULL, 
	surveyed_on DATE NOT NULL, 
	answers JSON NOT NULL, 
	person_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_enterprise_survey_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_enterprise_survey_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE commendation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	visit_id INTEGER NOT NULL, 
	site_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	kind VARCHAR(32), 
	words TEXT NOT NULL, 
	proposed_by INTEGER NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	passed_up_by INTEGER, 
	reason VARCHAR(500) NOT NULL, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	released_words TEXT NOT NULL, 
	released_by INTEGER, 
	released_at DATETIME, 
	site_named BOOLEAN NOT NULL, 
	CONSTRAINT fk_commendation_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id), 
	CONSTRAINT fk_commendation_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_commendation_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_commendation_proposed_by_person FOREIGN KEY(proposed_by) REFERENCES person (id), 
	CONSTRAINT fk_commendation_passed_up_by_person FOREIGN KEY(passed_up_by) REFERENCES person (id), 
	CONSTRAINT fk_commendation_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id), 
	CONSTRAINT fk_commendation_released_by_person FOREIGN KEY(released_by) REFERENCES person (id)
);
CREATE TABLE org_change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR(32) NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	lines JSON NOT NULL, 
	more INTEGER NOT NULL, 
	rows JSON NOT NULL, 
	"before" JSON, 
	effective_on DATE NOT NULL, 
	created_by INTEGER, 
	created_at DATETIME NOT NULL, 
	done_at DATETIME, 
	undone_at DATETIME, 
	remind_at DATETIME, 
	CONSTRAINT fk_org_change_created_by_person FOREIGN KEY(created_by) REFERENCES person (id)
);
CREATE TABLE unit_target (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR(30) NOT NULL, 
	target VARCHAR(30) NOT NULL, 
	unit_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	value INTEGER NOT NULL, 
	by_split BOOLEAN NOT NULL, 
	set_by INTEGER NOT NULL, 
	set_at DATETIME NOT NULL, 
	CONSTRAINT fk_unit_target_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_target_set_by_person FOREIGN KEY(set_by) REFERENCES person (id)
);
CREATE TABLE declaration (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR(30) NOT NULL, 
	target VARCHAR(30) NOT NULL, 
	unit_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	value INTEGER NOT NULL, 
	of_total INTEGER, 
	words TEXT NOT NULL, 
	files JSON NOT NULL, 
	person_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	reason TEXT NOT NULL, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	CONSTRAINT fk_declaration_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_declaration_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_declaration_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id)
);
CREATE TABLE IF NOT EXISTS "unit_rating" (
	unit_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	rating VARCHAR(32) NOT NULL, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	basis VARCHAR(200) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_unit_rating PRIMARY KEY (unit_id, year), 
	CONSTRAINT fk_unit_rating_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_rating_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id)
);
INSERT INTO unit_rating VALUES(3,2025,'XS',NULL,NULL,'');
INSERT INTO unit_rating VALUES(4,2025,'T',NULL,NULL,'');
INSERT INTO unit_rating VALUES(5,2025,'HT',NULL,NULL,'');
INSERT INTO unit_rating VALUES(6,2025,'T',NULL,NULL,'');
INSERT INTO unit_rating VALUES(7,2025,'XS',NULL,NULL,'');
INSERT INTO unit_rating VALUES(8,2025,'HT',NULL,NULL,'');
INSERT INTO unit_rating VALUES(9,2025,'KHT',NULL,NULL,'');
INSERT INTO unit_rating VALUES(13,2025,'T',NULL,NULL,'');
INSERT INTO unit_rating VALUES(14,2025,'XS',NULL,NULL,'');
INSERT INTO unit_rating VALUES(15,2025,'KHT',NULL,NULL,'');
INSERT INTO unit_rating VALUES(16,2025,'HT',NULL,NULL,'');
INSERT INTO unit_rating VALUES(17,2025,'HT',NULL,NULL,'');
INSERT INTO unit_rating VALUES(18,2025,'T',NULL,NULL,'');
INSERT INTO unit_rating VALUES(19,2025,'HT',NULL,NULL,'');
INSERT INTO unit_rating VALUES(23,2025,'XS',NULL,NULL,'');
INSERT INTO unit_rating VALUES(24,2025,'T',NULL,NULL,'');
INSERT INTO unit_rating VALUES(25,2025,'T',NULL,NULL,'');
INSERT INTO unit_rating VALUES(26,2025,'HT',NULL,NULL,'');
INSERT INTO unit_rating VALUES(27,2025,'KHT',NULL,NULL,'');
INSERT INTO unit_rating VALUES(28,2025,'HT',NULL,NULL,'');
CREATE TABLE group_chat (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	unit_id INTEGER NOT NULL, 
	made_by INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	code_hash VARCHAR(64), 
	channel VARCHAR(16) NOT NULL, 
	chat VARCHAR(40), 
	title VARCHAR(200) NOT NULL, 
	linked_at DATETIME, 
	ended_at DATETIME, 
	ending VARCHAR(32), 
	CONSTRAINT fk_group_chat_made_by_person FOREIGN KEY(made_by) REFERENCES person (id), 
	CONSTRAINT fk_group_chat_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT uq_group_chat_channel_chat UNIQUE (channel, chat), 
	CONSTRAINT uq_group_chat_code_hash UNIQUE (code_hash)
);
CREATE TABLE web_link (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code_hash VARCHAR(64) NOT NULL, 
	person_id INTEGER NOT NULL, 
	made_by INTEGER, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT fk_web_link_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_web_link_made_by_person FOREIGN KEY(made_by) REFERENCES person (id), 
	CONSTRAINT uq_web_link_code_hash UNIQUE (code_hash)
);
CREATE TABLE web_session (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	token_hash VARCHAR(64) NOT NULL, 
	person_id INTEGER NOT NULL, 
	made_by INTEGER, 
	device VARCHAR(32) NOT NULL, 
	idle_hours INTEGER NOT NULL, 
	began_at DATETIME NOT NULL, 
	used_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT fk_web_session_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_web_session_made_by_person FOREIGN KEY(made_by) REFERENCES person (id), 
	CONSTRAINT uq_web_session_token_hash UNIQUE (token_hash)
);
CREATE TABLE text_conversation (
	look VARCHAR(64) NOT NULL, 
	card BLOB NOT NULL, 
	notices BLOB, 
	used_on DATE NOT NULL, 
	CONSTRAINT pk_text_conversation PRIMARY KEY (look)
);
CREATE TABLE address_code (
	person_id INTEGER NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	mailbox VARCHAR(100) NOT NULL, 
	code_hash VARCHAR(64) NOT NULL, 
	made_on DATE NOT NULL, 
	made_today INTEGER NOT NULL, 
	tries INTEGER NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_address_code PRIMARY KEY (person_id, channel), 
	CONSTRAINT fk_address_code_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('case_event',24);
INSERT INTO sqlite_sequence VALUES('cluster',1);
INSERT INTO sqlite_sequence VALUES('identity_view',0);
INSERT INTO sqlite_sequence VALUES('invitation',0);
INSERT INTO sqlite_sequence VALUES('leave',0);
INSERT INTO sqlite_sequence VALUES('membership',13);
INSERT INTO sqlite_sequence VALUES('obligation',3);
INSERT INTO sqlite_sequence VALUES('outbox_message',81);
INSERT INTO sqlite_sequence VALUES('report_request',0);
INSERT INTO sqlite_sequence VALUES('summary',0);
INSERT INTO sqlite_sequence VALUES('summary_correction',0);
INSERT INTO sqlite_sequence VALUES('summary_proposal',0);
INSERT INTO sqlite_sequence VALUES('summary_section',0);
INSERT INTO sqlite_sequence VALUES('summary_version',0);
INSERT INTO sqlite_sequence VALUES('unit',29);
INSERT INTO sqlite_sequence VALUES('visit',36);
INSERT INTO sqlite_sequence VALUES('visit_event',72);
INSERT INTO sqlite_sequence VALUES('visit_report',32);
INSERT INTO sqlite_sequence VALUES('person',13);
INSERT INTO sqlite_sequence VALUES('stored_file',0);
INSERT INTO sqlite_sequence VALUES('draft',0);
INSERT INTO sqlite_sequence VALUES('alert',2);
INSERT INTO sqlite_sequence VALUES('quick_report',1);
INSERT INTO sqlite_sequence VALUES('case',9);
INSERT INTO sqlite_sequence VALUES('recruitment',4);
INSERT INTO sqlite_sequence VALUES('recruitment_event',10);
CREATE INDEX ix_case_event_case_id ON case_event (case_id);
CREATE INDEX ix_identity_view_case_id ON identity_view (case_id);
CREATE INDEX ix_leave_person_id ON leave (person_id);
CREATE INDEX ix_membership_cluster_id ON membership (cluster_id);
CREATE INDEX ix_membership_person_id ON membership (person_id);
CREATE INDEX ix_membership_unit_id ON membership (unit_id);
CREATE INDEX ix_obligation_remind_at ON obligation (remind_at);
CREATE INDEX ix_obligation_group ON obligation ("group");
CREATE INDEX ix_obligation_to_unit_id ON obligation (to_unit_id);
CREATE INDEX ix_obligation_due_before ON obligation (due_before);
CREATE INDEX ix_obligation_unit_id ON obligation (unit_id);
CREATE INDEX ix_obligation_request_id ON obligation (request_id);
CREATE INDEX ix_outbox_message_subject ON outbox_message (subject);
CREATE INDEX ix_outbox_message_reporter_id ON outbox_message (reporter_id);
CREATE INDEX ix_outbox_message_person_id ON outbox_message (person_id);
CREATE INDEX ix_outbox_message_not_before ON outbox_message (not_before);
CREATE INDEX ix_outbox_message_state ON outbox_message (state);
CREATE INDEX ix_report_request_unit_id ON report_request (unit_id);
CREATE INDEX ix_summary_state ON summary (state);
CREATE INDEX ix_summary_unit_id ON summary (unit_id);
CREATE INDEX ix_summary_correction_summary_id ON summary_correction (summary_id);
CREATE INDEX ix_summary_proposal_summary_id ON summary_proposal (summary_id);
CREATE INDEX ix_summary_section_summary_id ON summary_section (summary_id);
CREATE INDEX ix_summary_version_summary_id ON summary_version (summary_id);
CREATE INDEX ix_unit_officer_id ON unit (officer_id);
CREATE INDEX ix_unit_path ON unit (path);
CREATE INDEX ix_unit_folded ON unit (folded);
CREATE INDEX ix_unit_parent_id ON unit (parent_id);
CREATE INDEX ix_visit_remind_at ON visit (remind_at);
CREATE INDEX ix_visit_week ON visit (week);
CREATE INDEX ix_visit_event_visit_id ON visit_event (visit_id);
CREATE INDEX ix_outbox_message_given_up_on ON outbox_message (given_up_on);
CREATE INDEX ix_person_address_person_id ON person_address (person_id);
CREATE INDEX ix_person_folded ON person (folded);
CREATE INDEX ix_inbox_update_received_at ON inbox_update (received_at);
CREATE INDEX ix_inbox_update_answered_at ON inbox_update (answered_at);
CREATE INDEX ix_stored_file_retry_at ON stored_file (retry_at);
CREATE INDEX ix_stored_file_sha256 ON stored_file (sha256);
CREATE INDEX ix_draft_updated_at ON draft (updated_at);
CREATE INDEX ix_draft_owner ON draft (owner);
CREATE INDEX ix_promise_visit_id ON promise (visit_id);
CREATE INDEX ix_promise_site_id ON promise (site_id);
CREATE INDEX ix_promise_officer_id ON promise (officer_id);
CREATE INDEX ix_promise_remind_at ON promise (remind_at);
CREATE INDEX ix_suggested_figures_site_id ON suggested_figures (site_id);
CREATE INDEX ix_suggested_figures_state ON suggested_figures (state);
CREATE INDEX ix_suggested_figures_visit_id ON suggested_figures (visit_id);
CREATE INDEX ix_alert_site_id ON alert (site_id);
CREATE INDEX ix_alert_remind_at ON alert (remind_at);
CREATE INDEX ix_alert_unit_id ON alert (unit_id);
CREATE INDEX ix_alert_key ON alert ("key");
CREATE INDEX ix_quick_report_alert_id ON quick_report (alert_id);
CREATE INDEX ix_case_remind_at ON "case" (remind_at);
CREATE INDEX ix_case_created_at ON "case" (created_at);
CREATE INDEX ix_case_merged_into ON "case" (merged_into);
CREATE INDEX ix_case_reporter_id ON "case" (reporter_id);
CREATE INDEX ix_case_status ON "case" (status);
CREATE INDEX ix_case_settle_by ON "case" (settle_by);
CREATE INDEX ix_case_closed_at ON "case" (closed_at);
CREATE INDEX ix_case_unit_id ON "case" (unit_id);
CREATE INDEX ix_case_report_id ON "case" (report_id);
CREATE INDEX ix_case_category ON "case" (category);
CREATE INDEX ix_case_passed_up_by ON "case" (passed_up_by);
CREATE INDEX ix_case_home_id_case_created_at ON "case" (home_id, created_at);
CREATE INDEX ix_case_site_id_case_created_at ON "case" (site_id, created_at);
CREATE INDEX ix_visit_officer_id_visit_week ON visit (officer_id, week);
CREATE INDEX ix_visit_unit_id_visit_week ON visit (unit_id, week);
CREATE INDEX ix_visit_site_id_visit_status_visit_week ON visit (site_id, status, week);
CREATE INDEX ix_visit_report_author_id_visit_report_submitted_at ON visit_report (author_id, submitted_at);
CREATE INDEX ix_visit_report_visited_on ON visit_report (visited_on);
CREATE INDEX ix_visit_event_actor_id_visit_event_at ON visit_event (actor_id, at);
CREATE UNIQUE INDEX ix_visit_report_latest ON visit_report (visit_id) WHERE latest = 1;
CREATE INDEX ix_case_not_emptied ON "case" (created_at) WHERE emptied_at IS NULL;
CREATE INDEX ix_outbox_message_with_text ON outbox_message (created_at) WHERE text != '';
CREATE INDEX ix_inbox_update_chat_left ON inbox_update (chat) WHERE answered_at IS NULL;
CREATE INDEX ix_case_author_id ON "case" (author_id);
CREATE INDEX ix_case_file_file_id ON case_file (file_id);
CREATE INDEX ix_report_file_file_id ON report_file (file_id);
CREATE INDEX ix_alert_at ON alert (at);
CREATE INDEX ix_alert_case_id ON alert (case_id);
CREATE INDEX ix_promise_state_promise_until ON promise (state, until);
CREATE INDEX ix_summary_proposal_case_id ON summary_proposal (case_id);
CREATE INDEX ix_alert_not_over ON alert (at) WHERE over_at IS NULL;
CREATE INDEX ix_alert_judged_wrong ON alert (at) WHERE wrong_at IS NOT NULL;
CREATE INDEX ix_visit_made_by ON visit (made_by_id) WHERE made_by_id IS NOT NULL;
CREATE INDEX ix_plan_task_unit_id ON plan_task (unit_id);
CREATE INDEX ix_plan_task_owner_id ON plan_task (owner_id);
CREATE INDEX ix_plan_task_remind_at ON plan_task (remind_at);
CREATE INDEX ix_plan_task_event_task_id ON plan_task_event (task_id);
CREATE INDEX ix_announcement_author_id ON announcement (author_id);
CREATE INDEX ix_announcement_unit_id ON announcement (unit_id);
CREATE INDEX ix_announcement_remind_at ON announcement (remind_at);
CREATE INDEX ix_site_term_visit_id ON site_term (visit_id);
CREATE INDEX ix_site_term_site_id ON site_term (site_id);
CREATE INDEX ix_site_term_remind_at ON site_term (remind_at);
CREATE INDEX ix_plan_task_state_plan_task_due ON plan_task (state, due);
CREATE INDEX ix_unit_count_unit_id_unit_count_day ON unit_count (unit_id, day);
CREATE INDEX ix_unit_count_day ON unit_count (day);
CREATE INDEX ix_visit_excuse_asked ON visit (week) WHERE excuse_asked != '';
CREATE INDEX ix_unit_past_last_day ON unit_past (last_day);
CREATE INDEX ix_recruitment_state ON recruitment (state);
CREATE INDEX ix_recruitment_owner_id ON recruitment (owner_id);
CREATE INDEX ix_recruitment_remind_at ON recruitment (remind_at);
CREATE INDEX ix_recruitment_event_recruitment_id ON recruitment_event (recruitment_id);
CREATE INDEX ix_enterprise_survey_site_id ON enterprise_survey (site_id);
CREATE INDEX ix_commendation_visit_id ON commendation (visit_id);
CREATE INDEX ix_commendation_unit_id_commendation_state ON commendation (unit_id, state);
CREATE INDEX ix_commendation_released ON commendation (released_at) WHERE released_at IS NOT NULL;
CREATE INDEX ix_org_change_remind_at ON org_change (remind_at);
CREATE INDEX ix_unit_target_plan_unit_target_year ON unit_target ("plan", year);
CREATE INDEX ix_declaration_plan_declaration_year ON declaration ("plan", year);
CREATE INDEX ix_group_chat_unit_id ON group_chat (unit_id);
CREATE UNIQUE INDEX ix_visit_report_phone_key ON visit_report (phone_key);
CREATE INDEX ix_web_link_person_id ON web_link (person_id);
CREATE INDEX ix_web_session_person_id ON web_session (person_id);
CREATE INDEX ix_address_code_code_hash ON address_code (code_hash);
CREATE INDEX ix_case_home_id_case_settle_by ON "case" (home_id, settle_by);
CREATE INDEX ix_case_assignee_id_case_status ON "case" (assignee_id, status);
COMMIT;
