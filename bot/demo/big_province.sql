-- The years behind a big province, made out of growth_day: see big_province.py.
-- Both databases divide whole numbers to whole numbers.
INSERT INTO week_plan (week, planned_at, skipped)
SELECT monday, at, 1 = 0 FROM growth_day WHERE n % 7 = 0 AND n < :weeks * 7;

-- Every officer goes to one site a week, in turn.
INSERT INTO visit (id, key, week, site_id, unit_id, officer_id, status, origin, day, reasons,
    excuse, swap_asked, created_at, reported_at, late, reminded)
SELECT w.n / 7 * :officers + o.id, 'growth:' || CAST(w.n / 7 * :officers + o.id AS varchar(20)),
    w.day,
    :first_site + (o.id - 1) / :per_union * :sites + (w.n / 7 * :per_union + o.id) % :sites,
    2 + (o.id - 1) / :per_union, o.id,
    CASE WHEN (w.n * 31 + o.id * 17) % 100 < 88 THEN 'reported'
        WHEN (w.n * 31 + o.id * 17) % 100 < 96 THEN 'missed' ELSE 'excused' END,
    'assigned', d.day, '[]',
    CASE WHEN (w.n * 31 + o.id * 17) % 100 >= 96 THEN 'Họp đột xuất ở tỉnh' ELSE '' END, '', w.at,
    CASE WHEN (w.n * 31 + o.id * 17) % 100 < 88 THEN d.at END,
    (w.n * 31 + o.id * 17) % 100 < 5, '[]'
FROM growth_day w JOIN person o ON o.id <= :officers JOIN growth_day d ON d.n = w.n + o.id % 5
WHERE w.n % 7 = 0 AND w.n < :weeks * 7 ORDER BY w.n, o.id;

INSERT INTO visit_report (id, visit_id, version, latest, author_id, submitted_at, visited_on, kind,
    workers_met, situation, met_union, met_management, aspirations, help_given, headcount, women,
    members, new_members, arrears_state, arrears, commendation, training_needs, agreements, flags)
SELECT id, id, 1, 1 = 1, officer_id, reported_at, day,
    CASE id % 5 WHEN 0 THEN 'committee' WHEN 1 THEN 'propaganda' WHEN 2 THEN 'care'
        WHEN 3 THEN 'dialogue' ELSE 'unplanned' END,
    5 + id % 40, 'Công nhân chuyền may phản ánh định mức tăng, đề nghị công ty đối thoại.',
    'Chủ tịch công đoàn cơ sở', 'Trưởng phòng nhân sự', 'Mong có nhà trẻ gần khu nhà trọ.',
    CASE WHEN id % 10 = 0 THEN 'Hướng dẫn làm lại sổ bảo hiểm' ELSE '' END, 300 + id % 100,
    100 + id % 50, 250 + id % 50, id % 3,
    CASE WHEN id % 50 = 0 THEN 'wages' WHEN id % 71 = 0 THEN 'insurance' ELSE 'none' END,
    CASE WHEN id % 50 = 0 THEN 'Từ tháng trước, khoảng 40 người' ELSE '' END,
    CASE WHEN id % 40 = 0 THEN 'Đề nghị khen tổ 3' ELSE '' END,
    CASE WHEN id % 30 = 0 THEN 'Tập huấn thương lượng' ELSE '' END, '[]', '[]'
FROM visit WHERE status = 'reported' ORDER BY id;

INSERT INTO report_topic (report_id, topic, trouble, words)
SELECT id, 'jobs', id % 9 = 0, CASE WHEN id % 9 = 0 THEN 'Giảm đơn hàng' ELSE '' END
FROM visit_report;
INSERT INTO report_topic (report_id, topic, trouble, words)
SELECT id, 'fees', id % 13 = 0, CASE WHEN id % 13 = 0 THEN 'Chậm trích nộp' ELSE '' END
FROM visit_report;

INSERT INTO visit_event (visit_id, at, what, words)
SELECT id, created_at, 'assigned', '' FROM visit ORDER BY id;
INSERT INTO visit_event (visit_id, at, actor_id, what, words)
SELECT id, reported_at, officer_id, 'reported', '' FROM visit WHERE status = 'reported'
ORDER BY id;
INSERT INTO visit_event (visit_id, at, actor_id, what, words)
SELECT id, created_at, officer_id, 'excused', excuse FROM visit WHERE status = 'excused'
ORDER BY id;

