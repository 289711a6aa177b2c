-- Schema 3. Until 1.0 this file is rewritten in place, and each change gives it the next number.
-- Times are milliseconds UTC; days are ISO text in city time; flags are 0 or 1.
-- "sealed" columns hold the envelope of storage/crypto/vault.py. "epoch" is the key a row's seals need: yyyymm, or yyyy for years.
-- Tables found by a keyed tag have no rowid, so that the order of writing does not show.

CREATE TABLE data_key (
    epoch   INTEGER NOT NULL,
    purpose TEXT    NOT NULL,
    wrapped BLOB    NOT NULL,            -- a data key, wrapped by the epoch's key
    PRIMARY KEY (epoch, purpose)
) WITHOUT ROWID;

CREATE TABLE counter (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL                -- the last number given
) WITHOUT ROWID;

CREATE TABLE seen_update (
    bot       BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    hour      BIGINT NOT NULL,           -- rounded down to the hour; forgotten after 48 h
    PRIMARY KEY (bot, update_id)
) WITHOUT ROWID;

CREATE INDEX seen_update_hour ON seen_update (hour);

CREATE TABLE parked_update (
    bot       BIGINT  NOT NULL,
    update_id BIGINT  NOT NULL,
    hour      BIGINT  NOT NULL,          -- rounded down to the hour; dies after 30 days
    tries     INTEGER NOT NULL,          -- how often it failed; 0: it waits for its turn
    reason    TEXT    NOT NULL,          -- an error's class name
    epoch     INTEGER NOT NULL,
    raw       BLOB    NOT NULL,          -- sealed: whose it is, and the whole update
    PRIMARY KEY (bot, update_id)
) WITHOUT ROWID;

