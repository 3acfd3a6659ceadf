BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0015');
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
	CONSTRAINT fk_alert_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_alert_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_alert_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_alert_home_id_unit FOREIGN KEY(home_id) REFERENCES unit (id), 
	CONSTRAINT fk_alert_report_id_visit_report FOREIGN KEY(report_id) REFERENCES visit_report (id), 
	CONSTRAINT fk_alert_raised_by_person FOREIGN KEY(raised_by) REFERENCES person (id), 
	CONSTRAINT fk_alert_wrong_by_person FOREIGN KEY(wrong_by) REFERENCES person (id)
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
	CONSTRAINT fk_case_about_id_person FOREIGN KEY(about_id) REFERENCES person (id), 
	CONSTRAINT fk_case_report_id_visit_report FOREIGN KEY(report_id) REFERENCES visit_report (id), 
	CONSTRAINT fk_case_home_id_unit FOREIGN KEY(home_id) REFERENCES unit (id), 
	CONSTRAINT fk_case_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id), 
	CONSTRAINT fk_case_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_case_reporter_id_reporter FOREIGN KEY(reporter_id) REFERENCES reporter (id), 
	CONSTRAINT fk_case_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT uq_case_code UNIQUE (code), 
	CONSTRAINT fk_case_assignee_id_person FOREIGN KEY(assignee_id) REFERENCES person (id), 
	CONSTRAINT fk_case_merged_into_case FOREIGN KEY(merged_into) REFERENCES "case" (id), 
	CONSTRAINT fk_case_passed_up_by_unit FOREIGN KEY(passed_up_by) REFERENCES unit (id)
);
INSERT INTO "case" VALUES(1,'N7N6X-R4PWK','proposal','ATVSLD','normal','received',20,'',12,12,NULL,NULL,4,4,NULL,1,NULL,'Đề nghị cấp ủng, găng tay ba tháng một lần.','de nghi cap ung gang tay ba thang mot lan','','',NULL,'2026-11-13 08:21:00.000000',NULL,'2026-12-07 08:21:00.000000','2026-11-17 08:21:00.000000','[]','2026-11-13 08:21:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'{}',NULL);
INSERT INTO "case" VALUES(2,'H3RMN-HAAHH','proposal','GIO_LAM','normal','received',27,'',22,22,NULL,NULL,5,5,NULL,1,NULL,'Đề nghị công khai bảng chấm công làm thêm giờ hằng tuần.','de nghi cong khai bang cham cong lam them gio hang tuan','','',NULL,'2026-11-10 08:28:00.000000',NULL,'2026-12-02 08:28:00.000000','2026-11-12 08:28:00.000000','[]','2026-11-10 08:28:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'{}',NULL);
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
	CONSTRAINT fk_case_event_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_case_event_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id)
);
INSERT INTO "case_event" VALUES(1,1,'2026-11-13 08:21:00.000000','person',4,'received','',0,'{}');
INSERT INTO "case_event" VALUES(2,2,'2026-11-10 08:28:00.000000','person',5,'received','',0,'{}');
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
	channel VARCHAR(16) NOT NULL, 
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
	CONSTRAINT uq_invitation_code_hash UNIQUE (code_hash), 
	CONSTRAINT fk_invitation_created_by_person FOREIGN KEY(created_by) REFERENCES person (id), 
	CONSTRAINT fk_invitation_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_invitation_used_by_person FOREIGN KEY(used_by) REFERENCES person (id), 
	CONSTRAINT fk_invitation_cluster_id_cluster FOREIGN KEY(cluster_id) REFERENCES cluster (id)
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
	CONSTRAINT fk_letterhead_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_letterhead_changed_by_person FOREIGN KEY(changed_by) REFERENCES person (id)
);
CREATE TABLE "membership" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	unit_id INTEGER, 
	cluster_id INTEGER, 
	ended_at DATETIME, 
	CONSTRAINT fk_membership_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_membership_cluster_id_cluster FOREIGN KEY(cluster_id) REFERENCES cluster (id), 
	CONSTRAINT fk_membership_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
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
	CONSTRAINT fk_obligation_request_id_report_request FOREIGN KEY(request_id) REFERENCES report_request (id), 
	CONSTRAINT fk_obligation_to_unit_id_unit FOREIGN KEY(to_unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_obligation_excused_by_person FOREIGN KEY(excused_by) REFERENCES person (id), 
	CONSTRAINT fk_obligation_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT uq_obligation_key UNIQUE ("key")
);
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
	error VARCHAR(100) NOT NULL, retry_at DATETIME, given_up_on DATE, 
	CONSTRAINT fk_outbox_message_reporter_id_reporter FOREIGN KEY(reporter_id) REFERENCES reporter (id), 
	CONSTRAINT fk_outbox_message_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT uq_outbox_message_dedupe_key UNIQUE (dedupe_key)
);
INSERT INTO "outbox_message" VALUES(1,'monday:2026-W46:1',1,NULL,'',2,'Kính gửi đồng chí <b>Nguyễn Thị Thu An</b>: tuần 46 (09–15/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Giày Tân Lúa</b>
Lô KCN-03, tỉnh Cửu Long
da giày · 2.300 lao động · 1.980 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 989
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; tiềm ẩn phức tạp về quan hệ lao động.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:1:5"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:1"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:1"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:1:5"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:1:5"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL);
INSERT INTO "outbox_message" VALUES(2,'monday:2026-W46:2',2,NULL,'',2,'Kính gửi đồng chí <b>Trần Quốc Bình</b>: tuần 46 (09–15/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Cơ khí Ba Nhịp</b>
Lô KCN-07, tỉnh Cửu Long
cơ khí · 96 lao động · 60 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 860
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; năm gần nhất xếp loại không hoàn thành nhiệm vụ.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:2:9"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:2"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:2"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:2:9"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:2:9"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL);
INSERT INTO "outbox_message" VALUES(3,'monday:2026-W46:3',3,NULL,'',2,'Kính gửi đồng chí <b>Lê Thị Kim Cúc</b>: tuần 46 (09–15/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Xây dựng Phú Lộc</b>
Lô LH-03, tỉnh Cửu Long
xây dựng · 175 lao động · 92 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 305
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; tiềm ẩn phức tạp về quan hệ lao động.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:3:15"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:3"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:3"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:3:15"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:3:15"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL);
INSERT INTO "outbox_message" VALUES(4,'monday:2026-W46:4',4,NULL,'',2,'Kính gửi đồng chí <b>Phan Minh Đạt</b>: tuần 46 (09–15/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Nông sản sấy Út Mười</b>
Lô LH-08, tỉnh Cửu Long
nông sản · 67 lao động
Liên hệ: Phòng nhân sự · 0296 000 753
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; 67 lao động, chưa thành lập CĐCS.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:4:20"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:4"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:4"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:4:20"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:4:20"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL);
INSERT INTO "outbox_message" VALUES(5,'monday:2026-W46:5',5,NULL,'',2,'Kính gửi đồng chí <b>Đỗ Hải Yến</b>: tuần 46 (09–15/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Resort Cát Trắng</b>
Lô HS-05, tỉnh Cửu Long
khách sạn · 265 lao động · 190 đoàn viên
Liên hệ: Văn phòng công đoàn · 0296 000 882
<i>Lý do:</i> đến lượt theo kế hoạch luân phiên; chưa có lượt đi cơ sở nào được ghi nhận; năm gần nhất xếp loại không hoàn thành nhiệm vụ.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:5:27"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:5"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:5"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:5:27"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:5:27"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL);
INSERT INTO "outbox_message" VALUES(6,'monday:2026-W46:6',6,NULL,'',2,'Kính gửi đồng chí <b>Ngô Gia Huy</b>: tuần 46 (09–15/11), đồng chí được phân công đi cơ sở tại:

📍 <b>Điện tử Vi Na Sun</b>
Lô KCN-09, tỉnh Cửu Long
điện tử · 540 lao động
Liên hệ: Phòng nhân sự · 0296 000 011
<i>Lý do:</i> chưa có lượt đi cơ sở nào được ghi nhận; 540 lao động, chưa thành lập CĐCS.','[[["\ud83d\udc4d Nh\u1eadn", "visit:confirm:6:11"], ["\ud83d\udcc5 H\u1eb9n ng\u00e0y", "visit:day:6"]], [["\ud83d\udcdd B\u00e1o c\u00e1o", "report:start:6"]], [["\ud83d\udd04 Xin \u0111\u1ed5i", "visit:swap:6:11"], ["\ud83d\udeab Kh\u00f4ng \u0111i \u0111\u01b0\u1ee3c", "visit:excuse:6:11"]]]','cancelled','2026-11-09 00:00:00.000000','2026-11-09 00:00:00.000000',0,NULL,'',NULL,NULL);
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
INSERT INTO "person" VALUES(1,'Nguyễn Thị Thu An','nguyen thi thu an','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(2,'Trần Quốc Bình','tran quoc binh','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(3,'Lê Thị Kim Cúc','le thi kim cuc','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(4,'Phan Minh Đạt','phan minh dat','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(5,'Đỗ Hải Yến','do hai yen','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(6,'Ngô Gia Huy','ngo gia huy','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(7,'Phạm Tiến Dũng','pham tien dung','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(8,'Võ Thanh Giang','vo thanh giang','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(9,'Huỳnh Đăng Khoa','huynh dang khoa','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(10,'Huỳnh Thị Mỹ Hạnh','huynh thi my hanh','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(11,'Tô Văn Lành','to van lanh','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(12,'Đặng Thu Hà','dang thu ha','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
INSERT INTO "person" VALUES(13,'Bùi Ngọc Mai','bui ngoc mai','',NULL,'2026-04-19 17:00:00.000000',NULL,NULL);
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
	CONSTRAINT fk_report_request_asked_by_person FOREIGN KEY(asked_by) REFERENCES person (id), 
	CONSTRAINT fk_report_request_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
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
INSERT INTO "report_topic" VALUES(1,'safety',1,'Xưởng nóng, quạt hỏng.');
INSERT INTO "report_topic" VALUES(2,'jobs',0,'');
INSERT INTO "report_topic" VALUES(2,'insurance',0,'');
INSERT INTO "report_topic" VALUES(3,'jobs',0,'');
INSERT INTO "report_topic" VALUES(3,'insurance',0,'');
INSERT INTO "report_topic" VALUES(3,'democracy',1,'Chưa tổ chức hội nghị người lao động năm nay.');
INSERT INTO "report_topic" VALUES(4,'jobs',0,'');
INSERT INTO "report_topic" VALUES(4,'insurance',0,'');
INSERT INTO "report_topic" VALUES(4,'safety',1,'Ủng, găng tay cấp chưa đủ so với thực tế hao mòn.');
INSERT INTO "report_topic" VALUES(5,'jobs',0,'');
INSERT INTO "report_topic" VALUES(5,'insurance',0,'');
INSERT INTO "report_topic" VALUES(5,'wages',1,'Tiền làm thêm ngày lễ chưa ghi rõ trên phiếu lương.');
INSERT INTO "report_topic" VALUES(6,'jobs',0,'');
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
INSERT INTO "schedule_mark" VALUES('assign_week','2026-11-15 17:00:00.000000');
INSERT INTO "schedule_mark" VALUES('digest','2026-11-15 17:00:00.000000');
INSERT INTO "schedule_mark" VALUES('upkeep','2026-11-15 17:00:00.000000');
INSERT INTO "schedule_mark" VALUES('obligations','2026-11-15 17:00:00.000000');
CREATE TABLE sent_form (
	receipt VARCHAR(64) NOT NULL, 
	who VARCHAR(20) NOT NULL, 
	sent_on DATE NOT NULL, 
	CONSTRAINT pk_sent_form PRIMARY KEY (receipt)
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
	CONSTRAINT fk_summary_correction_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_summary_correction_summary_id_summary FOREIGN KEY(summary_id) REFERENCES summary (id)
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
	CONSTRAINT fk_summary_proposal_summary_id_summary FOREIGN KEY(summary_id) REFERENCES summary (id), 
	CONSTRAINT fk_summary_proposal_author_id_person FOREIGN KEY(author_id) REFERENCES person (id)
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
	CONSTRAINT fk_summary_section_summary_id_summary FOREIGN KEY(summary_id) REFERENCES summary (id), 
	CONSTRAINT uq_summary_section_summary_id_section_revision UNIQUE (summary_id, section, revision), 
	CONSTRAINT fk_summary_section_author_id_person FOREIGN KEY(author_id) REFERENCES person (id)
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
	CONSTRAINT uq_summary_version_summary_id_number UNIQUE (summary_id, number), 
	CONSTRAINT fk_summary_version_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id), 
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
	CONSTRAINT fk_unit_parent_id_unit FOREIGN KEY(parent_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_successor_id_unit FOREIGN KEY(successor_id) REFERENCES unit (id), 
	CONSTRAINT uq_unit_code UNIQUE (code)
);
INSERT INTO "unit" VALUES(1,'TINH','LĐLĐ tỉnh Cửu Long','ldld tinh cuu long','federation','',NULL,'/1/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(2,'KCN','CĐ các KCN tỉnh','cd cac kcn tinh','upper','',1,'/1/2/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(3,'KCN-01','May Sen Vàng','may sen vang','site_union','',2,'/1/2/3/','may','Lô KCN-01, tỉnh Cửu Long',NULL,NULL,1850,1480,1790,'Văn phòng công đoàn','0296 000 785',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(4,'KCN-02','Thủy sản Sông Lành','thuy san song lanh','site_union','',2,'/1/2/4/','chế biến cá','Lô KCN-02, tỉnh Cửu Long',NULL,NULL,1240,810,1105,'Văn phòng công đoàn','0296 000 523',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(5,'KCN-03','Giày Tân Lúa','giay tan lua','site_union','',2,'/1/2/5/','da giày','Lô KCN-03, tỉnh Cửu Long',NULL,NULL,2300,1900,1980,'Văn phòng công đoàn','0296 000 989',1,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(6,'KCN-04','Bao bì Ánh Mai','bao bi anh mai','site_union','',2,'/1/2/6/','bao bì','Lô KCN-04, tỉnh Cửu Long',NULL,NULL,310,140,296,'Văn phòng công đoàn','0296 000 798',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(7,'KCN-05','Gạo Đồng Xanh Việt','gao dong xanh viet','site_union','',2,'/1/2/7/','xay xát','Lô KCN-05, tỉnh Cửu Long',NULL,NULL,185,40,180,'Văn phòng công đoàn','0296 000 560',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(8,'KCN-06','Thức ăn chăn nuôi Hòa Điền','thuc an chan nuoi hoa dien','site_union','',2,'/1/2/8/','thức ăn chăn nuôi','Lô KCN-06, tỉnh Cửu Long',NULL,NULL,220,60,168,'Văn phòng công đoàn','0296 000 554',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(9,'KCN-07','Cơ khí Ba Nhịp','co khi ba nhip','site_union','',2,'/1/2/9/','cơ khí','Lô KCN-07, tỉnh Cửu Long',NULL,NULL,96,9,60,'Văn phòng công đoàn','0296 000 860',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(10,'KCN-08','Gỗ Minh Thới','go minh thoi','enterprise','',2,'/1/2/10/','gỗ','Lô KCN-08, tỉnh Cửu Long',NULL,NULL,132,35,0,'Phòng nhân sự','0296 000 821',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(11,'KCN-09','Điện tử Vi Na Sun','dien tu vi na sun','enterprise','',2,'/1/2/11/','điện tử','Lô KCN-09, tỉnh Cửu Long',NULL,NULL,540,420,0,'Phòng nhân sự','0296 000 011',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(12,'LH','CĐ phường Long Hòa','cd phuong long hoa','upper','',1,'/1/12/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(13,'LH-01','Siêu thị Bến Quê','sieu thi ben que','site_union','',12,'/1/12/13/','bán lẻ','Lô LH-01, tỉnh Cửu Long',NULL,NULL,140,92,138,'Văn phòng công đoàn','0296 000 189',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(14,'LH-02','Cấp nước Miền Lúa','cap nuoc mien lua','site_union','',12,'/1/12/14/','cấp nước','Lô LH-02, tỉnh Cửu Long',NULL,NULL,205,48,205,'Văn phòng công đoàn','0296 000 471',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(15,'LH-03','Xây dựng Phú Lộc','xay dung phu loc','site_union','',12,'/1/12/15/','xây dựng','Lô LH-03, tỉnh Cửu Long',NULL,NULL,175,12,92,'Văn phòng công đoàn','0296 000 305',1,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(16,'LH-04','Mầm non Hoa Súng','mam non hoa sung','site_union','',12,'/1/12/16/','giáo dục','Lô LH-04, tỉnh Cửu Long',NULL,NULL,42,41,40,'Văn phòng công đoàn','0296 000 714',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(17,'LH-05','Vận tải Nam Giang','van tai nam giang','site_union','',12,'/1/12/17/','vận tải','Lô LH-05, tỉnh Cửu Long',NULL,NULL,118,14,101,'Văn phòng công đoàn','0296 000 812',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(18,'LH-06','Phòng khám Tâm Đức','phong kham tam duc','site_union','',12,'/1/12/18/','y tế','Lô LH-06, tỉnh Cửu Long',NULL,NULL,64,45,64,'Văn phòng công đoàn','0296 000 846',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(19,'LH-07','In Sao Khuê','in sao khue','site_union','',12,'/1/12/19/','in','Lô LH-07, tỉnh Cửu Long',NULL,NULL,58,20,51,'Văn phòng công đoàn','0296 000 712',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(20,'LH-08','Nông sản sấy Út Mười','nong san say ut muoi','enterprise','',12,'/1/12/20/','nông sản','Lô LH-08, tỉnh Cửu Long',NULL,NULL,67,40,0,'Phòng nhân sự','0296 000 753',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(21,'LH-09','Nhà hàng Sông Trăng','nha hang song trang','enterprise','',12,'/1/12/21/','nhà hàng','Lô LH-09, tỉnh Cửu Long',NULL,NULL,38,22,0,'Phòng nhân sự','0296 000 719',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(22,'HS','CĐ đặc khu Hòn Sao','cd dac khu hon sao','upper','',1,'/1/22/','','',NULL,NULL,0,0,0,'','',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(23,'HS-01','Khách sạn Biển Ngọc','khach san bien ngoc','site_union','',22,'/1/22/23/','khách sạn','Lô HS-01, tỉnh Cửu Long',NULL,NULL,420,250,398,'Văn phòng công đoàn','0296 000 051',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(24,'HS-02','Nước mắm Ông Tư','nuoc mam ong tu','site_union','',22,'/1/22/24/','nước mắm','Lô HS-02, tỉnh Cửu Long',NULL,NULL,88,50,80,'Văn phòng công đoàn','0296 000 825',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(25,'HS-03','Tàu cao tốc Sóng Xanh','tau cao toc song xanh','site_union','',22,'/1/22/25/','vận tải biển','Lô HS-03, tỉnh Cửu Long',NULL,NULL,150,31,149,'Văn phòng công đoàn','0296 000 191',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(26,'HS-04','Nghiệp đoàn bốc xếp Bãi Trước','nghiep doan boc xep bai truoc','site_union','',22,'/1/22/26/','bốc xếp','Lô HS-04, tỉnh Cửu Long',NULL,NULL,73,2,73,'Văn phòng công đoàn','0296 000 788',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(27,'HS-05','Resort Cát Trắng','resort cat trang','site_union','',22,'/1/22/27/','khách sạn','Lô HS-05, tỉnh Cửu Long',NULL,NULL,265,160,190,'Văn phòng công đoàn','0296 000 882',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(28,'HS-06','Nuôi biển Hải Long','nuoi bien hai long','site_union','',22,'/1/22/28/','nuôi biển','Lô HS-06, tỉnh Cửu Long',NULL,NULL,54,8,47,'Văn phòng công đoàn','0296 000 624',0,NULL,'2026-04-20',NULL,NULL,NULL);
INSERT INTO "unit" VALUES(29,'HS-07','Kho lạnh Cửu Bình','kho lanh cuu binh','enterprise','',22,'/1/22/29/','kho lạnh','Lô HS-07, tỉnh Cửu Long',NULL,NULL,29,10,0,'Phòng nhân sự','0296 000 358',0,NULL,'2026-04-20',NULL,NULL,NULL);
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
INSERT INTO "vault_key" VALUES('2e8f2256',X'2E8F22563BE30A60C2465B0C58C3D88D866451978457A6CBEABEE898DF7F5357F3CB18AA6D1B6C','2026-11-15 17:00:00.000000');
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
	reminded JSON NOT NULL, made_by_id INTEGER, by_leader BOOLEAN, 
	CONSTRAINT fk_visit_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT uq_visit_key UNIQUE ("key"), 
	CONSTRAINT fk_visit_officer_id_person FOREIGN KEY(officer_id) REFERENCES person (id), 
	CONSTRAINT fk_visit_site_id_unit FOREIGN KEY(site_id) REFERENCES unit (id)
);
INSERT INTO "visit" VALUES(1,'2026-W46:1:5','2026-11-09',5,2,1,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["sensitive", null], ["many_workers", 2300], ["weak_rating", "HT"]]','','','2026-11-09 00:00:00.000000','2026-11-10 08:00:00.000000',0,NULL,'[]',NULL,0);
INSERT INTO "visit" VALUES(2,'2026-W46:2:9','2026-11-09',9,2,2,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "KHT"]]','','','2026-11-09 00:00:00.000000','2026-11-11 08:07:00.000000',0,NULL,'[]',NULL,0);
INSERT INTO "visit" VALUES(3,'2026-W46:3:15','2026-11-09',15,12,3,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["sensitive", null], ["weak_rating", "KHT"], ["many_workers", 175]]','','','2026-11-09 00:00:00.000000','2026-11-12 08:14:00.000000',0,NULL,'[]',NULL,0);
INSERT INTO "visit" VALUES(4,'2026-W46:4:20','2026-11-09',20,12,4,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["no_union", 67]]','','','2026-11-09 00:00:00.000000','2026-11-13 08:21:00.000000',0,NULL,'[]',NULL,0);
INSERT INTO "visit" VALUES(5,'2026-W46:5:27','2026-11-09',27,22,5,'reported','assigned',NULL,NULL,'[["turn", null], ["never_visited", null], ["weak_rating", "KHT"], ["many_workers", 265]]','','','2026-11-09 00:00:00.000000','2026-11-10 08:28:00.000000',0,NULL,'[]',NULL,0);
INSERT INTO "visit" VALUES(6,'2026-W46:6:11','2026-11-09',11,2,6,'reported','assigned',NULL,NULL,'[["never_visited", null], ["no_union", 540], ["many_workers", 540]]','','','2026-11-09 00:00:00.000000','2026-11-11 08:35:00.000000',0,NULL,'[]',1,0);
CREATE TABLE "visit_event" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	visit_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id INTEGER, 
	what VARCHAR(40) NOT NULL, 
	words VARCHAR(500) NOT NULL, 
	CONSTRAINT fk_visit_event_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id), 
	CONSTRAINT fk_visit_event_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id)
);
INSERT INTO "visit_event" VALUES(1,1,'2026-11-09 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(2,2,'2026-11-09 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(3,3,'2026-11-09 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(4,4,'2026-11-09 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(5,5,'2026-11-09 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(6,6,'2026-11-09 00:00:00.000000',NULL,'assigned','');
INSERT INTO "visit_event" VALUES(7,1,'2026-11-10 08:00:00.000000',1,'reported','');
INSERT INTO "visit_event" VALUES(8,2,'2026-11-11 08:07:00.000000',2,'reported','');
INSERT INTO "visit_event" VALUES(9,3,'2026-11-12 08:14:00.000000',3,'reported','');
INSERT INTO "visit_event" VALUES(10,4,'2026-11-13 08:21:00.000000',4,'reported','');
INSERT INTO "visit_event" VALUES(11,5,'2026-11-10 08:28:00.000000',5,'reported','');
INSERT INTO "visit_event" VALUES(12,6,'2026-11-11 08:35:00.000000',6,'reported','');
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
	flags JSON NOT NULL, arrears_state VARCHAR(32), 
	CONSTRAINT fk_visit_report_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id), 
	CONSTRAINT fk_visit_report_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT uq_visit_report_visit_id_version UNIQUE (visit_id, version)
);
INSERT INTO "visit_report" VALUES(1,1,1,1,1,'2026-11-10 08:00:00.000000','2026-11-10','unplanned',15,'Gặp tổ sản xuất giờ nghỉ trưa. Bữa ăn ca đủ, nhưng xưởng nóng vào buổi chiều, quạt thông gió hỏng ba cái chưa thay.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL);
INSERT INTO "visit_report" VALUES(2,2,1,1,2,'2026-11-11 08:07:00.000000','2026-11-11','dialogue',20,'Tham gia đối thoại định kỳ quý IV. Đơn vị đồng ý tăng tiền ăn ca thêm 3.000 đồng từ tháng sau, ghi vào biên bản.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL);
INSERT INTO "visit_report" VALUES(3,3,1,1,3,'2026-11-12 08:14:00.000000','2026-11-12','committee',9,'Xem sổ thu chi kinh phí, hướng dẫn lập dự toán năm sau. BCH mới còn lúng túng về quy chế dân chủ, hẹn buổi sau làm mẫu cùng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL);
INSERT INTO "visit_report" VALUES(4,4,1,1,4,'2026-11-13 08:21:00.000000','2026-11-13','unplanned',14,'Xem khu sơ chế và kho. Công nhân đứng lâu trong môi trường ẩm, lạnh, ủng và găng tay cấp sáu tháng một lần nên mau hỏng.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL);
INSERT INTO "visit_report" VALUES(5,5,1,1,5,'2026-11-10 08:28:00.000000','2026-11-10','unplanned',9,'Gặp bộ phận buồng phòng và bếp cuối ca sáng. Mùa cao điểm tăng ca nhiều, anh em muốn được báo lịch trước ít nhất ba ngày.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL);
INSERT INTO "visit_report" VALUES(6,6,1,1,6,'2026-11-11 08:35:00.000000','2026-11-11','survey',8,'Làm việc với giám đốc về thành lập công đoàn, doanh nghiệp đồng ý cho khảo sát nguyện vọng người lao động trong tháng này.','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,'','','[]',NULL,NULL,'[]',NULL);
CREATE TABLE week_plan (
	week DATE NOT NULL, 
	planned_at DATETIME NOT NULL, 
	skipped BOOLEAN NOT NULL, 
	CONSTRAINT pk_week_plan PRIMARY KEY (week)
);
INSERT INTO "week_plan" VALUES('2026-11-09','2026-11-09 00:00:00.000000',0);
CREATE INDEX ix_case_event_case_id ON case_event (case_id);
CREATE INDEX ix_identity_view_case_id ON identity_view (case_id);
CREATE INDEX ix_leave_person_id ON leave (person_id);
CREATE INDEX ix_membership_person_id ON membership (person_id);
CREATE INDEX ix_membership_cluster_id ON membership (cluster_id);
CREATE INDEX ix_membership_unit_id ON membership (unit_id);
CREATE INDEX ix_obligation_request_id ON obligation (request_id);
CREATE INDEX ix_obligation_group ON obligation ("group");
CREATE INDEX ix_obligation_unit_id ON obligation (unit_id);
CREATE INDEX ix_obligation_remind_at ON obligation (remind_at);
CREATE INDEX ix_obligation_to_unit_id ON obligation (to_unit_id);
CREATE INDEX ix_obligation_due_before ON obligation (due_before);
CREATE INDEX ix_outbox_message_person_id ON outbox_message (person_id);
CREATE INDEX ix_outbox_message_state ON outbox_message (state);
CREATE INDEX ix_outbox_message_subject ON outbox_message (subject);
CREATE INDEX ix_outbox_message_reporter_id ON outbox_message (reporter_id);
CREATE INDEX ix_outbox_message_not_before ON outbox_message (not_before);
CREATE INDEX ix_report_request_unit_id ON report_request (unit_id);
CREATE INDEX ix_summary_unit_id ON summary (unit_id);
CREATE INDEX ix_summary_state ON summary (state);
CREATE INDEX ix_summary_correction_summary_id ON summary_correction (summary_id);
CREATE INDEX ix_summary_correction_latest ON summary_correction (latest);
CREATE INDEX ix_summary_proposal_summary_id ON summary_proposal (summary_id);
CREATE INDEX ix_summary_section_latest ON summary_section (latest);
CREATE INDEX ix_summary_section_summary_id ON summary_section (summary_id);
CREATE INDEX ix_summary_version_summary_id ON summary_version (summary_id);
CREATE INDEX ix_unit_folded ON unit (folded);
CREATE INDEX ix_unit_path ON unit (path);
CREATE INDEX ix_unit_officer_id ON unit (officer_id);
CREATE INDEX ix_unit_parent_id ON unit (parent_id);
CREATE INDEX ix_visit_officer_id ON visit (officer_id);
CREATE INDEX ix_visit_unit_id ON visit (unit_id);
CREATE INDEX ix_visit_week ON visit (week);
CREATE INDEX ix_visit_remind_at ON visit (remind_at);
CREATE INDEX ix_visit_site_id ON visit (site_id);
CREATE INDEX ix_visit_event_visit_id ON visit_event (visit_id);
CREATE INDEX ix_visit_report_latest ON visit_report (latest);
CREATE INDEX ix_visit_report_visit_id ON visit_report (visit_id);
CREATE INDEX ix_visit_report_author_id ON visit_report (author_id);
CREATE INDEX ix_outbox_message_given_up_on ON outbox_message (given_up_on);
CREATE INDEX ix_person_address_person_id ON person_address (person_id);
CREATE INDEX ix_person_folded ON person (folded);
CREATE INDEX ix_inbox_update_received_at ON inbox_update (received_at);
CREATE INDEX ix_inbox_update_answered_at ON inbox_update (answered_at);
CREATE INDEX ix_stored_file_sha256 ON stored_file (sha256);
CREATE INDEX ix_stored_file_retry_at ON stored_file (retry_at);
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
CREATE INDEX ix_alert_unit_id ON alert (unit_id);
CREATE INDEX ix_alert_site_id ON alert (site_id);
CREATE INDEX ix_alert_remind_at ON alert (remind_at);
CREATE INDEX ix_quick_report_alert_id ON quick_report (alert_id);
CREATE INDEX ix_case_assignee_id ON "case" (assignee_id);
CREATE INDEX ix_case_status ON "case" (status);
CREATE INDEX ix_case_merged_into ON "case" (merged_into);
CREATE INDEX ix_case_report_id ON "case" (report_id);
CREATE INDEX ix_case_site_id ON "case" (site_id);
CREATE INDEX ix_case_unit_id ON "case" (unit_id);
CREATE INDEX ix_case_category ON "case" (category);
CREATE INDEX ix_case_settle_by ON "case" (settle_by);
CREATE INDEX ix_case_created_at ON "case" (created_at);
CREATE INDEX ix_case_home_id ON "case" (home_id);
CREATE INDEX ix_case_closed_at ON "case" (closed_at);
CREATE INDEX ix_case_reporter_id ON "case" (reporter_id);
CREATE INDEX ix_case_remind_at ON "case" (remind_at);
CREATE INDEX ix_case_passed_up_by ON "case" (passed_up_by);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('case_event',2);
INSERT INTO "sqlite_sequence" VALUES('cluster',1);
INSERT INTO "sqlite_sequence" VALUES('identity_view',0);
INSERT INTO "sqlite_sequence" VALUES('invitation',0);
INSERT INTO "sqlite_sequence" VALUES('leave',0);
INSERT INTO "sqlite_sequence" VALUES('membership',13);
INSERT INTO "sqlite_sequence" VALUES('obligation',0);
INSERT INTO "sqlite_sequence" VALUES('outbox_message',6);
INSERT INTO "sqlite_sequence" VALUES('report_request',0);
INSERT INTO "sqlite_sequence" VALUES('summary',0);
INSERT INTO "sqlite_sequence" VALUES('summary_correction',0);
INSERT INTO "sqlite_sequence" VALUES('summary_proposal',0);
INSERT INTO "sqlite_sequence" VALUES('summary_section',0);
INSERT INTO "sqlite_sequence" VALUES('summary_version',0);
INSERT INTO "sqlite_sequence" VALUES('unit',29);
INSERT INTO "sqlite_sequence" VALUES('visit',6);
INSERT INTO "sqlite_sequence" VALUES('visit_event',12);
INSERT INTO "sqlite_sequence" VALUES('visit_report',6);
INSERT INTO "sqlite_sequence" VALUES('person',13);
INSERT INTO "sqlite_sequence" VALUES('stored_file',0);
INSERT INTO "sqlite_sequence" VALUES('draft',0);
INSERT INTO "sqlite_sequence" VALUES('alert',0);
INSERT INTO "sqlite_sequence" VALUES('quick_report',0);
INSERT INTO "sqlite_sequence" VALUES('case',2);
COMMIT;