INSERT INTO promise (visit_id, site_id, officer_id, what, who, state, why, created_at, day_set_at,
    closed_at, closed_by, reminded)
SELECT id, site_id, officer_id, 'Công ty trả lời kiến nghị về tiền ăn ca', 'Phòng nhân sự',
    CASE WHEN id > (:weeks - 3) * :officers THEN 'open' ELSE 'done' END, '', reported_at,
    reported_at, CASE WHEN id > (:weeks - 3) * :officers THEN NULL ELSE reported_at END,
    CASE WHEN id > (:weeks - 3) * :officers THEN NULL ELSE officer_id END, '[]'
FROM visit WHERE status = 'reported' AND id % 10 = 3 ORDER BY id;

INSERT INTO stored_file (id, channel, reference, unique_id, kind, name, private, sha256, created_at,
    attempts, interrupted)
SELECT id, 'telegram', 'f' || CAST(id AS varchar(20)), 'u' || CAST(id AS varchar(20)), 'photo', '',
    1 = 0, 'growth' || CAST(id AS varchar(20)), submitted_at, 1, 0
FROM visit_report WHERE id % 4 = 0 ORDER BY id;
INSERT INTO report_file (report_id, file_id) SELECT id, id FROM stored_file;

-- Every second case is a proposal out of a report, the others are workers' concerns. What is older
-- than four weeks is over but for one in fifty of the last twenty weeks, overdue by now.
INSERT INTO "case" (id, code, kind, category, severity, status, site_id, site_words, unit_id,
    home_id, passed_up_by, assignee_id, report_id, author_id, anonymous, affected, text, folded,
    result, agency, created_at, taken_at, settle_by, remind_at, reminded, clock_from, level_since,
    settled_at, closed_at, merged_into, emptied_at, law)
SELECT id, 'PA' || CAST(id AS varchar(14)), kind,
    CASE id % 8 WHEN 0 THEN 'LUONG' WHEN 1 THEN 'BHXH' WHEN 2 THEN 'BUA_AN' WHEN 3 THEN 'GIO_LAM'
        WHEN 4 THEN 'NHA_O' WHEN 5 THEN 'ATVSLD' WHEN 6 THEN 'QUAY_ROI' ELSE 'KHAC' END,
    CASE WHEN id % 20 = 0 THEN 'urgent' ELSE 'normal' END, status, site_id, '',
    CASE WHEN status = 'escalated' THEN 1 ELSE home_id END, home_id,
    CASE WHEN status = 'escalated' THEN home_id END,
    CASE WHEN status = 'received' THEN NULL ELSE officer_id END,
    CASE WHEN kind = 'proposal' THEN report_id END,
    CASE WHEN kind = 'proposal' THEN officer_id END, kind <> 'proposal', 1 + id % 30,
    CASE WHEN emptied THEN '' ELSE 'Công ty chậm trả lương hai tháng, công nhân lo lắng.' END,
    CASE WHEN emptied THEN '' ELSE 'cong ty cham tra luong hai thang, cong nhan lo lang.' END,
    CASE WHEN is_open OR emptied THEN '' ELSE 'Công ty đã trả đủ' END, '', created,
    CASE WHEN status = 'received' THEN NULL ELSE created END, due,
    CASE WHEN is_open THEN reminded END, '[]', created,
    CASE WHEN status = 'escalated' THEN created END, CASE WHEN is_open THEN NULL ELSE settled END,
    CASE WHEN status = 'answered' THEN closed END,
    CASE WHEN status = 'merged' THEN id - :rate END, CASE WHEN emptied THEN closed END, '{}'