CREATE TABLE conversation (
    tag   BLOB    NOT NULL PRIMARY KEY,  -- HMAC(epoch's conversation key, bot id and chat id)
    epoch INTEGER NOT NULL,
    body  BLOB    NOT NULL               -- sealed: chat id, language, draft, own tips, open cards
) WITHOUT ROWID;

CREATE TABLE card_place (
    tag   BLOB    NOT NULL PRIMARY KEY,  -- HMAC(epoch's place key, bot id, chat id and the card's name)
    epoch INTEGER NOT NULL,
    body  BLOB    NOT NULL               -- sealed: message id, hour
) WITHOUT ROWID;

CREATE TABLE trace (
    tag   BLOB    NOT NULL PRIMARY KEY,  -- HMAC(epoch's trace key, bot id, chat id, hour or "own", and a number)
    epoch INTEGER NOT NULL,
    hour  BIGINT,                        -- of a person's message, rounded down to the hour; NULL: the bot's own
    body  BLOB    NOT NULL               -- sealed: message id, hour
) WITHOUT ROWID;

CREATE INDEX trace_hour ON trace (hour) WHERE hour IS NOT NULL;

CREATE TABLE unit (
    code     TEXT     NOT NULL PRIMARY KEY,
    parent   TEXT,
    old_city SMALLINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE unit_above (
    above TEXT NOT NULL,                 -- the unit itself counts as above itself
    code  TEXT NOT NULL,
    PRIMARY KEY (above, code)
) WITHOUT ROWID;

CREATE TABLE tip (
    number    INTEGER  NOT NULL PRIMARY KEY,
    unit      TEXT     NOT NULL,         -- of the place; the inspectorate, for its tips: their place is sealed with the words
    held_by   TEXT     NOT NULL,         -- the unit whose work it is
    category  TEXT     NOT NULL,
    urgent    SMALLINT NOT NULL,
    channel   TEXT     NOT NULL,
    status    TEXT     NOT NULL,
    verdict   TEXT     NOT NULL,
    received  BIGINT   NOT NULL,         -- rounded down to the hour
    claimer   BIGINT,                    -- an officer's number
    closed_on TEXT,
    listed_last SMALLINT NOT NULL,       -- its sender had sent many: at the end of the queue
    version   BIGINT   NOT NULL,
    is_open   SMALLINT NOT NULL,
    urgent_overdue SMALLINT NOT NULL DEFAULT 0, -- nobody opened it in time
    epoch     INTEGER  NOT NULL,
    content   BLOB,                      -- sealed: words, exchanges, the unit a tip about police is about; dies 90 days after closing
    route     BLOB                       -- sealed: the reporter's chat id; dies 7 days after closing
);

CREATE INDEX tip_open ON tip (held_by, urgent DESC, listed_last, received, number) WHERE is_open = 1;
CREATE INDEX tip_place ON tip (unit, held_by, claimer) WHERE is_open = 1;
CREATE INDEX tip_claimed ON tip (claimer) WHERE is_open = 1 AND claimer IS NOT NULL;
CREATE INDEX tip_with_route ON tip (closed_on) WHERE route IS NOT NULL AND is_open = 0;
CREATE INDEX tip_with_content ON tip (closed_on) WHERE content IS NOT NULL AND is_open = 0;

CREATE TABLE receipt (
    hash  BLOB    NOT NULL PRIMARY KEY,  -- HMAC(epoch's receipt key, code): 53 random bits need no slow hash
    epoch INTEGER NOT NULL,
    tip   BIGINT  NOT NULL
) WITHOUT ROWID;

CREATE INDEX receipt_tip ON receipt (tip);

CREATE TABLE case_file (
    number    INTEGER NOT NULL PRIMARY KEY,
    unit      TEXT    NOT NULL,
    opened_on TEXT    NOT NULL,
    key_year  INTEGER NOT NULL           -- the yearly key its source tags are made with
);

CREATE INDEX case_file_unit ON case_file (unit, number);

CREATE TABLE decision (
    number       INTEGER NOT NULL PRIMARY KEY,
    tip          BIGINT  NOT NULL,
    verdict      TEXT    NOT NULL,
    case_number  BIGINT,
    source       BIGINT,                 -- which of the case's reporters, from 1; NULL: nobody knows who
    unit         TEXT    NOT NULL,
    channel      TEXT    NOT NULL,
    category     TEXT    NOT NULL,
    day          TEXT    NOT NULL,
    officer      BIGINT  NOT NULL,
    withdrawn_on TEXT,
    epoch        INTEGER,                -- a year
    evidence     BLOB                    -- sealed under the year: the evidence note; dies after 730 days
);

CREATE UNIQUE INDEX decision_standing ON decision (tip) WHERE withdrawn_on IS NULL;
CREATE INDEX decision_case ON decision (case_number) WHERE case_number IS NOT NULL;
CREATE INDEX decision_withdrawn ON decision (withdrawn_on) WHERE withdrawn_on IS NOT NULL;
CREATE INDEX decision_with_evidence ON decision (day) WHERE evidence IS NOT NULL;

-- Who is which source of a case; gone with the words of the case's last tip, while the decisions keep their numbers.
CREATE TABLE case_source (
    case_number BIGINT  NOT NULL,
    tag         BLOB    NOT NULL,        -- HMAC(year's case key, case and chat id): equal within a case only
    source      BIGINT  NOT NULL,
    PRIMARY KEY (case_number, tag)
) WITHOUT ROWID;

CREATE TABLE outcome (
    number      INTEGER NOT NULL PRIMARY KEY,
    case_number BIGINT  NOT NULL,
    tip         BIGINT  NOT NULL,
    unit        TEXT    NOT NULL,
    day         TEXT    NOT NULL,
    officer     BIGINT  NOT NULL,
    cases       BIGINT  NOT NULL,
    persons     BIGINT  NOT NULL,
    fugitives   BIGINT  NOT NULL
);

CREATE INDEX outcome_case ON outcome (case_number);

CREATE TABLE officer (
    number     INTEGER NOT NULL PRIMARY KEY,
    role       TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    enrolment  TEXT    NOT NULL,
    blocked    SMALLINT NOT NULL,        -- the bot cannot write to them
    inviter    BIGINT,
    revoked_on TEXT,
    epoch      INTEGER NOT NULL,
    tag        BLOB,                     -- HMAC(epoch's officer key, chat id); gone with revocation
    chat       BLOB,                     -- sealed; dies 30 days after revocation
    person     BLOB                      -- sealed: the name they were confirmed under
);

CREATE UNIQUE INDEX officer_tag ON officer (tag) WHERE tag IS NOT NULL;
CREATE INDEX officer_unit ON officer (unit) WHERE enrolment = 'active';

CREATE TABLE invite (
    number  INTEGER  NOT NULL PRIMARY KEY,
    hash    BLOB     NOT NULL UNIQUE,    -- HMAC(epoch's invite key, token)
    epoch   INTEGER  NOT NULL,
    role    TEXT     NOT NULL,
    unit    TEXT     NOT NULL,
    inviter BIGINT,
    expires BIGINT   NOT NULL            -- gone when it is used, or dies 48 h after this
);

CREATE TABLE outbox (
    seq         BIGINT  NOT NULL PRIMARY KEY, -- a counter: the order of queueing
    urgency     INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    parked_hour BIGINT,                  -- rounded down to the hour; such a row is not tried by itself, dies after 48 h
    reason      TEXT,                    -- why it is parked: "blocked", or an error's class name
    epoch       INTEGER NOT NULL,
    body        BLOB    NOT NULL         -- sealed: chat id, text key and values
) WITHOUT ROWID;

CREATE INDEX outbox_parked ON outbox (parked_hour) WHERE parked_hour IS NOT NULL;

CREATE TABLE reminder (
    number BIGINT  NOT NULL PRIMARY KEY, -- random
    epoch  INTEGER NOT NULL,
    body   BLOB    NOT NULL              -- sealed: what happens later, about which tip and chat, and not before when
) WITHOUT ROWID;

CREATE TABLE untold (
    officer BIGINT NOT NULL,             -- an officer's number
    tip     BIGINT NOT NULL,
    what    TEXT   NOT NULL,
    PRIMARY KEY (officer, tip, what)
) WITHOUT ROWID;

CREATE TABLE rollup_day (
    day             TEXT   NOT NULL,
    unit            TEXT   NOT NULL,
    received_bot    BIGINT NOT NULL DEFAULT 0,
    received_phone  BIGINT NOT NULL DEFAULT 0,
    received_letter BIGINT NOT NULL DEFAULT 0,
    received_visit  BIGINT NOT NULL DEFAULT 0,
    valuable_bot    BIGINT NOT NULL DEFAULT 0,
    valuable_phone  BIGINT NOT NULL DEFAULT 0,
    valuable_letter BIGINT NOT NULL DEFAULT 0,
    valuable_visit  BIGINT NOT NULL DEFAULT 0,
    not_useful      BIGINT NOT NULL DEFAULT 0,
    duplicate       BIGINT NOT NULL DEFAULT 0,
    spam            BIGINT NOT NULL DEFAULT 0,
    withdrawn       BIGINT NOT NULL DEFAULT 0,
    cases           BIGINT NOT NULL DEFAULT 0,
    persons         BIGINT NOT NULL DEFAULT 0,
    fugitives       BIGINT NOT NULL DEFAULT 0,
    sessions        BIGINT NOT NULL DEFAULT 0,
    people          BIGINT NOT NULL DEFAULT 0,
    collectives     BIGINT NOT NULL DEFAULT 0,
    individuals     BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (day, unit)
) WITHOUT ROWID;

CREATE TABLE rollup_month (
    month           TEXT   NOT NULL,
    unit            TEXT   NOT NULL,
    received_bot    BIGINT NOT NULL DEFAULT 0,
    received_phone  BIGINT NOT NULL DEFAULT 0,
    received_letter BIGINT NOT NULL DEFAULT 0,
    received_visit  BIGINT NOT NULL DEFAULT 0,
    valuable_bot    BIGINT NOT NULL DEFAULT 0,
    valuable_phone  BIGINT NOT NULL DEFAULT 0,
    valuable_letter BIGINT NOT NULL DEFAULT 0,
    valuable_visit  BIGINT NOT NULL DEFAULT 0,
    not_useful      BIGINT NOT NULL DEFAULT 0,
    duplicate       BIGINT NOT NULL DEFAULT 0,
    spam            BIGINT NOT NULL DEFAULT 0,
    withdrawn       BIGINT NOT NULL DEFAULT 0,
    cases           BIGINT NOT NULL DEFAULT 0,
    persons         BIGINT NOT NULL DEFAULT 0,
    fugitives       BIGINT NOT NULL DEFAULT 0,
    sessions        BIGINT NOT NULL DEFAULT 0,
    people          BIGINT NOT NULL DEFAULT 0,
    collectives     BIGINT NOT NULL DEFAULT 0,
    individuals     BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (month, unit)
) WITHOUT ROWID;

CREATE TABLE rollup_category (
    month     TEXT   NOT NULL,
    unit      TEXT   NOT NULL,
    category  TEXT   NOT NULL,
    indicator TEXT   NOT NULL,
    number    BIGINT NOT NULL,
    PRIMARY KEY (month, unit, category, indicator)
) WITHOUT ROWID;

CREATE TABLE activity (
    number  INTEGER NOT NULL PRIMARY KEY,
    unit    TEXT    NOT NULL,
    day     TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    amount  BIGINT  NOT NULL,            -- people reached, or how many were commended
    officer BIGINT  NOT NULL
);

CREATE TABLE target (
    unit  TEXT    NOT NULL,
    year  INTEGER NOT NULL,
    line  TEXT    NOT NULL,
    value BIGINT  NOT NULL,
    PRIMARY KEY (unit, year, line)
) WITHOUT ROWID;

CREATE TABLE digest (
    unit TEXT NOT NULL,
    week TEXT NOT NULL,                  -- "2026-W47"
    PRIMARY KEY (unit, week)
) WITHOUT ROWID;

CREATE TABLE alert (
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    day     TEXT NOT NULL,
    PRIMARY KEY (kind, subject, day)
) WITHOUT ROWID;

CREATE TABLE alias (
    name    TEXT   NOT NULL PRIMARY KEY,
    unit    TEXT   NOT NULL,
    officer BIGINT
) WITHOUT ROWID;

CREATE TABLE audit (
    number  INTEGER NOT NULL PRIMARY KEY,
    hour    BIGINT  NOT NULL,            -- rounded down to the hour
    action  TEXT    NOT NULL,
    officer BIGINT,
    subject TEXT    NOT NULL,
    unit    TEXT,
    hash    BLOB    NOT NULL             -- SHA-256 over this row and the hash before it
);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
