BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0027');
CREATE TABLE "alert" (
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
	CONSTRAINT fk_alert_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_alert_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_alert_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_alert_home_id_unit FOREIGN KEY(home_id) REFERENCES unit (id), 
	CONSTRAINT fk_alert_report_id_visit_report FOREIGN KEY(report_id) REFERENCES visit_report (id), 
	CONSTRAINT fk_alert_raised_by_person FOREIGN KEY(raised_by) REFERENCES person (id), 
	CONSTRAINT fk_alert_wrong_by_person FOREIGN KEY(wrong_by) REFERENCES person (id)
);
INSERT INTO "alert" VALUES(1,'site:5:sudden_change',2,5,NULL,'2026-09-29 08:00:00.000000',1,'warning','["sudden_change:\u0111\u1ecbnh m\u1ee9c t\u0103ng"]','[]',NULL,NULL,2,1,1,'',NULL,NULL);
INSERT INTO "alert" VALUES(2,'site:3:sudden_change',2,3,NULL,'2026-10-07 08:07:00.000000',1,'warning','["sudden_change:\u0111\u1ecbnh m\u1ee9c t\u0103ng"]','[]',NULL,NULL,2,8,2,'',NULL,NULL);
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
CREATE TABLE barred_reporter (
	look VARCHAR(64) NOT NULL, 
	why VARCHAR(300) NOT NULL, 
	"by" INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_barred_reporter PRIMARY KEY (look), 
	CONSTRAINT fk_barred_reporter_by_person FOREIGN KEY("by") REFERENCES person (id)
);
CREATE TABLE "case" (
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
	passed_up_by INTEGER, 
	CONSTRAINT fk_case_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_case_merged_into_case FOREIGN KEY(merged_into) REFERENCES "case" (id), 
	CONSTRAINT fk_case_report_id_visit_report FOREIGN KEY(report_id) REFERENCES visit_report (id), 
	CONSTRAINT fk_case_assignee_id_person FOREIGN KEY(assignee_id) REFERENCES person (id), 
	CONSTRAINT fk_case_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT uq_case_code UNIQUE (code), 
	CONSTRAINT fk_case_about_id_person FOREIGN KEY(about_id) REFERENCES person (id), 
	CONSTRAINT fk_case_home_id_unit FOREIGN KEY(home_id) REFERENCES unit (id), 
	CONSTRAINT fk_case_reporter_id_reporter FOREIGN KEY(reporter_id) REFERENCES reporter (id), 
	CONSTRAINT fk_case_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_case_passed_up_by_unit FOREIGN KEY(passed_up_by) REFERENCES unit (id)
);
INSERT INTO "case" VALUES(1,'A7H2F-DNF63','proposal','LUONG','normal','escalated',5,'',1,2,NULL,NULL,1,1,NULL,1,NULL,'Đề nghị công ty họp với tổ sản xuất về định mức mới trước ngày 30.','de nghi cong ty hop voi to san xuat ve dinh muc moi truoc ngay 30','','',NULL,'2026-09-29 08:00:00.000000',NULL,'2026-10-20 08:00:00.000000','2026-11-10 10:00:00.000000','["escalate:2026-10-22T15:00"]','2026-09-29 08:00:00.000000','2026-11-08 23:45:17.667523',NULL,NULL,NULL,NULL,NULL,'{}',2);
INSERT INTO "case" VALUES(2,'XYE5H-YKT2D','proposal','GIO_LAM','normal','escalated',27,'',1,22,NULL,NULL,5,5,NULL,1,NULL,'Đề nghị công khai bảng chấm công làm thêm giờ hằng tuần.','de nghi cong khai bang cham cong lam them gio hang tuan','','',NULL,'2026-09-29 08:28:00.000000',NULL,'2026-10-20 08:28:00.000000','2026-11-10 10:00:00.000000','["escalate:2026-10-22T15:28"]','2026-09-29 08:28:00.000000','2026-11-08 23:45:17.667523',NULL,NULL,NULL,NULL,NULL,'{}',22);
INSERT INTO "case" VALUES(3,'3D4EK-WH8DN','proposal','LUONG','normal','escalated',3,'',1,2,NULL,NULL,8,2,NULL,1,NULL,'Đề nghị công ty họp với tổ sản xuất về định mức mới trước ngày 30.','de nghi cong ty hop voi to san xuat ve dinh muc moi truoc ngay 30','','',NULL,'2026-10-07 08:07:00.000000',NULL,'2026-10-28 08:07:00.000000','2026-11-10 10:00:00.000000','["escalate:2026-10-30T15:07"]','2026-10-07 08:07:00.000000','2026-11-08 23:45:17.667523',NULL,NULL,NULL,NULL,NULL,'{}',2);
INSERT INTO "case" VALUES(4,'4P8XN-YTTPR','proposal','PHUC_LOI','normal','escalated',4,'',1,2,NULL,NULL,12,1,NULL,1,NULL,'Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.','de nghi dia phuong ho tro cho hoc cho con cong nhan o tro','','',NULL,'2026-10-13 08:00:00.000000',NULL,'2026-11-03 08:00:00.000000','2026-11-10 10:00:00.000000','["escalate:2026-11-05T15:00"]','2026-10-13 08:00:00.000000','2026-11-08 23:45:17.667523',NULL,NULL,NULL,NULL,NULL,'{}',2);
INSERT INTO "case" VALUES(5,'T434F-TK9TP','proposal','ATVSLD','normal','escalated',8,'',1,2,NULL,NULL,13,2,NULL,1,NULL,'Đề nghị kiểm tra che chắn của toàn bộ máy trong xưởng.','de nghi kiem tra che chan cua toan bo may trong xuong','','',NULL,'2026-10-14 08:07:00.000000',NULL,'2026-11-04 08:07:00.000000','2026-11-10 10:00:00.000000','["escalate:2026-11-06T15:07"]','2026-10-14 08:07:00.000000','2026-11-08 23:45:17.667523',NULL,NULL,NULL,NULL,NULL,'{}',2);
INSERT INTO "case" VALUES(6,'FC5HP-CA66K','proposal','PHUC_LOI','normal','received',7,'',2,2,NULL,NULL,18,2,NULL,1,NULL,'Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.','de nghi dia phuong ho tro cho hoc cho con cong nhan o tro','','',NULL,'2026-10-21 08:07:00.000000',NULL,'2026-11-11 08:07:00.000000','2026-11-08 23:46:17.667523','["half:2026-11-02T10:22"]','2026-10-21 08:07:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'{}',NULL);
INSERT INTO "case" VALUES(7,'5YE8F-KETKM','proposal','ATVSLD','normal','received',20,'',12,12,NULL,NULL,31,4,NULL,1,NULL,'Đề nghị cấp ủng, găng tay ba tháng một lần.','de nghi cap ung gang tay ba thang mot lan','','',NULL,'2026-11-06 08:21:00.000000',NULL,'2026-11-30 08:21:00.000000','2026-11-10 08:21:00.000000','[]','2026-11-06 08:21:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'{}',NULL);
CREATE TABLE "case_event" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR(16) NOT NULL, 
	actor_id INTEGER, 
	what VARCHAR(24) NOT NULL, 
	words TEXT NOT NULL, 
	internal BOOLEAN NOT NULL, 
	data JSON NOT NULL, 
	CONSTRAINT fk_case_event_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id), 
	CONSTRAINT fk_case_event_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
INSERT INTO "case_event" VALUES(1,1,'2026-09-29 08:00:00.000000','person',1,'received','',0,'{}');
INSERT INTO "case_event" VALUES(2,2,'2026-09-29 08:28:00.000000','person',5,'received','',0,'{}');
INSERT INTO "case_event" VALUES(3,3,'2026-10-07 08:07:00.000000','person',2,'received','',0,'{}');
INSERT INTO "case_event" VALUES(4,4,'2026-10-13 08:00:00.000000','person',1,'received','',0,'{}');
INSERT INTO "case_event" VALUES(5,5,'2026-10-14 08:07:00.000000','person',2,'received','',0,'{}');
INSERT INTO "case_event" VALUES(6,6,'2026-10-21 08:07:00.000000','person',2,'received','',0,'{}');
INSERT INTO "case_event" VALUES(7,7,'2026-11-06 08:21:00.000000','person',4,'received','',0,'{}');
INSERT INTO "case_event" VALUES(8,1,'2026-11-08 23:45:17.667523','program',NULL,'escalate','',0,'{"reason": "overdue", "before": 2, "to": 1}');
INSERT INTO "case_event" VALUES(9,2,'2026-11-08 23:45:17.667523','program',NULL,'escalate','',0,'{"reason": "overdue", "before": 22, "to": 1}');
INSERT INTO "case_event" VALUES(10,3,'2026-11-08 23:45:17.667523','program',NULL,'escalate','',0,'{"reason": "overdue", "before": 2, "to": 1}');
INSERT INTO "case_event" VALUES(11,4,'2026-11-08 23:45:17.667523','program',NULL,'escalate','',0,'{"reason": "overdue", "before": 2, "to": 1}');
INSERT INTO "case_event" VALUES(12,5,'2026-11-08 23:45:17.667523','program',NULL,'escalate','',0,'{"reason": "overdue", "before": 2, "to": 1}');
CREATE TABLE case_file (
	case_id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	CONSTRAINT pk_case_file PRIMARY KEY (case_id, file_id), 
	CONSTRAINT fk_case_file_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_case_file_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id)
);
CREATE TABLE "cluster" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR(200) NOT NULL, 
	CONSTRAINT uq_cluster_name UNIQUE (name)
);
INSERT INTO "cluster" VALUES(1,'Cụm thi đua số 2');
CREATE TABLE cluster_unit (
	cluster_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	CONSTRAINT pk_cluster_unit PRIMARY KEY (cluster_id, unit_id), 
	CONSTRAINT fk_cluster_unit_cluster_id_cluster FOREIGN KEY(cluster_id) REFERENCES cluster (id), 
	CONSTRAINT fk_cluster_unit_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
INSERT INTO "cluster_unit" VALUES(1,12);
INSERT INTO "cluster_unit" VALUES(1,22);
CREATE TABLE "draft" (
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
CREATE TABLE "identity_view" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_identity_view_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_identity_view_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE "inbox_update" (
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
CREATE TABLE "invitation" (
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
	used_at DATETIME, 
	CONSTRAINT fk_invitation_created_by_person FOREIGN KEY(created_by) REFERENCES person (id), 
	CONSTRAINT fk_invitation_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_invitation_cluster_id_cluster FOREIGN KEY(cluster_id) REFERENCES cluster (id), 
	CONSTRAINT uq_invitation_code_hash UNIQUE (code_hash), 
	CONSTRAINT fk_invitation_used_by_person FOREIGN KEY(used_by) REFERENCES person (id)
);
CREATE TABLE "leave" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	CONSTRAINT fk_leave_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE "letterhead" (
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
CREATE TABLE "membership" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	unit_id INTEGER, 
	cluster_id INTEGER, 
	ended_at DATETIME, 
	CONSTRAINT fk_membership_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_membership_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_membership_cluster_id_cluster FOREIGN KEY(cluster_id) REFERENCES cluster (id)
);
INSERT INTO "membership" VALUES(1,1,'officer',2,NULL,NULL);
INSERT INTO "membership" VALUES(2,2,'officer',2,NULL,NULL);
INSERT INTO "membership" VALUES(3,3,'officer',12,NULL,NULL);
INSERT INTO "membership" VALUES(4,4,'officer',12,NULL,NULL);
INSERT INTO "membership" VALUES(5,5,'officer',22,NULL,NULL);
INSERT INTO "membership" VALUES(6,6,'officer',1,NULL,NULL);
INSERT INTO "membership" VALUES(7,7,'supervisor',2,NULL,NULL);
INSERT INTO "membership" VALUES(8,8,'supervisor',1,NULL,NULL);
INSERT INTO "membership" VALUES(9,9,'supervisor',NULL,1,NULL);
INSERT INTO "membership" VALUES(10,10,'supervisor',12,NULL,NULL);
INSERT INTO "membership" VALUES(11,11,'supervisor',22,NULL,NULL);
INSERT INTO "membership" VALUES(12,12,'administrator',1,NULL,NULL);
INSERT INTO "membership" VALUES(13,13,'representative',3,NULL,NULL);
CREATE TABLE "obligation" (
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
	CONSTRAINT fk_obligation_excused_by_person FOREIGN KEY(excused_by) REFERENCES person (id), 
	CONSTRAINT fk_obligation_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_obligation_to_unit_id_unit FOREIGN KEY(to_unit_id) REFERENCES unit (id), 
	CONSTRAINT uq_obligation_key UNIQUE ("key"), 
	CONSTRAINT fk_obligation_request_id_report_request FOREIGN KEY(request_id) REFERENCES report_request (id)
);
INSERT INTO "obligation" VALUES(1,'sat-co-so:nam:2026:2','sat-co-so:nam:2026','sat-co-so','nam',NULL,'Kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân”',2,1,'2026-01-01','2026-12-31','2026-12-15','2026-11-08 23:45:17.667523','2026-11-15 01:00:00.000000','[]',NULL,NULL,'');
INSERT INTO "obligation" VALUES(2,'sat-co-so:nam:2026:12','sat-co-so:nam:2026','sat-co-so','nam',NULL,'Kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân”',12,1,'2026-01-01','2026-12-31','2026-12-15','2026-11-08 23:45:17.667523','2026-11-15 01:00:00.000000','[]',NULL,NULL,'');
INSERT INTO "obligation" VALUES(3,'sat-co-so:nam:2026:22','sat-co-so:nam:2026','sat-co-so','nam',NULL,'Kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân”',22,1,'2026-01-01','2026-12-31','2026-12-15','2026-11-08 23:45:17.667523','2026-11-15 01:00:00.000000','[]',NULL,NULL,'');
CREATE TABLE "outbox_message" (
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
	error VARCHAR(100) NOT NULL, retry_at DATETIME, given_up_on DATE, file_id INTEGER CONSTRAINT fk_outbox_message_file_id_stored_file REFERENCES stored_file (id), 
	CONSTRAINT fk_outbox_message_reporter_id_reporter FOREIGN KEY(reporter_id) REFERENCES reporter (id), 
	CONSTRAINT uq_outbox_message_dedupe_key UNIQUE (dedupe_key), 
	CONSTRAINT fk_outbox_message_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "outbox_message" VALUES(1,'monday:2026-W40:1',1,NULL,'',2,'Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Giày Tân Lúa</b>
Lô KCN-03, tỉnh Cửu Long
da giày · 2.300 lao động · 1.980 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 989
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; tiềm ẩn phức tạp về quan hệ lao động.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:1:5"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:1"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:1:5"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:1:5"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:1:5"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:1:5"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(2,'monday:2026-W40:2',2,NULL,'',2,'Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Cơ khí Ba Nhịp</b>
Lô KCN-07, tỉnh Cửu Long
cơ khí · 96 lao động · 60 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 860
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; năm gần nhất xếp loại không hoàn thành nhiệm vụ.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:2:9"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:2"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:2:9"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:2:9"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:2:9"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:2:9"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(3,'monday:2026-W40:3',3,NULL,'',2,'Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Xây dựng Phú Lộc</b>
Lô LH-03, tỉnh Cửu Long
xây dựng · 175 lao động · 92 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 305
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; tiềm ẩn phức tạp về quan hệ lao động.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:3:15"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:3"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:3:15"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:3:15"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:3:15"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:3:15"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(4,'monday:2026-W40:4',4,NULL,'',2,'Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Nông sản sấy Út Mười</b>
Lô LH-08, tỉnh Cửu Long
nông sản · 67 lao động
Liên hệ: Phòng nhân sự · 0296 000 753
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; 67 lao động, chưa thành lập CĐCS.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:4:20"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:4"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:4:20"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:4:20"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:4:20"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:4:20"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(5,'monday:2026-W40:5',5,NULL,'',2,'Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Resort Cát Trắng</b>
Lô HS-05, tỉnh Cửu Long
khách sạn · 265 lao động · 190 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 882
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; năm gần nhất xếp loại không hoàn thành nhiệm vụ.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:5:27"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:5"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:5:27"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:5:27"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:5:27"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:5:27"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(6,'monday:2026-W40:6',6,NULL,'',2,'Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 40 (28/09–04/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Điện tử Vi Na Sun</b>
Lô KCN-09, tỉnh Cửu Long
điện tử · 540 lao động
Liên hệ: Phòng nhân sự · 0296 000 011
<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận; 540 lao động, chưa thành lập CĐCS.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:6:11"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:6"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:6:11"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:6:11"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:6:11"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:6:11"]]]','cancelled','2026-09-28 00:00:00.000000','2026-09-28 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(7,'alert:1:7',7,NULL,'',0,'⚠️ <b>Cảnh báo: có dấu hiệu căng thẳng</b>

<b>Giày Tân Lúa</b> · 2.300 lao động
CĐ các KCN tỉnh · 15:00 29/09/2026

Dấu hiệu:
• thay đổi đột ngột định mức, phụ cấp: “định mức tăng”

Theo báo cáo đi cơ sở của đồng chí Nguyễn Thị Thu An.

Đề nghị đồng chí nắm ngay tình hình, gặp hai bên.','[[["\ud83d\udcdd L\u1eadp b\u00e1o c\u00e1o nhanh", "alert:report:1"]], [["\ud83d\udc4c \u0110\u00e3 n\u1eafm", "alert:seen:1"], ["\ud83d\ude45 Kh\u00f4ng ph\u1ea3i", "alert:wrong:1"]], [["\ud83d\udccd Trang c\u01a1 s\u1edf", "site:open:5"], ["\ud83c\udfe0 Trang ch\u00ednh", "home"]]]','cancelled','2026-09-29 08:00:00.000000','2026-09-29 08:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(8,'alert:1:8',8,NULL,'',0,'⚠️ <b>Cảnh báo: có dấu hiệu căng thẳng</b>

<b>Giày Tân Lúa</b> · 2.300 lao động
CĐ các KCN tỉnh · 15:00 29/09/2026

Dấu hiệu:
• thay đổi đột ngột định mức, phụ cấp: “định mức tăng”

Theo báo cáo đi cơ sở của đồng chí Nguyễn Thị Thu An.

Đề nghị đồng chí nắm ngay tình hình, gặp hai bên.','[[["\ud83d\udcdd L\u1eadp b\u00e1o c\u00e1o nhanh", "alert:report:1"]], [["\ud83d\udc4c \u0110\u00e3 n\u1eafm", "alert:seen:1"], ["\ud83d\ude45 Kh\u00f4ng ph\u1ea3i", "alert:wrong:1"]], [["\ud83d\udccd Trang c\u01a1 s\u1edf", "site:open:5"], ["\ud83c\udfe0 Trang ch\u00ednh", "home"]]]','cancelled','2026-09-29 08:00:00.000000','2026-09-29 08:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(9,'monday:2026-W41:1',1,NULL,'',2,'Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Gỗ Minh Thới</b>
Lô KCN-08, tỉnh Cửu Long
gỗ · 132 lao động
Liên hệ: Phòng nhân sự · 0296 000 821
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; 132 lao động, chưa thành lập CĐCS.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:7:10"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:7"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:7:10"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:7:10"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:7:10"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:7:10"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(10,'monday:2026-W41:2',2,NULL,'',2,'Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:

📍 <b>May Sen Vàng</b>
Lô KCN-01, tỉnh Cửu Long
may · 1.850 lao động · 1.790 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 785
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; đông lao động (1.850 người).','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:8:3"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:8"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:8:3"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:8:3"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:8:3"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:8:3"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(11,'monday:2026-W41:3',3,NULL,'',2,'Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Nhà hàng Sông Trăng</b>
Lô LH-09, tỉnh Cửu Long
nhà hàng · 38 lao động
Liên hệ: Phòng nhân sự · 0296 000 719
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; 38 lao động, chưa thành lập CĐCS.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:9:21"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:9"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:9:21"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:9:21"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:9:21"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:9:21"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(12,'monday:2026-W41:4',4,NULL,'',2,'Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Vận tải Nam Giang</b>
Lô LH-05, tỉnh Cửu Long
vận tải · 118 lao động · 101 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 812
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:10:17"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:10"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:10:17"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:10:17"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:10:17"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:10:17"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(13,'monday:2026-W41:5',5,NULL,'',2,'Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Kho lạnh Cửu Bình</b>
Lô HS-07, tỉnh Cửu Long
kho lạnh · 29 lao động
Liên hệ: Phòng nhân sự · 0296 000 358
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; 29 lao động, chưa thành lập CĐCS.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:11:29"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:11"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:11:29"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:11:29"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:11:29"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:11:29"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(14,'monday:2026-W41:6',6,NULL,'',2,'Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 41 (05–11/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Giày Tân Lúa</b>
Lô KCN-03, tỉnh Cửu Long
da giày · 2.300 lao động · 1.980 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 989
<i>Lý do:</i> tiềm ẩn phức tạp về quan hệ lao động; đông lao động (2.300 người); còn 1 phản ánh, kiến nghị chưa giải quyết.
<i>Lần đi gần nhất</i> (29/09/2026): Dự họp BCH, bàn kế hoạch chăm lo Tết. Công nhân trên chuyền phản ánh định mức tăng, nhiều chị em không đạt, đề nghị rà lại.
⚠️ lương, thu nhập','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:12:5"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:12"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:12:5"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:12:5"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:12:5"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:12:5"]]]','cancelled','2026-10-05 00:00:00.000000','2026-10-05 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(15,'alert:2:7',7,NULL,'',0,'⚠️ <b>Cảnh báo: có dấu hiệu căng thẳng</b>

<b>May Sen Vàng</b> · 1.850 lao động
CĐ các KCN tỉnh · 15:07 07/10/2026

Dấu hiệu:
• thay đổi đột ngột định mức, phụ cấp: “định mức tăng”

Theo báo cáo đi cơ sở của đồng chí Trần Quốc Bình.

Đề nghị đồng chí nắm ngay tình hình, gặp hai bên.','[[["\ud83d\udcdd L\u1eadp b\u00e1o c\u00e1o nhanh", "alert:report:2"]], [["\ud83d\udc4c \u0110\u00e3 n\u1eafm", "alert:seen:2"], ["\ud83d\ude45 Kh\u00f4ng ph\u1ea3i", "alert:wrong:2"]], [["\ud83d\udccd Trang c\u01a1 s\u1edf", "site:open:3"], ["\ud83c\udfe0 Trang ch\u00ednh", "home"]]]','cancelled','2026-10-07 08:07:00.000000','2026-10-07 08:07:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(16,'alert:2:8',8,NULL,'',0,'⚠️ <b>Cảnh báo: có dấu hiệu căng thẳng</b>

<b>May Sen Vàng</b> · 1.850 lao động
CĐ các KCN tỉnh · 15:07 07/10/2026

Dấu hiệu:
• thay đổi đột ngột định mức, phụ cấp: “định mức tăng”

Theo báo cáo đi cơ sở của đồng chí Trần Quốc Bình.

Đề nghị đồng chí nắm ngay tình hình, gặp hai bên.','[[["\ud83d\udcdd L\u1eadp b\u00e1o c\u00e1o nhanh", "alert:report:2"]], [["\ud83d\udc4c \u0110\u00e3 n\u1eafm", "alert:seen:2"], ["\ud83d\ude45 Kh\u00f4ng ph\u1ea3i", "alert:wrong:2"]], [["\ud83d\udccd Trang c\u01a1 s\u1edf", "site:open:3"], ["\ud83c\udfe0 Trang ch\u00ednh", "home"]]]','cancelled','2026-10-07 08:07:00.000000','2026-10-07 08:07:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(17,'vouch:8:13',13,NULL,'',2,'🤝 Đồng chí Trần Quốc Bình báo cáo đã về <b>May Sen Vàng</b> ngày 07/10/2026.

Nếu đúng, đề nghị đồng chí xác nhận giúp. Nội dung làm việc không phải ghi gì thêm.','[[["\u2705 C\u00f3 bu\u1ed5i l\u00e0m vi\u1ec7c n\u00e0y", "sv:yes:8"]], [["\ud83e\udd1d C\u00e1c bu\u1ed5i l\u00e0m vi\u1ec7c", "sv:list"]]]','cancelled','2026-10-07 08:07:00.000000','2026-10-07 08:07:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(18,'remind:9:missed',3,NULL,'visit:9',3,'Lượt đi cơ sở tại <b>Nhà hàng Sông Trăng</b> tuần trước chưa có báo cáo. Nếu đồng chí <b>Lê Thị Kim Cúc</b> đã đi, đề nghị báo cáo bổ sung; việc đã làm vẫn được ghi nhận.','[[["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:9:21"], ["Xem l\u01b0\u1ee3t \u0111i", "visit:open:9"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(19,'monday:2026-W42:1',1,NULL,'',2,'Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Thủy sản Sông Lành</b>
Lô KCN-02, tỉnh Cửu Long
chế biến cá · 1.240 lao động · 1.105 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 523
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; đông lao động (1.240 người).','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:13:4"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:13"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:13:4"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:13:4"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:13:4"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:13:4"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(20,'monday:2026-W42:2',2,NULL,'',2,'Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Thức ăn chăn nuôi Hòa Điền</b>
Lô KCN-06, tỉnh Cửu Long
thức ăn chăn nuôi · 220 lao động · 168 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 554
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:14:8"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:14"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:14:8"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:14:8"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:14:8"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:14:8"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(21,'monday:2026-W42:3',3,NULL,'',2,'Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Mầm non Hoa Súng</b>
Lô LH-04, tỉnh Cửu Long
giáo dục · 42 lao động · 40 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 714
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:15:16"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:15"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:15:16"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:15:16"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:15:16"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:15:16"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(22,'monday:2026-W42:4',4,NULL,'',2,'Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:

📍 <b>In Sao Khuê</b>
Lô LH-07, tỉnh Cửu Long
in · 58 lao động · 51 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 712
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:16:19"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:16"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:16:19"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:16:19"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:16:19"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:16:19"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(23,'monday:2026-W42:5',5,NULL,'',2,'Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Nghiệp đoàn bốc xếp Bãi Trước</b>
Lô HS-04, tỉnh Cửu Long
bốc xếp · 73 lao động · 73 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 788
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:17:26"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:17"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:17:26"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:17:26"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:17:26"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:17:26"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(24,'monday:2026-W42:6',6,NULL,'',2,'Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 42 (12–18/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Nhà hàng Sông Trăng</b>
Lô LH-09, tỉnh Cửu Long
nhà hàng · 38 lao động
Liên hệ: Phòng nhân sự · 0296 000 719
<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận; 38 lao động, chưa thành lập CĐCS.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:18:21"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:18"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:18:21"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:18:21"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:18:21"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:18:21"]]]','cancelled','2026-10-12 00:00:00.000000','2026-10-12 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(25,'remind:18:missed',6,NULL,'visit:18',3,'Lượt đi cơ sở tại <b>Nhà hàng Sông Trăng</b> tuần trước chưa có báo cáo. Nếu đồng chí <b>Ngô Gia Huy</b> đã đi, đề nghị báo cáo bổ sung; việc đã làm vẫn được ghi nhận.','[[["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:18:21"], ["Xem l\u01b0\u1ee3t \u0111i", "visit:open:18"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(26,'monday:2026-W43:1',1,NULL,'',2,'Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Bao bì Ánh Mai</b>
Lô KCN-04, tỉnh Cửu Long
bao bì · 310 lao động · 296 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 798
<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:19:6"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:19"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:19:6"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:19:6"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:19:6"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:19:6"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(27,'monday:2026-W43:2',2,NULL,'',2,'Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Gạo Đồng Xanh Việt</b>
Lô KCN-05, tỉnh Cửu Long
xay xát · 185 lao động · 180 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 560
<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:20:7"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:20"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:20:7"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:20:7"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:20:7"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:20:7"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(28,'monday:2026-W43:3',3,NULL,'',2,'Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Cấp nước Miền Lúa</b>
Lô LH-02, tỉnh Cửu Long
cấp nước · 205 lao động · 205 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 471
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:21:14"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:21"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:21:14"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:21:14"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:21:14"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:21:14"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(29,'monday:2026-W43:4',4,NULL,'',2,'Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Siêu thị Bến Quê</b>
Lô LH-01, tỉnh Cửu Long
bán lẻ · 140 lao động · 138 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 189
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:22:13"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:22"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:22:13"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:22:13"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:22:13"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:22:13"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(30,'monday:2026-W43:5',5,NULL,'',2,'Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Nuôi biển Hải Long</b>
Lô HS-06, tỉnh Cửu Long
nuôi biển · 54 lao động · 47 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 624
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:23:28"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:23"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:23:28"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:23:28"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:23:28"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:23:28"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(31,'monday:2026-W43:6',6,NULL,'',2,'Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 43 (19–25/10), đồng chí được phân công đi cơ sở tại:

📍 <b>Giày Tân Lúa</b>
Lô KCN-03, tỉnh Cửu Long
da giày · 2.300 lao động · 1.980 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 989
<i>Lý do:</i> tiềm ẩn phức tạp về quan hệ lao động; đông lao động (2.300 người); từ 07/10 chưa có cán bộ đến.
<i>Lần đi gần nhất</i> (07/10/2026): Xem sổ thu chi kinh phí, hướng dẫn lập dự toán năm sau. BCH mới còn lúng túng về quy chế dân chủ, hẹn buổi sau làm mẫu cùng.
⚠️ quy chế dân chủ','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:24:5"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:24"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:24:5"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:24:5"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:24:5"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:24:5"]]]','cancelled','2026-10-19 00:00:00.000000','2026-10-19 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(32,'monday:2026-W44:1',1,NULL,'',2,'Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Cơ khí Ba Nhịp</b>
Lô KCN-07, tỉnh Cửu Long
cơ khí · 96 lao động · 60 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 860
<i>Lý do:</i> năm gần nhất xếp loại không hoàn thành nhiệm vụ; từ 30/09 chưa có cán bộ đến.
<i>Lần đi gần nhất</i> (30/09/2026): Tham gia đối thoại định kỳ quý IV. Đơn vị đồng ý tăng tiền ăn ca thêm 3.000 đồng từ tháng sau, ghi vào biên bản.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:25:9"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:25"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:25:9"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:25:9"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:25:9"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:25:9"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(33,'monday:2026-W44:2',2,NULL,'',2,'Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Điện tử Vi Na Sun</b>
Lô KCN-09, tỉnh Cửu Long
điện tử · 540 lao động
Liên hệ: Phòng nhân sự · 0296 000 011
<i>Lý do:</i> 540 lao động, chưa thành lập CĐCS; từ 30/09 chưa có cán bộ đến.
<i>Lần đi gần nhất</i> (30/09/2026): Phát phiếu khảo sát giờ nghỉ trưa, thu lại chín phiếu muốn có công đoàn. Người lao động hỏi đoàn phí bao nhiêu và được lợi gì; đã giải thích.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:26:11"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:26"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:26:11"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:26:11"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:26:11"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:26:11"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(34,'monday:2026-W44:3',3,NULL,'',2,'Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Xây dựng Phú Lộc</b>
Lô LH-03, tỉnh Cửu Long
xây dựng · 175 lao động · 92 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 305
<i>Lý do:</i> tiềm ẩn phức tạp về quan hệ lao động; năm gần nhất xếp loại không hoàn thành nhiệm vụ; từ 01/10 chưa có cán bộ đến.
<i>Lần đi gần nhất</i> (01/10/2026): Xem sổ thu chi kinh phí, hướng dẫn lập dự toán năm sau. BCH mới còn lúng túng về quy chế dân chủ, hẹn buổi sau làm mẫu cùng.
⚠️ quy chế dân chủ','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:27:15"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:27"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:27:15"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:27:15"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:27:15"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:27:15"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(35,'monday:2026-W44:4',4,NULL,'',2,'Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Phòng khám Tâm Đức</b>
Lô LH-06, tỉnh Cửu Long
y tế · 64 lao động · 64 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 846
<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:28:18"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:28"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:28:18"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:28:18"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:28:18"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:28:18"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(36,'monday:2026-W44:5',5,NULL,'',2,'Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Khách sạn Biển Ngọc</b>
Lô HS-01, tỉnh Cửu Long
khách sạn · 420 lao động · 398 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 051
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:29:23"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:29"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:29:23"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:29:23"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:29:23"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:29:23"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(37,'monday:2026-W44:6',6,NULL,'',2,'Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 44 (26/10–01/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Giày Tân Lúa</b>
Lô KCN-03, tỉnh Cửu Long
da giày · 2.300 lao động · 1.980 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 989
<i>Lý do:</i> tiềm ẩn phức tạp về quan hệ lao động; đông lao động (2.300 người); có 1 phản ánh, kiến nghị quá hạn.
<i>Lần đi gần nhất</i> (21/10/2026): Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:30:5"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:30"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:30:5"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:30:5"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:30:5"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:30:5"]]]','cancelled','2026-10-26 00:00:00.000000','2026-10-26 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(38,'remind:27:missed',3,NULL,'visit:27',3,'Lượt đi cơ sở tại <b>Xây dựng Phú Lộc</b> tuần trước chưa có báo cáo. Nếu đồng chí <b>Lê Thị Kim Cúc</b> đã đi, đề nghị báo cáo bổ sung; việc đã làm vẫn được ghi nhận.','[[["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:27:15"], ["Xem l\u01b0\u1ee3t \u0111i", "visit:open:27"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(39,'monday:2026-W45:1',1,NULL,'',2,'Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:

📍 <b>May Sen Vàng</b>
Lô KCN-01, tỉnh Cửu Long
may · 1.850 lao động · 1.790 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 785
<i>Lý do:</i> đông lao động (1.850 người); từ 07/10 chưa có cán bộ đến; có 1 phản ánh, kiến nghị quá hạn.
<i>Lần đi gần nhất</i> (07/10/2026): Dự họp BCH, bàn kế hoạch chăm lo Tết. Công nhân trên chuyền phản ánh định mức tăng, nhiều chị em không đạt, đề nghị rà lại.
⚠️ lương, thu nhập
<i>Phản ánh, kiến nghị đang chờ giải quyết:</i>
• Đề nghị công ty họp với tổ sản xuất về định mức mới trước ngày 30.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:31:3"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:31"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:31:3"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:31:3"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:31:3"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:31:3"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(40,'monday:2026-W45:2',2,NULL,'',2,'Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Gỗ Minh Thới</b>
Lô KCN-08, tỉnh Cửu Long
gỗ · 132 lao động
Liên hệ: Phòng nhân sự · 0296 000 821
<i>Lý do:</i> 132 lao động, chưa thành lập CĐCS; từ 06/10 chưa có cán bộ đến.
<i>Lần đi gần nhất</i> (06/10/2026): Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:32:10"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:32"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:32:10"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:32:10"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:32:10"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:32:10"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(41,'monday:2026-W45:3',3,NULL,'',2,'Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Nhà hàng Sông Trăng</b>
Lô LH-09, tỉnh Cửu Long
nhà hàng · 38 lao động
Liên hệ: Phòng nhân sự · 0296 000 719
<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận; 38 lao động, chưa thành lập CĐCS.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:33:21"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:33"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:33:21"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:33:21"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:33:21"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:33:21"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(42,'monday:2026-W45:4',4,NULL,'',2,'Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Nông sản sấy Út Mười</b>
Lô LH-08, tỉnh Cửu Long
nông sản · 67 lao động
Liên hệ: Phòng nhân sự · 0296 000 753
<i>Lý do:</i> 67 lao động, chưa thành lập CĐCS; từ 02/10 chưa có cán bộ đến.
<i>Lần đi gần nhất</i> (02/10/2026): Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:34:20"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:34"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:34:20"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:34:20"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:34:20"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:34:20"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(43,'monday:2026-W45:5',5,NULL,'',2,'Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Tàu cao tốc Sóng Xanh</b>
Lô HS-03, tỉnh Cửu Long
vận tải biển · 150 lao động · 149 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 191
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:35:25"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:35"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:35:25"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:35:25"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:35:25"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:35:25"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(44,'monday:2026-W45:6',6,NULL,'',2,'Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 45 (02–08/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Giày Tân Lúa</b>
Lô KCN-03, tỉnh Cửu Long
da giày · 2.300 lao động · 1.980 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 989
<i>Lý do:</i> tiềm ẩn phức tạp về quan hệ lao động; đông lao động (2.300 người); có 1 phản ánh, kiến nghị quá hạn.
<i>Lần đi gần nhất</i> (28/10/2026): Gặp tổ sản xuất giờ nghỉ trưa. Bữa ăn ca đủ, nhưng xưởng nóng vào buổi chiều, quạt thông gió hỏng ba cái chưa thay.
⚠️ ATVSLĐ, môi trường','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:36:5"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:36"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:36:5"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:36:5"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:36:5"]], [["\u23ed Xin sang tu\u1ea7n sau", "visit:later:36:5"]]]','cancelled','2026-11-02 00:00:00.000000','2026-11-02 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(45,'vouch:31:13',13,NULL,'',2,'🤝 Đồng chí Nguyễn Thị Thu An báo cáo đã về <b>May Sen Vàng</b> ngày 03/11/2026.

Nếu đúng, đề nghị đồng chí xác nhận giúp. Nội dung làm việc không phải ghi gì thêm.','[[["\u2705 C\u00f3 bu\u1ed5i l\u00e0m vi\u1ec7c n\u00e0y", "sv:yes:31"]], [["\ud83e\udd1d C\u00e1c bu\u1ed5i l\u00e0m vi\u1ec7c", "sv:list"]]]','cancelled','2026-11-03 08:00:00.000000','2026-11-03 08:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(46,'remind:36:missed',6,NULL,'visit:36',3,'Lượt đi cơ sở tại <b>Giày Tân Lúa</b> tuần trước chưa có báo cáo. Nếu đồng chí <b>Ngô Gia Huy</b> đã đi, đề nghị báo cáo bổ sung; việc đã làm vẫn được ghi nhận.','[[["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:36:5"], ["Xem l\u01b0\u1ee3t \u0111i", "visit:open:36"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(47,'case:1:overdue:20261108234517667523:1',1,NULL,'case:1',2,'💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (A7H2F-DNF63) quá hạn, đã chuyển lên cấp trên.
LĐLĐ tỉnh Cửu Long
“Đề nghị công ty họp với tổ sản xuất về định mức mới trước ngày 30.”','[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:1"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(48,'case:2:overdue:20261108234517667523:5',5,NULL,'case:2',2,'💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (XYE5H-YKT2D) quá hạn, đã chuyển lên cấp trên.
LĐLĐ tỉnh Cửu Long
“Đề nghị công khai bảng chấm công làm thêm giờ hằng tuần.”','[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:2"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(49,'case:3:overdue:20261108234517667523:2',2,NULL,'case:3',2,'💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (3D4EK-WH8DN) quá hạn, đã chuyển lên cấp trên.
LĐLĐ tỉnh Cửu Long
“Đề nghị công ty họp với tổ sản xuất về định mức mới trước ngày 30.”','[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:3"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(50,'case:4:overdue:20261108234517667523:1',1,NULL,'case:4',2,'💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (4P8XN-YTTPR) quá hạn, đã chuyển lên cấp trên.
LĐLĐ tỉnh Cửu Long
“Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.”','[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:4"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(51,'case:5:overdue:20261108234517667523:2',2,NULL,'case:5',2,'💬 Kiến nghị đồng chí tiếp nhận từ cơ sở (T434F-TK9TP) quá hạn, đã chuyển lên cấp trên.
LĐLĐ tỉnh Cửu Long
“Đề nghị kiểm tra che chắn của toàn bộ máy trong xưởng.”','[[["\ud83d\udcc4 Xem ki\u1ebfn ngh\u1ecb", "ask:open:5"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(52,'case:1:climbed:20261108234517667523:8',8,NULL,'case:1',2,'⬆️ Kiến nghị <b>A7H2F-DNF63</b> (lương, phụ cấp, định mức) đã quá hạn, nay chuyển lên cấp đồng chí. Đề nghị đồng chí phân công người xử lý.
“Đề nghị công ty họp với tổ sản xuất về định mức mới trước ngày 30.”','[[["\ud83d\udd0e M\u1edf xem", "case:open:1"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(53,'case:1:climbed-away:20261108234517667523:7',7,NULL,'case:1',2,'⬆️ Kiến nghị A7H2F-DNF63 quá hạn, đã chuyển lên LĐLĐ tỉnh Cửu Long.','[[["\ud83d\udd0e M\u1edf xem", "case:open:1"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(54,'case:2:climbed:20261108234517667523:8',8,NULL,'case:2',2,'⬆️ Kiến nghị <b>XYE5H-YKT2D</b> (giờ làm, tăng ca, phép) đã quá hạn, nay chuyển lên cấp đồng chí. Đề nghị đồng chí phân công người xử lý.
“Đề nghị công khai bảng chấm công làm thêm giờ hằng tuần.”','[[["\ud83d\udd0e M\u1edf xem", "case:open:2"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(55,'case:2:climbed-away:20261108234517667523:11',11,NULL,'case:2',2,'⬆️ Kiến nghị XYE5H-YKT2D quá hạn, đã chuyển lên LĐLĐ tỉnh Cửu Long.','[[["\ud83d\udd0e M\u1edf xem", "case:open:2"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(56,'case:3:climbed:20261108234517667523:8',8,NULL,'case:3',2,'⬆️ Kiến nghị <b>3D4EK-WH8DN</b> (lương, phụ cấp, định mức) đã quá hạn, nay chuyển lên cấp đồng chí. Đề nghị đồng chí phân công người xử lý.
“Đề nghị công ty họp với tổ sản xuất về định mức mới trước ngày 30.”','[[["\ud83d\udd0e M\u1edf xem", "case:open:3"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(57,'case:3:climbed-away:20261108234517667523:7',7,NULL,'case:3',2,'⬆️ Kiến nghị 3D4EK-WH8DN quá hạn, đã chuyển lên LĐLĐ tỉnh Cửu Long.','[[["\ud83d\udd0e M\u1edf xem", "case:open:3"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(58,'case:4:climbed:20261108234517667523:8',8,NULL,'case:4',2,'⬆️ Kiến nghị <b>4P8XN-YTTPR</b> (khó khăn, phúc lợi) đã quá hạn, nay chuyển lên cấp đồng chí. Đề nghị đồng chí phân công người xử lý.
“Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.”','[[["\ud83d\udd0e M\u1edf xem", "case:open:4"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(59,'case:4:climbed-away:20261108234517667523:7',7,NULL,'case:4',2,'⬆️ Kiến nghị 4P8XN-YTTPR quá hạn, đã chuyển lên LĐLĐ tỉnh Cửu Long.','[[["\ud83d\udd0e M\u1edf xem", "case:open:4"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(60,'case:5:climbed:20261108234517667523:8',8,NULL,'case:5',2,'⬆️ Kiến nghị <b>T434F-TK9TP</b> (an toàn, tai nạn) đã quá hạn, nay chuyển lên cấp đồng chí. Đề nghị đồng chí phân công người xử lý.
“Đề nghị kiểm tra che chắn của toàn bộ máy trong xưởng.”','[[["\ud83d\udd0e M\u1edf xem", "case:open:5"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(61,'case:5:climbed-away:20261108234517667523:7',7,NULL,'case:5',2,'⬆️ Kiến nghị T434F-TK9TP quá hạn, đã chuyển lên LĐLĐ tỉnh Cửu Long.','[[["\ud83d\udd0e M\u1edf xem", "case:open:5"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(62,'case:6:remind:half:2026-11-02T10:22:20261108234517667523:7',7,NULL,'case:6',3,'⏳ Kiến nghị <b>FC5HP-CA66K</b> đã quá nửa thời hạn giải quyết.
📍 Gạo Đồng Xanh Việt · khó khăn, phúc lợi · hạn 15:07 11/11/2026
“Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.”','[[["\ud83d\udd0e M\u1edf xem", "case:open:6"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(63,'case:6:remind:half:2026-11-02T10:22:20261108234517667523:1',1,NULL,'case:6',3,'⏳ Kiến nghị <b>FC5HP-CA66K</b> đã quá nửa thời hạn giải quyết.
📍 Gạo Đồng Xanh Việt · khó khăn, phúc lợi · hạn 15:07 11/11/2026
“Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.”','[[["\ud83d\udd0e M\u1edf xem", "case:open:6"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
INSERT INTO "outbox_message" VALUES(64,'case:6:remind:half:2026-11-02T10:22:20261108234517667523:2',2,NULL,'case:6',3,'⏳ Kiến nghị <b>FC5HP-CA66K</b> đã quá nửa thời hạn giải quyết.
📍 Gạo Đồng Xanh Việt · khó khăn, phúc lợi · hạn 15:07 11/11/2026
“Đề nghị địa phương hỗ trợ chỗ học cho con công nhân ở trọ.”','[[["\ud83d\udd0e M\u1edf xem", "case:open:6"]]]','sent','2026-11-08 23:00:00.000000','2026-11-08 23:00:00.000000',1,'2026-11-08 23:00:00.000000','',NULL,NULL,NULL);
CREATE TABLE "person" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR(100) NOT NULL, 
	folded VARCHAR(100) NOT NULL, 
	phone VARCHAR(30) NOT NULL, 
	weekly_quota INTEGER, 
	joined_at DATETIME NOT NULL, 
	blocked_at DATETIME, 
	seen_at DATETIME
);
INSERT INTO "person" VALUES(1,'Nguyễn Thị Thu An','nguyen thi thu an','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(2,'Trần Quốc Bình','tran quoc binh','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(3,'Lê Thị Kim Cúc','le thi kim cuc','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(4,'Phan Minh Đạt','phan minh dat','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(5,'Đỗ Hải Yến','do hai yen','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(6,'Ngô Gia Huy','ngo gia huy','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(7,'Phạm Tiến Dũng','pham tien dung','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(8,'Võ Thanh Giang','vo thanh giang','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(9,'Huỳnh Đăng Khoa','huynh dang khoa','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(10,'Huỳnh Thị Mỹ Hạnh','huynh thi my hanh','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(11,'Tô Văn Lành','to van lanh','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(12,'Đặng Thu Hà','dang thu ha','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(13,'Bùi Ngọc Mai','bui ngoc mai','',NULL,'2026-04-12 17:00:00.000000',NULL,NULL);
CREATE TABLE person_address (
	channel VARCHAR(16) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT pk_person_address PRIMARY KEY (channel, id), 
	CONSTRAINT fk_person_address_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "person_address" VALUES('telegram','1001',1);
INSERT INTO "person_address" VALUES('telegram','1002',2);
INSERT INTO "person_address" VALUES('telegram','1003',3);
INSERT INTO "person_address" VALUES('telegram','1004',4);
INSERT INTO "person_address" VALUES('telegram','1005',5);
INSERT INTO "person_address" VALUES('telegram','1006',6);
INSERT INTO "person_address" VALUES('telegram','2001',7);
INSERT INTO "person_address" VALUES('telegram','2002',8);
INSERT INTO "person_address" VALUES('telegram','2003',9);
INSERT INTO "person_address" VALUES('telegram','2004',10);
INSERT INTO "person_address" VALUES('telegram','2005',11);
INSERT INTO "person_address" VALUES('telegram','3001',12);
INSERT INTO "person_address" VALUES('telegram','4001',13);
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
CREATE TABLE "quick_report" (
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
CREATE TABLE report_file (
	report_id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	CONSTRAINT pk_report_file PRIMARY KEY (report_id, file_id), 
	CONSTRAINT fk_report_file_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id), 
	CONSTRAINT fk_report_file_report_id_visit_report FOREIGN KEY(report_id) REFERENCES visit_report (id)
);
CREATE TABLE "report_request" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	title VARCHAR(200) NOT NULL, 
	why VARCHAR(500) NOT NULL, 
	questions JSON NOT NULL, 
	unit_id INTEGER NOT NULL, 
	asked_by INTEGER NOT NULL, 
	asked_at DATETIME NOT NULL, 
	CONSTRAINT fk_report_request_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_report_request_asked_by_person FOREIGN KEY(asked_by) REFERENCES person (id)
);
CREATE TABLE report_topic (
	report_id INTEGER NOT NULL, 
	topic VARCHAR(32) NOT NULL, 
	trouble BOOLEAN NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_report_topic PRIMARY KEY (report_id, topic), 
	CONSTRAINT fk_report_topic_report_id_visit_report FOREIGN KEY(report_id) REFERENCES visit_report (id)
);
INSERT INTO "report_topic" VALUES(1,'jobs',0,'');
INSERT INTO "report_topic" VALUES(1,'insurance',0,'');
INSERT INTO "report_topic" VALUES(1,'wages',1,'Định mức tăng từ 100 lên 115 sản phẩm, thu nhập giảm.');
INSERT INTO "report_topic" VALUES(2,'jobs',0,'');
INSERT INTO "report_topic" VALUES(2,'insurance',0,'');
INSERT INTO "report_topic" VALUES(3,'jobs',0,'');
INSERT INTO "report_topic" VALUES(3,'insurance',0,'');
INSERT INTO "report_topic" VALUES(3,'democracy',1,'Chưa tổ chức hội nghị người lao động năm nay.');
INSERT INTO "report_topic" VALUES(4,'jobs',0,'');
INSERT INTO "report_topic" VALUES(4,'insurance',0,'');
INSERT INTO "report_topic" VALUES(5,'jobs',0,'');
INSERT INTO "report_topic" VALUES(5,'insurance',0,'');
INSERT INTO "report_topic" VALUES(5,'wages',1,'Tiền làm thêm ngày lễ chưa ghi rõ trên phiếu lương.');
INSERT INTO "report_topic" VALUES(6,'jobs',0,'');
INSERT INTO "report_topic" VALUES(7,'jobs',0,'');
INSERT INTO "report_topic" VALUES(7,'insurance',0,'');
INSERT INTO "report_topic" VALUES(8,'jobs',0,'');
INSERT INTO "report_topic" VALUES(8,'insurance',0,'');
INSERT INTO "report_topic" VALUES(8,'wages',1,'Định mức tăng từ 100 lên 115 sản phẩm, thu nhập giảm.');
INSERT INTO "report_topic" VALUES(9,'jobs',0,'');
INSERT INTO "report_topic" VALUES(9,'insurance',0,'');
INSERT INTO "report_topic" VALUES(9,'democracy',1,'Chưa tổ chức hội nghị người lao động năm nay.');
INSERT INTO "report_topic" VALUES(10,'jobs',0,'');
INSERT INTO "report_topic" VALUES(10,'insurance',0,'');
INSERT INTO "report_topic" VALUES(11,'jobs',0,'');
INSERT INTO "report_topic" VALUES(11,'insurance',0,'');
INSERT INTO "report_topic" VALUES(11,'democracy',1,'Chưa tổ chức hội nghị người lao động năm nay.');
INSERT INTO "report_topic" VALUES(12,'jobs',0,'');
INSERT INTO "report_topic" VALUES(12,'insurance',0,'');
INSERT INTO "report_topic" VALUES(13,'jobs',0,'');
INSERT INTO "report_topic" VALUES(13,'insurance',0,'');
INSERT INTO "report_topic" VALUES(13,'safety',1,'Bộ phận che chắn của một máy bị hỏng, đã đề nghị dừng máy để sửa.');
INSERT INTO "report_topic" VALUES(14,'jobs',0,'');
INSERT INTO "report_topic" VALUES(14,'insurance',0,'');
INSERT INTO "report_topic" VALUES(15,'jobs',0,'');
INSERT INTO "report_topic" VALUES(15,'insurance',0,'');
INSERT INTO "report_topic" VALUES(16,'jobs',0,'');
INSERT INTO "report_topic" VALUES(16,'insurance',0,'');
INSERT INTO "report_topic" VALUES(16,'democracy',1,'Chưa tổ chức hội nghị người lao động năm nay.');
INSERT INTO "report_topic" VALUES(17,'jobs',0,'');
INSERT INTO "report_topic" VALUES(17,'insurance',0,'');
INSERT INTO "report_topic" VALUES(17,'democracy',1,'Chưa tổ chức hội nghị người lao động năm nay.');
INSERT INTO "report_topic" VALUES(18,'jobs',0,'');
INSERT INTO "report_topic" VALUES(18,'insurance',0,'');
INSERT INTO "report_topic" VALUES(19,'jobs',0,'');
INSERT INTO "report_topic" VALUES(19,'insurance',0,'');
INSERT INTO "report_topic" VALUES(20,'jobs',0,'');
INSERT INTO "report_topic" VALUES(20,'insurance',0,'');
INSERT INTO "report_topic" VALUES(21,'jobs',0,'');
INSERT INTO "report_topic" VALUES(21,'insurance',0,'');
INSERT INTO "report_topic" VALUES(22,'jobs',0,'');
INSERT INTO "report_topic" VALUES(22,'insurance',0,'');
INSERT INTO "report_topic" VALUES(23,'jobs',0,'');
INSERT INTO "report_topic" VALUES(23,'insurance',0,'');
INSERT INTO "report_topic" VALUES(24,'jobs',0,'');
INSERT INTO "report_topic" VALUES(25,'jobs',0,'');
INSERT INTO "report_topic" VALUES(25,'insurance',0,'');
INSERT INTO "report_topic" VALUES(26,'jobs',0,'');
INSERT INTO "report_topic" VALUES(26,'insurance',0,'');
INSERT INTO "report_topic" VALUES(27,'jobs',0,'');
INSERT INTO "report_topic" VALUES(27,'insurance',0,'');
INSERT INTO "report_topic" VALUES(27,'safety',1,'Xưởng nóng, quạt hỏng.');
INSERT INTO "report_topic" VALUES(28,'jobs',0,'');
INSERT INTO "report_topic" VALUES(28,'insurance',0,'');
INSERT INTO "report_topic" VALUES(28,'safety',1,'Xưởng nóng, quạt hỏng.');
INSERT INTO "report_topic" VALUES(29,'jobs',0,'');
INSERT INTO "report_topic" VALUES(30,'jobs',0,'');
INSERT INTO "report_topic" VALUES(31,'jobs',0,'');
INSERT INTO "report_topic" VALUES(31,'insurance',0,'');
INSERT INTO "report_topic" VALUES(31,'safety',1,'Ủng, găng tay cấp chưa đủ so với thực tế hao mòn.');
INSERT INTO "report_topic" VALUES(32,'jobs',0,'');
INSERT INTO "report_topic" VALUES(32,'insurance',0,'');
INSERT INTO "report_topic" VALUES(32,'safety',1,'Chỗ nghỉ giữa ca thiếu nước uống, nhà vệ sinh.');
CREATE TABLE "reporter" (
	id VARCHAR(32) NOT NULL, 
	identity BLOB NOT NULL, 
	created_at DATETIME NOT NULL, 
	unreachable BOOLEAN NOT NULL, 
	CONSTRAINT pk_reporter PRIMARY KEY (id)
);
CREATE TABLE reporter_account (
	look VARCHAR(64) NOT NULL, 
	sealed BLOB, 
	unsealed TEXT NOT NULL, 
	CONSTRAINT pk_reporter_account PRIMARY KEY (look)
);
CREATE TABLE schedule_mark (
	name VARCHAR(40) NOT NULL, 
	ran_at DATETIME NOT NULL, 
	CONSTRAINT pk_schedule_mark PRIMARY KEY (name)
);
INSERT INTO "schedule_mark" VALUES('assign_week','2026-11-08 17:00:00.000000');
INSERT INTO "schedule_mark" VALUES('digest','2026-11-08 17:00:00.000000');
INSERT INTO "schedule_mark" VALUES('upkeep','2026-11-08 23:45:17.667523');
INSERT INTO "schedule_mark" VALUES('obligations','2026-11-08 23:45:17.667523');
INSERT INTO "schedule_mark" VALUES('retention','2026-11-08 23:45:17.667523');
CREATE TABLE sent_form (
	receipt VARCHAR(64) NOT NULL, 
	who VARCHAR(20) NOT NULL, 
	sent_on DATE NOT NULL, 
	CONSTRAINT pk_sent_form PRIMARY KEY (receipt)
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
CREATE TABLE "stored_file" (
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
CREATE TABLE "summary" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	obligation_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT uq_summary_obligation_id UNIQUE (obligation_id), 
	CONSTRAINT fk_summary_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_summary_obligation_id_obligation FOREIGN KEY(obligation_id) REFERENCES obligation (id)
);
CREATE TABLE "summary_correction" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	summary_id INTEGER NOT NULL, 
	figure VARCHAR(60) NOT NULL, 
	computed INTEGER, 
	value INTEGER, 
	reason VARCHAR(500) NOT NULL, 
	latest BOOLEAN NOT NULL, 
	author_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_summary_correction_summary_id_summary FOREIGN KEY(summary_id) REFERENCES summary (id), 
	CONSTRAINT fk_summary_correction_author_id_person FOREIGN KEY(author_id) REFERENCES person (id)
);
CREATE TABLE "summary_proposal" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	summary_id INTEGER NOT NULL, 
	addressee VARCHAR(16) NOT NULL, 
	text TEXT NOT NULL, 
	author_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	removed_at DATETIME, 
	case_id INTEGER, 
	CONSTRAINT fk_summary_proposal_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_summary_proposal_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_summary_proposal_summary_id_summary FOREIGN KEY(summary_id) REFERENCES summary (id)
);
CREATE TABLE "summary_section" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	summary_id INTEGER NOT NULL, 
	section VARCHAR(16) NOT NULL, 
	revision INTEGER NOT NULL, 
	latest BOOLEAN NOT NULL, 
	text TEXT NOT NULL, 
	files JSON NOT NULL, 
	author_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_summary_section_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_summary_section_summary_id_summary FOREIGN KEY(summary_id) REFERENCES summary (id), 
	CONSTRAINT uq_summary_section_summary_id_section_revision UNIQUE (summary_id, section, revision)
);
CREATE TABLE "summary_version" (
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
	CONSTRAINT fk_summary_version_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id), 
	CONSTRAINT uq_summary_version_summary_id_number UNIQUE (summary_id, number), 
	CONSTRAINT fk_summary_version_summary_id_summary FOREIGN KEY(summary_id) REFERENCES summary (id), 
	CONSTRAINT fk_summary_version_sent_by_person FOREIGN KEY(sent_by) REFERENCES person (id)
);
CREATE TABLE tally (
	look VARCHAR(72) NOT NULL, 
	what VARCHAR(16) NOT NULL, 
	since DATETIME NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_tally PRIMARY KEY (look, what, since)
);
CREATE TABLE "unit" (
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
	union_since DATE, 
	CONSTRAINT fk_unit_officer_id_person FOREIGN KEY(officer_id) REFERENCES person (id), 
	CONSTRAINT fk_unit_successor_id_unit FOREIGN KEY(successor_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_parent_id_unit FOREIGN KEY(parent_id) REFERENCES unit (id), 
	CONSTRAINT uq_unit_code UNIQUE (code)
);
INSERT INTO "unit" VALUES(1,'TINH','LĐLĐ tỉnh Cửu Long','ldld tinh cuu long','federation','',NULL,'/1/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(2,'KCN','CĐ các KCN tỉnh','cd cac kcn tinh','upper','',1,'/1/2/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(3,'KCN-01','May Sen Vàng','may sen vang','site_union','',2,'/1/2/3/','may','Lô KCN-01, tỉnh Cửu Long',NULL,NULL,1850,1480,1790,'Văn phòng công đoàn','0296 000 785',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(4,'KCN-02','Thủy sản Sông Lành','thuy san song lanh','site_union','',2,'/1/2/4/','chế biến cá','Lô KCN-02, tỉnh Cửu Long',NULL,NULL,1240,810,1105,'Văn phòng công đoàn','0296 000 523',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(5,'KCN-03','Giày Tân Lúa','giay tan lua','site_union','',2,'/1/2/5/','da giày','Lô KCN-03, tỉnh Cửu Long',NULL,NULL,2300,1900,1980,'Văn phòng công đoàn','0296 000 989',1,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(6,'KCN-04','Bao bì Ánh Mai','bao bi anh mai','site_union','',2,'/1/2/6/','bao bì','Lô KCN-04, tỉnh Cửu Long',NULL,NULL,310,140,296,'Văn phòng công đoàn','0296 000 798',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(7,'KCN-05','Gạo Đồng Xanh Việt','gao dong xanh viet','site_union','',2,'/1/2/7/','xay xát','Lô KCN-05, tỉnh Cửu Long',NULL,NULL,185,40,180,'Văn phòng công đoàn','0296 000 560',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(8,'KCN-06','Thức ăn chăn nuôi Hòa Điền','thuc an chan nuoi hoa dien','site_union','',2,'/1/2/8/','thức ăn chăn nuôi','Lô KCN-06, tỉnh Cửu Long',NULL,NULL,220,60,168,'Văn phòng công đoàn','0296 000 554',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(9,'KCN-07','Cơ khí Ba Nhịp','co khi ba nhip','site_union','',2,'/1/2/9/','cơ khí','Lô KCN-07, tỉnh Cửu Long',NULL,NULL,96,9,60,'Văn phòng công đoàn','0296 000 860',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(10,'KCN-08','Gỗ Minh Thới','go minh thoi','enterprise','',2,'/1/2/10/','gỗ','Lô KCN-08, tỉnh Cửu Long',NULL,NULL,132,35,0,'Phòng nhân sự','0296 000 821',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(11,'KCN-09','Điện tử Vi Na Sun','dien tu vi na sun','enterprise','',2,'/1/2/11/','điện tử','Lô KCN-09, tỉnh Cửu Long',NULL,NULL,540,420,0,'Phòng nhân sự','0296 000 011',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(12,'LH','CĐ phường Long Hòa','cd phuong long hoa','upper','',1,'/1/12/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(13,'LH-01','Siêu thị Bến Quê','sieu thi ben que','site_union','',12,'/1/12/13/','bán lẻ','Lô LH-01, tỉnh Cửu Long',NULL,NULL,140,92,138,'Văn phòng công đoàn','0296 000 189',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(14,'LH-02','Cấp nước Miền Lúa','cap nuoc mien lua','site_union','',12,'/1/12/14/','cấp nước','Lô LH-02, tỉnh Cửu Long',NULL,NULL,205,48,205,'Văn phòng công đoàn','0296 000 471',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(15,'LH-03','Xây dựng Phú Lộc','xay dung phu loc','site_union','',12,'/1/12/15/','xây dựng','Lô LH-03, tỉnh Cửu Long',NULL,NULL,175,12,92,'Văn phòng công đoàn','0296 000 305',1,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(16,'LH-04','Mầm non Hoa Súng','mam non hoa sung','site_union','',12,'/1/12/16/','giáo dục','Lô LH-04, tỉnh Cửu Long',NULL,NULL,42,41,40,'Văn phòng công đoàn','0296 000 714',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(17,'LH-05','Vận tải Nam Giang','van tai nam giang','site_union','',12,'/1/12/17/','vận tải','Lô LH-05, tỉnh Cửu Long',NULL,NULL,118,14,101,'Văn phòng công đoàn','0296 000 812',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(18,'LH-06','Phòng khám Tâm Đức','phong kham tam duc','site_union','',12,'/1/12/18/','y tế','Lô LH-06, tỉnh Cửu Long',NULL,NULL,64,45,64,'Văn phòng công đoàn','0296 000 846',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(19,'LH-07','In Sao Khuê','in sao khue','site_union','',12,'/1/12/19/','in','Lô LH-07, tỉnh Cửu Long',NULL,NULL,58,20,51,'Văn phòng công đoàn','0296 000 712',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(20,'LH-08','Nông sản sấy Út Mười','nong san say ut muoi','enterprise','',12,'/1/12/20/','nông sản','Lô LH-08, tỉnh Cửu Long',NULL,NULL,67,40,0,'Phòng nhân sự','0296 000 753',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(21,'LH-09','Nhà hàng Sông Trăng','nha hang song trang','enterprise','',12,'/1/12/21/','nhà hàng','Lô LH-09, tỉnh Cửu Long',NULL,NULL,38,22,0,'Phòng nhân sự','0296 000 719',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(22,'HS','CĐ đặc khu Hòn Sao','cd dac khu hon sao','upper','',1,'/1/22/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(23,'HS-01','Khách sạn Biển Ngọc','khach san bien ngoc','site_union','',22,'/1/22/23/','khách sạn','Lô HS-01, tỉnh Cửu Long',NULL,NULL,420,250,398,'Văn phòng công đoàn','0296 000 051',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(24,'HS-02','Nước mắm Ông Tư','nuoc mam ong tu','site_union','',22,'/1/22/24/','nước mắm','Lô HS-02, tỉnh Cửu Long',NULL,NULL,88,50,80,'Văn phòng công đoàn','0296 000 825',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(25,'HS-03','Tàu cao tốc Sóng Xanh','tau cao toc song xanh','site_union','',22,'/1/22/25/','vận tải biển','Lô HS-03, tỉnh Cửu Long',NULL,NULL,150,31,149,'Văn phòng công đoàn','0296 000 191',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(26,'HS-04','Nghiệp đoàn bốc xếp Bãi Trước','nghiep doan boc xep bai truoc','site_union','',22,'/1/22/26/','bốc xếp','Lô HS-04, tỉnh Cửu Long',NULL,NULL,73,2,73,'Văn phòng công đoàn','0296 000 788',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(27,'HS-05','Resort Cát Trắng','resort cat trang','site_union','',22,'/1/22/27/','khách sạn','Lô HS-05, tỉnh Cửu Long',NULL,NULL,265,160,190,'Văn phòng công đoàn','0296 000 882',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(28,'HS-06','Nuôi biển Hải Long','nuoi bien hai long','site_union','',22,'/1/22/28/','nuôi biển','Lô HS-06, tỉnh Cửu Long',NULL,NULL,54,8,47,'Văn phòng công đoàn','0296 000 624',0,NULL,'2026-04-13',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(29,'HS-07','Kho lạnh Cửu Bình','kho lanh cuu binh','enterprise','',22,'/1/22/29/','kho lạnh','Lô HS-07, tỉnh Cửu Long',NULL,NULL,29,10,0,'Phòng nhân sự','0296 000 358',0,NULL,'2026-04-13',NULL,NULL,NULL);
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
CREATE TABLE unit_rating (
	unit_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	rating VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_unit_rating PRIMARY KEY (unit_id, year), 
	CONSTRAINT fk_unit_rating_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
INSERT INTO "unit_rating" VALUES(3,2025,'XS');
INSERT INTO "unit_rating" VALUES(4,2025,'T');
INSERT INTO "unit_rating" VALUES(5,2025,'HT');
INSERT INTO "unit_rating" VALUES(6,2025,'T');
INSERT INTO "unit_rating" VALUES(7,2025,'XS');
INSERT INTO "unit_rating" VALUES(8,2025,'HT');
INSERT INTO "unit_rating" VALUES(9,2025,'KHT');
INSERT INTO "unit_rating" VALUES(13,2025,'T');
INSERT INTO "unit_rating" VALUES(14,2025,'XS');
INSERT INTO "unit_rating" VALUES(15,2025,'KHT');
INSERT INTO "unit_rating" VALUES(16,2025,'HT');
INSERT INTO "unit_rating" VALUES(17,2025,'HT');
INSERT INTO "unit_rating" VALUES(18,2025,'T');
INSERT INTO "unit_rating" VALUES(19,2025,'HT');
INSERT INTO "unit_rating" VALUES(23,2025,'XS');
INSERT INTO "unit_rating" VALUES(24,2025,'T');
INSERT INTO "unit_rating" VALUES(25,2025,'T');
INSERT INTO "unit_rating" VALUES(26,2025,'HT');
INSERT INTO "unit_rating" VALUES(27,2025,'KHT');
INSERT INTO "unit_rating" VALUES(28,2025,'HT');
CREATE TABLE vault_key (
	key_id VARCHAR(16) NOT NULL, 
	"check" BLOB NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_vault_key PRIMARY KEY (key_id)
);
INSERT INTO "vault_key" VALUES('88c92ed7',X'88C92ED7056B2B1F91A0CF26B8A4C4C0681289478F5BAFAAD3B0544172B437AF6FC698A3C2F878','2026-11-08 17:00:00.000000');
CREATE TABLE "visit" (
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
	CONSTRAINT uq_visit_key UNIQUE ("key"), 
	CONSTRAINT fk_visit_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_visit_officer_id_person FOREIGN KEY(officer_id) REFERENCES person (id)
);
INSERT INTO "visit" VALUES(1,'2026-W40:1:5','2026-09-28',5,2,1,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["sensitive", null], ["many_workers", 2300], ["weak_rating", "HT"]]','','','2026-09-28 00:00:00.000000','2026-09-29 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(2,'2026-W40:2:9','2026-09-28',9,2,2,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "KHT"]]','','','2026-09-28 00:00:00.000000','2026-09-30 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(3,'2026-W40:3:15','2026-09-28',15,12,3,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["sensitive", null], ["weak_rating", "KHT"], ["many_workers", 175]]','','','2026-09-28 00:00:00.000000','2026-10-01 08:14:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(4,'2026-W40:4:20','2026-09-28',20,12,4,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["no_union", 67]]','','','2026-09-28 00:00:00.000000','2026-10-02 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(5,'2026-W40:5:27','2026-09-28',27,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "KHT"], ["many_workers", 265]]','','','2026-09-28 00:00:00.000000','2026-09-29 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(6,'2026-W40:6:11','2026-09-28',11,2,6,'reported','assigned',NULL,NULL,'[["never_visited", null], ["no_union", 540], ["many_workers", 540]]','','','2026-09-28 00:00:00.000000','2026-09-30 08:35:00.000000',0,NULL,'[]',1,0,'',NULL,0);
INSERT INTO "visit" VALUES(7,'2026-W41:1:10','2026-10-05',10,2,1,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["no_union", 132], ["many_workers", 132]]','','','2026-10-05 00:00:00.000000','2026-10-06 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(8,'2026-W41:2:3','2026-10-05',3,2,2,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 1850]]','','','2026-10-05 00:00:00.000000','2026-10-07 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(9,'2026-W41:3:21','2026-10-05',21,12,3,'missed','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["no_union", 38]]','','','2026-10-05 00:00:00.000000',NULL,0,NULL,'["missed"]',NULL,NULL,'',NULL,0);
INSERT INTO "visit" VALUES(10,'2026-W41:4:17','2026-10-05',17,12,4,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "HT"], ["many_workers", 118]]','','','2026-10-05 00:00:00.000000','2026-10-09 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(11,'2026-W41:5:29','2026-10-05',29,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["no_union", 29]]','','','2026-10-05 00:00:00.000000','2026-10-06 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(12,'2026-W41:6:5','2026-10-05',5,2,6,'reported','assigned',NULL,NULL,'[["sensitive", null], ["many_workers", 2300], ["weak_rating", "HT"], ["open_cases", 1]]','','','2026-10-05 00:00:00.000000','2026-10-07 08:35:00.000000',0,NULL,'[]',1,0,'',NULL,0);
INSERT INTO "visit" VALUES(13,'2026-W42:1:4','2026-10-12',4,2,1,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 1240]]','','','2026-10-12 00:00:00.000000','2026-10-13 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(14,'2026-W42:2:8','2026-10-12',8,2,2,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "HT"], ["many_workers", 220]]','','','2026-10-12 00:00:00.000000','2026-10-14 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(15,'2026-W42:3:16','2026-10-12',16,12,3,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "HT"]]','','','2026-10-12 00:00:00.000000','2026-10-15 08:14:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(16,'2026-W42:4:19','2026-10-12',19,12,4,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "HT"]]','','','2026-10-12 00:00:00.000000','2026-10-16 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(17,'2026-W42:5:26','2026-10-12',26,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "HT"]]','','','2026-10-12 00:00:00.000000','2026-10-13 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(18,'2026-W42:6:21','2026-10-12',21,12,6,'missed','assigned',NULL,NULL,'[["never_visited", null], ["no_union", 38]]','','','2026-10-12 00:00:00.000000',NULL,0,NULL,'["missed"]',NULL,NULL,'',NULL,0);
INSERT INTO "visit" VALUES(19,'2026-W43:1:6','2026-10-19',6,2,1,'reported','assigned',NULL,NULL,'[["never_visited", null], ["many_workers", 310]]','','','2026-10-19 00:00:00.000000','2026-10-20 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(20,'2026-W43:2:7','2026-10-19',7,2,2,'reported','assigned',NULL,NULL,'[["never_visited", null], ["many_workers", 185]]','','','2026-10-19 00:00:00.000000','2026-10-21 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(21,'2026-W43:3:14','2026-10-19',14,12,3,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 205]]','','','2026-10-19 00:00:00.000000','2026-10-22 08:14:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(22,'2026-W43:4:13','2026-10-19',13,12,4,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 140]]','','','2026-10-19 00:00:00.000000','2026-10-23 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(23,'2026-W43:5:28','2026-10-19',28,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "HT"]]','','','2026-10-19 00:00:00.000000','2026-10-20 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(24,'2026-W43:6:5','2026-10-19',5,2,6,'reported','assigned',NULL,NULL,'[["sensitive", null], ["many_workers", 2300], ["weak_rating", "HT"], ["weeks_waited", 2], ["open_cases", 1]]','','','2026-10-19 00:00:00.000000','2026-10-21 08:35:00.000000',0,NULL,'[]',1,0,'',NULL,0);
INSERT INTO "visit" VALUES(25,'2026-W44:1:9','2026-10-26',9,2,1,'reported','assigned',NULL,NULL,'[["weak_rating", "KHT"], ["weeks_waited", 4]]','','','2026-10-26 00:00:00.000000','2026-10-27 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(26,'2026-W44:2:11','2026-10-26',11,2,2,'reported','assigned',NULL,NULL,'[["no_union", 540], ["weeks_waited", 4], ["many_workers", 540]]','','','2026-10-26 00:00:00.000000','2026-10-28 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(27,'2026-W44:3:15','2026-10-26',15,12,3,'missed','assigned',NULL,NULL,'[["sensitive", null], ["weak_rating", "KHT"], ["weeks_waited", 4], ["many_workers", 175]]','','','2026-10-26 00:00:00.000000',NULL,0,NULL,'["missed"]',NULL,NULL,'',NULL,0);
INSERT INTO "visit" VALUES(28,'2026-W44:4:18','2026-10-26',18,12,4,'reported','assigned',NULL,NULL,'[["never_visited", null]]','','','2026-10-26 00:00:00.000000','2026-10-30 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(29,'2026-W44:5:23','2026-10-26',23,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 420]]','','','2026-10-26 00:00:00.000000','2026-10-27 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(30,'2026-W44:6:5','2026-10-26',5,2,6,'reported','assigned',NULL,NULL,'[["sensitive", null], ["many_workers", 2300], ["overdue_cases", 1], ["weak_rating", "HT"], ["open_cases", 1]]','','','2026-10-26 00:00:00.000000','2026-10-28 08:35:00.000000',0,NULL,'[]',1,0,'',NULL,0);
INSERT INTO "visit" VALUES(31,'2026-W45:1:3','2026-11-02',3,2,1,'reported','assigned',NULL,NULL,'[["many_workers", 1850], ["weeks_waited", 4], ["overdue_cases", 1], ["open_cases", 1]]','','','2026-11-02 00:00:00.000000','2026-11-03 08:00:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(32,'2026-W45:2:10','2026-11-02',10,2,2,'reported','assigned',NULL,NULL,'[["no_union", 132], ["weeks_waited", 4], ["many_workers", 132]]','','','2026-11-02 00:00:00.000000','2026-11-04 08:07:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(33,'2026-W45:3:21','2026-11-02',21,12,3,'reported','assigned',NULL,NULL,'[["never_visited", null], ["no_union", 38]]','','','2026-11-02 00:00:00.000000','2026-11-05 08:14:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(34,'2026-W45:4:20','2026-11-02',20,12,4,'reported','assigned',NULL,NULL,'[["no_union", 67], ["weeks_waited", 5]]','','','2026-11-02 00:00:00.000000','2026-11-06 08:21:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(35,'2026-W45:5:25','2026-11-02',25,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["many_workers", 150]]','','','2026-11-02 00:00:00.000000','2026-11-03 08:28:00.000000',0,NULL,'[]',NULL,0,'',NULL,0);
INSERT INTO "visit" VALUES(36,'2026-W45:6:5','2026-11-02',5,2,6,'missed','assigned',NULL,NULL,'[["sensitive", null], ["many_workers", 2300], ["overdue_cases", 1], ["weak_rating", "HT"], ["open_cases", 1]]','','','2026-11-02 00:00:00.000000',NULL,0,NULL,'["missed"]',NULL,NULL,'',NULL,0);
CREATE TABLE "visit_event" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	visit_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id INTEGER, 
	what VARCHAR(40) NOT NULL, 
	words VARCHAR(500) NOT NULL, 
	CONSTRAINT fk_visit_event_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id), 
	CONSTRAINT fk_visit_event_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id)
);
INSERT INTO "visit_event" VALUES(1,1,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(2,2,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(3,3,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(4,4,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(5,5,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(6,6,'2026-09-28 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(7,1,'2026-09-29 08:00:00.000000',1,'reported','');
INSERT INTO "visit_event" VALUES(8,2,'2026-09-30 08:07:00.000000',2,'reported','');
INSERT INTO "visit_event" VALUES(9,3,'2026-10-01 08:14:00.000000',3,'reported','');
INSERT INTO "visit_event" VALUES(10,4,'2026-10-02 08:21:00.000000',4,'reported','');
INSERT INTO "visit_event" VALUES(11,5,'2026-09-29 08:28:00.000000',5,'reported','');
INSERT INTO "visit_event" VALUES(12,6,'2026-09-30 08:35:00.000000',6,'reported','');
INSERT INTO "visit_event" VALUES(13,7,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(14,8,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(15,9,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(16,10,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(17,11,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(18,12,'2026-10-05 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(19,7,'2026-10-06 08:00:00.000000',1,'reported','');
INSERT INTO "visit_event" VALUES(20,8,'2026-10-07 08:07:00.000000',2,'reported','');
INSERT INTO "visit_event" VALUES(21,10,'2026-10-09 08:21:00.000000',4,'reported','');
INSERT INTO "visit_event" VALUES(22,11,'2026-10-06 08:28:00.000000',5,'reported','');
INSERT INTO "visit_event" VALUES(23,12,'2026-10-07 08:35:00.000000',6,'reported','');
INSERT INTO "visit_event" VALUES(24,9,'2026-10-12 00:00:00.000000',NULL,'missed','');
INSERT INTO "visit_event" VALUES(25,13,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(26,14,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(27,15,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(28,16,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(29,17,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(30,18,'2026-10-12 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(31,13,'2026-10-13 08:00:00.000000',1,'reported','');
INSERT INTO "visit_event" VALUES(32,14,'2026-10-14 08:07:00.000000',2,'reported','');
INSERT INTO "visit_event" VALUES(33,15,'2026-10-15 08:14:00.000000',3,'reported','');
INSERT INTO "visit_event" VALUES(34,16,'2026-10-16 08:21:00.000000',4,'reported','');
INSERT INTO "visit_event" VALUES(35,17,'2026-10-13 08:28:00.000000',5,'reported','');
INSERT INTO "visit_event" VALUES(36,18,'2026-10-19 00:00:00.000000',NULL,'missed','');
INSERT INTO "visit_event" VALUES(37,19,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(38,20,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(39,21,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(40,22,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(41,23,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(42,24,'2026-10-19 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(43,19,'2026-10-20 08:00:00.000000',1,'reported','');
INSERT INTO "visit_event" VALUES(44,20,'2026-10-21 08:07:00.000000',2,'reported','');
INSERT INTO "visit_event" VALUES(45,21,'2026-10-22 08:14:00.000000',3,'reported','');
INSERT INTO "visit_event" VALUES(46,22,'2026-10-23 08:21:00.000000',4,'reported','');
INSERT INTO "visit_event" VALUES(47,23,'2026-10-20 08:28:00.000000',5,'reported','');
INSERT INTO "visit_event" VALUES(48,24,'2026-10-21 08:35:00.000000',6,'reported','');
INSERT INTO "visit_event" VALUES(49,25,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(50,26,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(51,27,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(52,28,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(53,29,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(54,30,'2026-10-26 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(55,25,'2026-10-27 08:00:00.000000',1,'reported','');
INSERT INTO "visit_event" VALUES(56,26,'2026-10-28 08:07:00.000000',2,'reported','');
INSERT INTO "visit_event" VALUES(57,28,'2026-10-30 08:21:00.000000',4,'reported','');
INSERT INTO "visit_event" VALUES(58,29,'2026-10-27 08:28:00.000000',5,'reported','');
INSERT INTO "visit_event" VALUES(59,30,'2026-10-28 08:35:00.000000',6,'reported','');
INSERT INTO "visit_event" VALUES(60,27,'2026-11-02 00:00:00.000000',NULL,'missed','');
INSERT INTO "visit_event" VALUES(61,31,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(62,32,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(63,33,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(64,34,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(65,35,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(66,36,'2026-11-02 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(67,31,'2026-11-03 08:00:00.000000',1,'reported','');
INSERT INTO "visit_event" VALUES(68,32,'2026-11-04 08:07:00.000000',2,'reported','');
INSERT INTO "visit_event" VALUES(69,33,'2026-11-05 08:14:00.000000',3,'reported','');
INSERT INTO "visit_event" VALUES(70,34,'2026-11-06 08:21:00.000000',4,'reported','');
INSERT INTO "visit_event" VALUES(71,35,'2026-11-03 08:28:00.000000',5,'reported','');
INSERT INTO "visit_event" VALUES(72,36,'2026-11-09 00:00:00.000000',NULL,'missed','');
CREATE TABLE "visit_report" (
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
	flags JSON NOT NULL, arrears_state VARCHAR(32), results JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT fk_visit_report_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT uq_visit_report_visit_id_version UNIQUE (visit_id, version), 
	CONSTRAINT fk_visit_report_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id)
);
INSERT INTO "visit_report" VALUES(1,1,1,1,1,'2026-09-29 08:00:00.000000','2026-09-29','committee',12,'Dự họp BCH, bàn kế hoạch chăm lo Tết. Công nhân trên chuyền phản ánh định mức tăng, nhiều chị em không đạt, đề nghị rà lại.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(2,2,1,1,2,'2026-09-30 08:07:00.000000','2026-09-30','dialogue',20,'Tham gia đối thoại định kỳ quý IV. Đơn vị đồng ý tăng tiền ăn ca thêm 3.000 đồng từ tháng sau, ghi vào biên bản.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(3,3,1,1,3,'2026-10-01 08:14:00.000000','2026-10-01','committee',9,'Xem sổ thu chi kinh phí, hướng dẫn lập dự toán năm sau. BCH mới còn lúng túng về quy chế dân chủ, hẹn buổi sau làm mẫu cùng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(4,4,1,1,4,'2026-10-02 08:21:00.000000','2026-10-02','propaganda',25,'Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(5,5,1,1,5,'2026-09-29 08:28:00.000000','2026-09-29','unplanned',9,'Gặp bộ phận buồng phòng và bếp cuối ca sáng. Mùa cao điểm tăng ca nhiều, anh em muốn được báo lịch trước ít nhất ba ngày.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(6,6,1,1,6,'2026-09-30 08:35:00.000000','2026-09-30','survey',12,'Phát phiếu khảo sát giờ nghỉ trưa, thu lại chín phiếu muốn có công đoàn. Người lao động hỏi đoàn phí bao nhiêu và được lợi gì; đã giải thích.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(7,7,1,1,1,'2026-10-06 08:00:00.000000','2026-10-06','propaganda',25,'Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(8,8,1,1,2,'2026-10-07 08:07:00.000000','2026-10-07','committee',12,'Dự họp BCH, bàn kế hoạch chăm lo Tết. Công nhân trên chuyền phản ánh định mức tăng, nhiều chị em không đạt, đề nghị rà lại.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(9,10,1,1,4,'2026-10-09 08:21:00.000000','2026-10-09','committee',9,'Xem sổ thu chi kinh phí, hướng dẫn lập dự toán năm sau. BCH mới còn lúng túng về quy chế dân chủ, hẹn buổi sau làm mẫu cùng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(10,11,1,1,5,'2026-10-06 08:28:00.000000','2026-10-06','propaganda',25,'Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(11,12,1,1,6,'2026-10-07 08:35:00.000000','2026-10-07','committee',9,'Xem sổ thu chi kinh phí, hướng dẫn lập dự toán năm sau. BCH mới còn lúng túng về quy chế dân chủ, hẹn buổi sau làm mẫu cùng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(12,13,1,1,1,'2026-10-13 08:00:00.000000','2026-10-13','care',7,'Thăm hai gia đình đoàn viên ở nhà trọ, trao quà của công đoàn. Tiền trọ tăng 100.000 đồng, một cháu nhỏ chưa xin được chỗ học.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(13,14,1,1,2,'2026-10-14 08:07:00.000000','2026-10-14','care',6,'Thăm một công nhân bị thương ở tay khi vận hành máy, trao hỗ trợ ban đầu. Gia đình khó khăn, đang nuôi con nhỏ.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(14,15,1,1,3,'2026-10-15 08:14:00.000000','2026-10-15','propaganda',25,'Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(15,16,1,1,4,'2026-10-16 08:21:00.000000','2026-10-16','dialogue',20,'Tham gia đối thoại định kỳ quý IV. Đơn vị đồng ý tăng tiền ăn ca thêm 3.000 đồng từ tháng sau, ghi vào biên bản.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(16,17,1,1,5,'2026-10-13 08:28:00.000000','2026-10-13','committee',9,'Xem sổ thu chi kinh phí, hướng dẫn lập dự toán năm sau. BCH mới còn lúng túng về quy chế dân chủ, hẹn buổi sau làm mẫu cùng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(17,19,1,1,1,'2026-10-20 08:00:00.000000','2026-10-20','committee',9,'Xem sổ thu chi kinh phí, hướng dẫn lập dự toán năm sau. BCH mới còn lúng túng về quy chế dân chủ, hẹn buổi sau làm mẫu cùng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(18,20,1,1,2,'2026-10-21 08:07:00.000000','2026-10-21','care',7,'Thăm hai gia đình đoàn viên ở nhà trọ, trao quà của công đoàn. Tiền trọ tăng 100.000 đồng, một cháu nhỏ chưa xin được chỗ học.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(19,21,1,1,3,'2026-10-22 08:14:00.000000','2026-10-22','propaganda',18,'Đến công trường nói chuyện an toàn khi làm trên cao và dưới hố. Dây đai có đủ, vài anh em ngại đeo vì vướng; tổ trưởng hứa nhắc mỗi sáng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(20,22,1,1,4,'2026-10-23 08:21:00.000000','2026-10-23','propaganda',25,'Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'["copied"]',NULL,'[]');
INSERT INTO "visit_report" VALUES(21,23,1,1,5,'2026-10-20 08:28:00.000000','2026-10-20','dialogue',20,'Tham gia đối thoại định kỳ quý IV. Đơn vị đồng ý tăng tiền ăn ca thêm 3.000 đồng từ tháng sau, ghi vào biên bản.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(22,24,1,1,6,'2026-10-21 08:35:00.000000','2026-10-21','propaganda',25,'Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(23,25,1,1,1,'2026-10-27 08:00:00.000000','2026-10-27','dialogue',20,'Tham gia đối thoại định kỳ quý IV. Đơn vị đồng ý tăng tiền ăn ca thêm 3.000 đồng từ tháng sau, ghi vào biên bản.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(24,26,1,1,2,'2026-10-28 08:07:00.000000','2026-10-28','survey',12,'Phát phiếu khảo sát giờ nghỉ trưa, thu lại chín phiếu muốn có công đoàn. Người lao động hỏi đoàn phí bao nhiêu và được lợi gì; đã giải thích.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(25,28,1,1,4,'2026-10-30 08:21:00.000000','2026-10-30','dialogue',16,'Dự đối thoại cuối quý. Chị em đề nghị sắp ca trực cân đối, có chỗ nghỉ trưa; lãnh đạo đơn vị nhận sắp lại lịch từ tháng sau, ghi vào biên bản.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(26,29,1,1,5,'2026-10-27 08:28:00.000000','2026-10-27','propaganda',25,'Tuyên truyền Luật Bảo hiểm xã hội, người lao động hỏi nhiều về rút một lần và chốt sổ khi nghỉ việc; đã hướng dẫn xem trên ứng dụng VssID.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'["copied"]',NULL,'[]');
INSERT INTO "visit_report" VALUES(27,30,1,1,6,'2026-10-28 08:35:00.000000','2026-10-28','unplanned',15,'Gặp tổ sản xuất giờ nghỉ trưa. Bữa ăn ca đủ, nhưng xưởng nóng vào buổi chiều, quạt thông gió hỏng ba cái chưa thay.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(28,31,1,1,1,'2026-11-03 08:00:00.000000','2026-11-03','unplanned',15,'Gặp tổ sản xuất giờ nghỉ trưa. Bữa ăn ca đủ, nhưng xưởng nóng vào buổi chiều, quạt thông gió hỏng ba cái chưa thay.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(29,32,1,1,2,'2026-11-04 08:07:00.000000','2026-11-04','survey',8,'Làm việc với giám đốc về thành lập công đoàn, doanh nghiệp đồng ý cho khảo sát nguyện vọng người lao động trong tháng này.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(30,33,1,1,3,'2026-11-05 08:14:00.000000','2026-11-05','survey',12,'Phát phiếu khảo sát giờ nghỉ trưa, thu lại chín phiếu muốn có công đoàn. Người lao động hỏi đoàn phí bao nhiêu và được lợi gì; đã giải thích.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(31,34,1,1,4,'2026-11-06 08:21:00.000000','2026-11-06','unplanned',14,'Xem khu sơ chế và kho. Công nhân đứng lâu trong môi trường ẩm, lạnh, ủng và găng tay cấp sáu tháng một lần nên mau hỏng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
INSERT INTO "visit_report" VALUES(32,35,1,1,5,'2026-11-03 08:28:00.000000','2026-11-03','unplanned',11,'Gặp anh em tại bến giữa hai chuyến. Thời gian nghỉ giữa ca ngắn, chỗ nghỉ có mái che nhưng thiếu nước uống và nhà vệ sinh.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL,'[]');
CREATE TABLE week_plan (
	week DATE NOT NULL, 
	planned_at DATETIME NOT NULL, 
	skipped BOOLEAN NOT NULL, 
	CONSTRAINT pk_week_plan PRIMARY KEY (week)
);
INSERT INTO "week_plan" VALUES('2026-09-28','2026-09-28 00:00:00.000000',0);
INSERT INTO "week_plan" VALUES('2026-10-05','2026-10-05 00:00:00.000000',0);
INSERT INTO "week_plan" VALUES('2026-10-12','2026-10-12 00:00:00.000000',0);
INSERT INTO "week_plan" VALUES('2026-10-19','2026-10-19 00:00:00.000000',0);
INSERT INTO "week_plan" VALUES('2026-10-26','2026-10-26 00:00:00.000000',0);
INSERT INTO "week_plan" VALUES('2026-11-02','2026-11-02 00:00:00.000000',0);
CREATE INDEX ix_case_event_case_id ON case_event (case_id);
CREATE INDEX ix_identity_view_case_id ON identity_view (case_id);
CREATE INDEX ix_leave_person_id ON leave (person_id);
CREATE INDEX ix_membership_person_id ON membership (person_id);
CREATE INDEX ix_membership_cluster_id ON membership (cluster_id);
CREATE INDEX ix_membership_unit_id ON membership (unit_id);
CREATE INDEX ix_obligation_to_unit_id ON obligation (to_unit_id);
CREATE INDEX ix_obligation_unit_id ON obligation (unit_id);
CREATE INDEX ix_obligation_remind_at ON obligation (remind_at);
CREATE INDEX ix_obligation_group ON obligation ("group");
CREATE INDEX ix_obligation_request_id ON obligation (request_id);
CREATE INDEX ix_obligation_due_before ON obligation (due_before);
CREATE INDEX ix_outbox_message_person_id ON outbox_message (person_id);
CREATE INDEX ix_outbox_message_state ON outbox_message (state);
CREATE INDEX ix_outbox_message_not_before ON outbox_message (not_before);
CREATE INDEX ix_outbox_message_subject ON outbox_message (subject);
CREATE INDEX ix_outbox_message_reporter_id ON outbox_message (reporter_id);
CREATE INDEX ix_report_request_unit_id ON report_request (unit_id);
CREATE INDEX ix_summary_unit_id ON summary (unit_id);
CREATE INDEX ix_summary_state ON summary (state);
CREATE INDEX ix_summary_correction_summary_id ON summary_correction (summary_id);
CREATE INDEX ix_summary_proposal_summary_id ON summary_proposal (summary_id);
CREATE INDEX ix_summary_section_summary_id ON summary_section (summary_id);
CREATE INDEX ix_summary_version_summary_id ON summary_version (summary_id);
CREATE INDEX ix_unit_folded ON unit (folded);
CREATE INDEX ix_unit_parent_id ON unit (parent_id);
CREATE INDEX ix_unit_path ON unit (path);
CREATE INDEX ix_unit_officer_id ON unit (officer_id);
CREATE INDEX ix_visit_week ON visit (week);
CREATE INDEX ix_visit_remind_at ON visit (remind_at);
CREATE INDEX ix_visit_event_visit_id ON visit_event (visit_id);
CREATE INDEX ix_outbox_message_given_up_on ON outbox_message (given_up_on);
CREATE INDEX ix_person_address_person_id ON person_address (person_id);
CREATE INDEX ix_person_folded ON person (folded);
CREATE INDEX ix_inbox_update_received_at ON inbox_update (received_at);
CREATE INDEX ix_inbox_update_answered_at ON inbox_update (answered_at);
CREATE INDEX ix_stored_file_retry_at ON stored_file (retry_at);
CREATE INDEX ix_stored_file_sha256 ON stored_file (sha256);
CREATE INDEX ix_draft_owner ON draft (owner);
CREATE INDEX ix_draft_updated_at ON draft (updated_at);
CREATE INDEX ix_promise_visit_id ON promise (visit_id);
CREATE INDEX ix_promise_site_id ON promise (site_id);
CREATE INDEX ix_promise_officer_id ON promise (officer_id);
CREATE INDEX ix_promise_remind_at ON promise (remind_at);
CREATE INDEX ix_suggested_figures_site_id ON suggested_figures (site_id);
CREATE INDEX ix_suggested_figures_state ON suggested_figures (state);
CREATE INDEX ix_suggested_figures_visit_id ON suggested_figures (visit_id);
CREATE INDEX ix_alert_key ON alert ("key");
CREATE INDEX ix_alert_site_id ON alert (site_id);
CREATE INDEX ix_alert_unit_id ON alert (unit_id);
CREATE INDEX ix_alert_remind_at ON alert (remind_at);
CREATE INDEX ix_quick_report_alert_id ON quick_report (alert_id);
CREATE INDEX ix_case_category ON "case" (category);
CREATE INDEX ix_case_status ON "case" (status);
CREATE INDEX ix_case_reporter_id ON "case" (reporter_id);
CREATE INDEX ix_case_assignee_id ON "case" (assignee_id);
CREATE INDEX ix_case_unit_id ON "case" (unit_id);
CREATE INDEX ix_case_merged_into ON "case" (merged_into);
CREATE INDEX ix_case_created_at ON "case" (created_at);
CREATE INDEX ix_case_remind_at ON "case" (remind_at);
CREATE INDEX ix_case_report_id ON "case" (report_id);
CREATE INDEX ix_case_closed_at ON "case" (closed_at);
CREATE INDEX ix_case_settle_by ON "case" (settle_by);
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('case_event',12);
INSERT INTO "sqlite_sequence" VALUES('cluster',1);
INSERT INTO "sqlite_sequence" VALUES('identity_view',0);
INSERT INTO "sqlite_sequence" VALUES('invitation',0);
INSERT INTO "sqlite_sequence" VALUES('leave',0);
INSERT INTO "sqlite_sequence" VALUES('membership',13);
INSERT INTO "sqlite_sequence" VALUES('obligation',3);
INSERT INTO "sqlite_sequence" VALUES('outbox_message',64);
INSERT INTO "sqlite_sequence" VALUES('report_request',0);
INSERT INTO "sqlite_sequence" VALUES('summary',0);
INSERT INTO "sqlite_sequence" VALUES('summary_correction',0);
INSERT INTO "sqlite_sequence" VALUES('summary_proposal',0);
INSERT INTO "sqlite_sequence" VALUES('summary_section',0);
INSERT INTO "sqlite_sequence" VALUES('summary_version',0);
INSERT INTO "sqlite_sequence" VALUES('unit',29);
INSERT INTO "sqlite_sequence" VALUES('visit',36);
INSERT INTO "sqlite_sequence" VALUES('visit_event',72);
INSERT INTO "sqlite_sequence" VALUES('visit_report',32);
INSERT INTO "sqlite_sequence" VALUES('person',13);
INSERT INTO "sqlite_sequence" VALUES('stored_file',0);
INSERT INTO "sqlite_sequence" VALUES('draft',0);
INSERT INTO "sqlite_sequence" VALUES('alert',2);
INSERT INTO "sqlite_sequence" VALUES('quick_report',0);
INSERT INTO "sqlite_sequence" VALUES('case',7);
COMMIT;