FROM (
    SELECT c.*, status IN ('received', 'in_progress', 'escalated', 'referred') AS is_open,
        week < :words_from AND
            status NOT IN ('received', 'in_progress', 'escalated', 'referred') AS emptied
    FROM (
        SELECT w.n / 7 * :rate + k.n + 1 AS id, w.n / 7 AS week,
            CASE WHEN k.n % 2 = 0 AND r.id IS NOT NULL THEN 'proposal' ELSE 'concern' END AS kind,
            CASE
                WHEN (:weeks * 7 - w.n <= 28 AND (w.n * 13 + k.n * 7) % 100 < 20) THEN 'received'
                WHEN (:weeks * 7 - w.n <= 28 AND (w.n * 13 + k.n * 7) % 100 < 40)
                    OR (:weeks * 7 - w.n <= 140 AND (w.n * 13 + k.n * 7) % 50 = 0)
                    THEN 'in_progress'
                WHEN (:weeks * 7 - w.n <= 28 AND (w.n * 13 + k.n * 7) % 100 < 45) THEN 'escalated'
                WHEN (:weeks * 7 - w.n <= 28 AND (w.n * 13 + k.n * 7) % 100 < 48) THEN 'referred'
                WHEN (w.n * 13 + k.n * 7) % 100 < 60 THEN 'settled'
                WHEN (w.n * 13 + k.n * 7) % 100 < 66 THEN 'guided'
                WHEN (w.n * 13 + k.n * 7) % 100 < 68 AND w.n > 0 THEN 'merged'
                ELSE 'answered'
            END AS status,
            v.site_id, v.unit_id AS home_id, v.officer_id, r.id AS report_id, d.at AS created,
            due.at AS due, done.at AS settled, done.at AS closed, next.at AS reminded
        FROM growth_day w
        JOIN growth_day k ON k.n < :rate
        JOIN visit v ON v.id = w.n / 7 * :officers + k.n % :officers + 1
        LEFT JOIN visit_report r ON r.visit_id = v.id
        JOIN growth_day d ON d.n = w.n + k.n % 7
        JOIN growth_day due ON due.n = d.n + 15
        JOIN growth_day done ON done.n = d.n + 12
        JOIN growth_day next ON next.n = :weeks * 7 + 1 + k.n % 20
        WHERE w.n % 7 = 0 AND w.n < :weeks * 7
    ) c
) whole ORDER BY id;

INSERT INTO case_event (case_id, at, "by", actor_id, what, words, internal, data)
SELECT id, created_at, CASE WHEN author_id IS NULL THEN 'reporter' ELSE 'person' END, author_id,
    'received', '', 1 = 0, '{}' FROM "case" ORDER BY id;
INSERT INTO case_event (case_id, at, "by", actor_id, what, words, internal, data)
SELECT id, created_at, 'person', assignee_id, 'take', '', 1 = 0, '{}' FROM "case"
WHERE assignee_id IS NOT NULL ORDER BY id;
INSERT INTO case_event (case_id, at, "by", actor_id, what, words, internal, data)
SELECT id, settled_at, 'person', assignee_id, 'settle',
    CASE WHEN emptied_at IS NULL THEN 'Công ty đã trả đủ' ELSE '' END, 1 = 0, '{}'
FROM "case" WHERE settled_at IS NOT NULL ORDER BY id;

INSERT INTO alert (key, unit_id, site_id, case_id, home_id, at, size, level, words, signs, seen_by,
    over_at)
SELECT 'site:' || CAST(site_id AS varchar(20)), home_id, site_id, id, home_id, created_at, 1,
    'warning', '', '[]', '[]', created_at
FROM "case" WHERE id % 100 = 7 ORDER BY id;

INSERT INTO outbox_message (dedupe_key, person_id, subject, lane, text, rows, state, not_before,
    created_at, attempts, sent_at, error, door, mailbox, opened)
SELECT 'growth:' || CAST(id AS varchar(20)), officer_id, 'visit:' || CAST(id AS varchar(20)), 2,
    'Tuần này đồng chí đi cơ sở.', '[]', 'sent', created_at, created_at, 1, created_at,
    '', '', '', FALSE
FROM visit WHERE id > :messages_from * :officers ORDER BY id;

INSERT INTO inbox_update (channel, update_id, received_at, attempts, done_at, answered_at, failure)
SELECT 'telegram', k.n * 1000 + o.id, d.at, 1, d.at, d.at, ''
FROM growth_day k JOIN person o ON o.id <= :officers JOIN growth_day d ON d.n = :weeks * 7 - 1
WHERE k.n < 12;
