-- name: schema
CREATE TABLE IF NOT EXISTS corrections (
	path TEXT NOT NULL,
	title TEXT,
	date TEXT,
	organisation TEXT,
	type TEXT,
	withdrawn TEXT NOT NULL,
	PRIMARY KEY (path)
);
CREATE TABLE IF NOT EXISTS documents (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	path TEXT NOT NULL,
	name TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	title TEXT NOT NULL,
	date TEXT NOT NULL,
	organisation TEXT NOT NULL,
	type TEXT NOT NULL,
	language TEXT NOT NULL,
	pages INTEGER NOT NULL,
	author TEXT NOT NULL,
	code TEXT NOT NULL,
	state TEXT NOT NULL,
	text TEXT NOT NULL,
	CONSTRAINT known_state CHECK (state IN ('writing', 'ready', 'removed'))
);
CREATE INDEX IF NOT EXISTS documents_by_path ON documents (path, state);
CREATE TABLE IF NOT EXISTS glosses (
	document INTEGER NOT NULL,
	forms TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS glosses_by_document ON glosses (document);
CREATE TABLE IF NOT EXISTS passages (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	document INTEGER NOT NULL,
	section TEXT NOT NULL,
	page INTEGER NOT NULL,
	recognised INTEGER NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	text TEXT NOT NULL,
	sentences TEXT NOT NULL,
	kinds TEXT NOT NULL,
	terms TEXT NOT NULL,
	vectors BLOB NOT NULL,
	FOREIGN KEY(document) REFERENCES documents (id)
);
CREATE INDEX IF NOT EXISTS passages_by_document ON passages (document);

-- name: schema of conversations
CREATE TABLE IF NOT EXISTS conversations (
	reader TEXT NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	at TEXT NOT NULL,
	words TEXT NOT NULL,
	turns TEXT NOT NULL,
	PRIMARY KEY (reader, id)
);

-- name: schema of remarks
CREATE TABLE IF NOT EXISTS remarks (
	id INTEGER NOT NULL,
	at TEXT NOT NULL,
	question TEXT NOT NULL,
	answer TEXT NOT NULL,
	language TEXT NOT NULL,
	citation INTEGER NOT NULL,
	is_good INTEGER NOT NULL,
	comment TEXT NOT NULL,
	quotes TEXT NOT NULL,
	PRIMARY KEY (id)
);

-- name: schema of ledger
CREATE TABLE IF NOT EXISTS seen_files (
	path TEXT NOT NULL,
	status TEXT NOT NULL,
	reason TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	size INTEGER NOT NULL,
	modified_ns INTEGER NOT NULL,
	pages INTEGER NOT NULL,
	chunks INTEGER NOT NULL,
	characters INTEGER NOT NULL,
	recognised INTEGER NOT NULL,
	empty INTEGER NOT NULL,
	loader TEXT NOT NULL,
	seconds FLOAT NOT NULL,
	twin TEXT NOT NULL,
	notes TEXT NOT NULL,
	readers TEXT NOT NULL,
	PRIMARY KEY (path)
);
CREATE TABLE IF NOT EXISTS sketches (
	path TEXT NOT NULL,
	sketch BLOB NOT NULL,
	PRIMARY KEY (path)
);

-- name: schema of accounts
CREATE TABLE IF NOT EXISTS accounts (
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	password TEXT NOT NULL,
	subject TEXT NOT NULL,
	reader TEXT NOT NULL,
	created TEXT NOT NULL,
	disabled INTEGER NOT NULL,
	PRIMARY KEY (name)
);
CREATE TABLE IF NOT EXISTS api_keys (
	id TEXT NOT NULL,
	digest TEXT NOT NULL,
	account TEXT NOT NULL,
	created TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX IF NOT EXISTS api_keys_by_digest ON api_keys (digest);
CREATE TABLE IF NOT EXISTS audit (
	id INTEGER NOT NULL,
	at TEXT NOT NULL,
	who TEXT NOT NULL,
	action TEXT NOT NULL,
	detail TEXT NOT NULL,
	address TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE IF NOT EXISTS collections (
	folder TEXT NOT NULL,
	since TEXT NOT NULL,
	PRIMARY KEY (folder)
);
CREATE TABLE IF NOT EXISTS grants (
	folder TEXT NOT NULL,
	account TEXT NOT NULL,
	since TEXT NOT NULL,
	PRIMARY KEY (folder, account)
);
CREATE TABLE IF NOT EXISTS group_grants (
	folder TEXT NOT NULL,
	group_name TEXT NOT NULL,
	since TEXT NOT NULL,
	PRIMARY KEY (folder, group_name)
);
CREATE TABLE IF NOT EXISTS members (
	group_name TEXT NOT NULL,
	account TEXT NOT NULL,
	since TEXT NOT NULL,
	PRIMARY KEY (group_name, account)
);
CREATE TABLE IF NOT EXISTS sessions (
	digest TEXT NOT NULL,
	account TEXT NOT NULL,
	until TEXT NOT NULL,
	began TEXT NOT NULL,
	PRIMARY KEY (digest)
);

-- name: schema of runs
CREATE TABLE IF NOT EXISTS runs (
	id TEXT NOT NULL,
	at TEXT NOT NULL,
	gold TEXT NOT NULL,
	run TEXT NOT NULL,
	PRIMARY KEY (id)
);

-- name: leftovers
SELECT documents.id
FROM documents
WHERE documents.state != 'ready'

-- name: terms
SELECT passages.terms
FROM passages
WHERE passages.document IN (SELECT value FROM json_each(:documents))

-- name: documents
SELECT shown.path, shown.name, shown.sha256, shown.title, shown.date, shown.organisation, shown.type, shown.language, shown.pages, shown.author, shown.code, (SELECT count(*) AS count_1
FROM passages
WHERE passages.document = shown.id) AS anon_1
FROM (SELECT documents.id AS id, documents.path AS path, documents.name AS name, documents.sha256 AS sha256, coalesce(corrections.title, documents.title) AS title, coalesce(corrections.date, documents.date) AS date, coalesce(corrections.organisation, documents.organisation) AS organisation, coalesce(corrections.type, documents.type) AS type, documents.language AS language, documents.pages AS pages, documents.author AS author, documents.code AS code, documents.text AS text
FROM documents LEFT OUTER JOIN corrections ON corrections.path = documents.path
WHERE documents.state = 'ready' AND (:hidden IS NULL OR NOT documents.id IN (SELECT own.id FROM json_each(:hidden) AS folder CROSS JOIN documents AS own WHERE own.path = folder.value OR own.path >= folder.value || '/' AND own.path < folder.value || '0' OR own.path >= folder.value || '!/' AND own.path < folder.value || '!0'))) AS shown
WHERE (:since = '' OR shown.date != '' AND shown.date >= :since) AND (:until = '' OR shown.date != '' AND shown.date <= :until) AND (:names IS NULL OR shown.name IN (SELECT value FROM json_each(:names))) AND (:languages IS NULL OR shown.language IN (SELECT value FROM json_each(:languages))) AND (:types IS NULL OR shown.type IN (SELECT value FROM json_each(:types))) AND (:organisations IS NULL OR EXISTS (SELECT 1 FROM json_each(:organisations) WHERE instr(shown.organisation, value) > 0)) ORDER BY shown.path

-- name: matching
SELECT shown.id
FROM (SELECT documents.id AS id, documents.path AS path, documents.name AS name, documents.sha256 AS sha256, coalesce(corrections.title, documents.title) AS title, coalesce(corrections.date, documents.date) AS date, coalesce(corrections.organisation, documents.organisation) AS organisation, coalesce(corrections.type, documents.type) AS type, documents.language AS language, documents.pages AS pages, documents.author AS author, documents.code AS code, documents.text AS text
FROM documents LEFT OUTER JOIN corrections ON corrections.path = documents.path
WHERE documents.state = 'ready' AND (:hidden IS NULL OR NOT documents.id IN (SELECT own.id FROM json_each(:hidden) AS folder CROSS JOIN documents AS own WHERE own.path = folder.value OR own.path >= folder.value || '/' AND own.path < folder.value || '0' OR own.path >= folder.value || '!/' AND own.path < folder.value || '!0'))) AS shown
WHERE (:since = '' OR shown.date != '' AND shown.date >= :since) AND (:until = '' OR shown.date != '' AND shown.date <= :until) AND (:names IS NULL OR shown.name IN (SELECT value FROM json_each(:names))) AND (:languages IS NULL OR shown.language IN (SELECT value FROM json_each(:languages))) AND (:types IS NULL OR shown.type IN (SELECT value FROM json_each(:types))) AND (:organisations IS NULL OR EXISTS (SELECT 1 FROM json_each(:organisations) WHERE instr(shown.organisation, value) > 0))

-- name: text
SELECT shown.text
FROM (SELECT documents.id AS id, documents.path AS path, documents.name AS name, documents.sha256 AS sha256, coalesce(corrections.title, documents.title) AS title, coalesce(corrections.date, documents.date) AS date, coalesce(corrections.organisation, documents.organisation) AS organisation, coalesce(corrections.type, documents.type) AS type, documents.language AS language, documents.pages AS pages, documents.author AS author, documents.code AS code, documents.text AS text
FROM documents LEFT OUTER JOIN corrections ON corrections.path = documents.path
WHERE documents.state = 'ready' AND (:hidden IS NULL OR NOT documents.id IN (SELECT own.id FROM json_each(:hidden) AS folder CROSS JOIN documents AS own WHERE own.path = folder.value OR own.path >= folder.value || '/' AND own.path < folder.value || '0' OR own.path >= folder.value || '!/' AND own.path < folder.value || '!0'))) AS shown
WHERE shown.path = :path

-- name: as_read
SELECT documents.title, documents.date, documents.organisation, documents.type
FROM documents
WHERE documents.path = :path AND documents.state = 'ready' AND (:hidden IS NULL OR NOT documents.id IN (SELECT own.id FROM json_each(:hidden) AS folder CROSS JOIN documents AS own WHERE own.path = folder.value OR own.path >= folder.value || '/' AND own.path < folder.value || '0' OR own.path >= folder.value || '!/' AND own.path < folder.value || '!0'))

-- name: corrections
SELECT corrections.path, corrections.title, corrections.date, corrections.organisation, corrections.type
FROM corrections JOIN (SELECT documents.id AS id, documents.path AS path, documents.name AS name, documents.sha256 AS sha256, coalesce(corrections.title, documents.title) AS title, coalesce(corrections.date, documents.date) AS date, coalesce(corrections.organisation, documents.organisation) AS organisation, coalesce(corrections.type, documents.type) AS type, documents.language AS language, documents.pages AS pages, documents.author AS author, documents.code AS code, documents.text AS text
FROM documents LEFT OUTER JOIN corrections ON corrections.path = documents.path
WHERE documents.state = 'ready' AND (:hidden IS NULL OR NOT documents.id IN (SELECT own.id FROM json_each(:hidden) AS folder CROSS JOIN documents AS own WHERE own.path = folder.value OR own.path >= folder.value || '/' AND own.path < folder.value || '0' OR own.path >= folder.value || '!/' AND own.path < folder.value || '!0'))) AS shown ON shown.path = corrections.path
WHERE corrections.withdrawn = '' ORDER BY corrections.path

-- name: correction_of
SELECT corrections.title, corrections.date, corrections.organisation, corrections.type
FROM corrections
WHERE corrections.path = :path AND (corrections.withdrawn = '' OR corrections.withdrawn = :content)

-- name: languages
SELECT shown.language, sum(held.passages) AS sum_1
FROM (SELECT passages.document AS document, count(*) AS passages
FROM passages GROUP BY passages.document) AS held JOIN (SELECT documents.id AS id, documents.path AS path, documents.name AS name, documents.sha256 AS sha256, coalesce(corrections.title, documents.title) AS title, coalesce(corrections.date, documents.date) AS date, coalesce(corrections.organisation, documents.organisation) AS organisation, coalesce(corrections.type, documents.type) AS type, documents.language AS language, documents.pages AS pages, documents.author AS author, documents.code AS code, documents.text AS text
FROM documents LEFT OUTER JOIN corrections ON corrections.path = documents.path
WHERE documents.state = 'ready' AND (:hidden IS NULL OR NOT documents.id IN (SELECT own.id FROM json_each(:hidden) AS folder CROSS JOIN documents AS own WHERE own.path = folder.value OR own.path >= folder.value || '/' AND own.path < folder.value || '0' OR own.path >= folder.value || '!/' AND own.path < folder.value || '!0'))) AS shown ON shown.id = held.document GROUP BY shown.language

-- name: vectors
SELECT passages.id, passages.vectors, 1 + json_array_length(passages.sentences) AS anon_1
FROM passages JOIN (SELECT documents.id AS id, documents.path AS path, documents.name AS name, documents.sha256 AS sha256, coalesce(corrections.title, documents.title) AS title, coalesce(corrections.date, documents.date) AS date, coalesce(corrections.organisation, documents.organisation) AS organisation, coalesce(corrections.type, documents.type) AS type, documents.language AS language, documents.pages AS pages, documents.author AS author, documents.code AS code, documents.text AS text
FROM documents LEFT OUTER JOIN corrections ON corrections.path = documents.path
WHERE documents.state = 'ready' AND (:hidden IS NULL OR NOT documents.id IN (SELECT own.id FROM json_each(:hidden) AS folder CROSS JOIN documents AS own WHERE own.path = folder.value OR own.path >= folder.value || '/' AND own.path < folder.value || '0' OR own.path >= folder.value || '!/' AND own.path < folder.value || '!0'))) AS shown ON shown.id = passages.document
WHERE passages.id IN (SELECT value FROM json_each(:ids))

-- name: passages
SELECT passages.id, shown.name, shown.path, shown.title, shown.date, shown.organisation, shown.type, shown.language, passages.section, passages.page, passages.first, passages.last, passages.text, passages.sentences, shown.author, shown.code, passages.recognised, passages.kinds, passages.terms
FROM passages JOIN (SELECT documents.id AS id, documents.path AS path, documents.name AS name, documents.sha256 AS sha256, coalesce(corrections.title, documents.title) AS title, coalesce(corrections.date, documents.date) AS date, coalesce(corrections.organisation, documents.organisation) AS organisation, coalesce(corrections.type, documents.type) AS type, documents.language AS language, documents.pages AS pages, documents.author AS author, documents.code AS code, documents.text AS text
FROM documents LEFT OUTER JOIN corrections ON corrections.path = documents.path
WHERE documents.state = 'ready' AND (:hidden IS NULL OR NOT documents.id IN (SELECT own.id FROM json_each(:hidden) AS folder CROSS JOIN documents AS own WHERE own.path = folder.value OR own.path >= folder.value || '/' AND own.path < folder.value || '0' OR own.path >= folder.value || '!/' AND own.path < folder.value || '!0'))) AS shown ON shown.id = passages.document
WHERE passages.id IN (SELECT value FROM json_each(:ids))

-- name: passages_of
SELECT passages.id, shown.name, shown.path, shown.title, shown.date, shown.organisation, shown.type, shown.language, passages.section, passages.page, passages.first, passages.last, passages.text, passages.sentences, shown.author, shown.code, passages.recognised, passages.kinds
FROM passages JOIN (SELECT documents.id AS id, documents.path AS path, documents.name AS name, documents.sha256 AS sha256, coalesce(corrections.title, documents.title) AS title, coalesce(corrections.date, documents.date) AS date, coalesce(corrections.organisation, documents.organisation) AS organisation, coalesce(corrections.type, documents.type) AS type, documents.language AS language, documents.pages AS pages, documents.author AS author, documents.code AS code, documents.text AS text
FROM documents LEFT OUTER JOIN corrections ON corrections.path = documents.path
WHERE documents.state = 'ready' AND (:hidden IS NULL OR NOT documents.id IN (SELECT own.id FROM json_each(:hidden) AS folder CROSS JOIN documents AS own WHERE own.path = folder.value OR own.path >= folder.value || '/' AND own.path < folder.value || '0' OR own.path >= folder.value || '!/' AND own.path < folder.value || '!0'))) AS shown ON shown.id = passages.document
WHERE shown.path = :path ORDER BY passages.first

-- name: names
SELECT DISTINCT glosses.forms
FROM glosses JOIN (SELECT documents.id AS id, documents.path AS path, documents.name AS name, documents.sha256 AS sha256, coalesce(corrections.title, documents.title) AS title, coalesce(corrections.date, documents.date) AS date, coalesce(corrections.organisation, documents.organisation) AS organisation, coalesce(corrections.type, documents.type) AS type, documents.language AS language, documents.pages AS pages, documents.author AS author, documents.code AS code, documents.text AS text
FROM documents LEFT OUTER JOIN corrections ON corrections.path = documents.path
WHERE documents.state = 'ready' AND (:hidden IS NULL OR NOT documents.id IN (SELECT own.id FROM json_each(:hidden) AS folder CROSS JOIN documents AS own WHERE own.path = folder.value OR own.path >= folder.value || '/' AND own.path < folder.value || '0' OR own.path >= folder.value || '!/' AND own.path < folder.value || '!0'))) AS shown ON shown.id = glosses.document

-- name: records
SELECT passages.id, passages.terms, passages.vectors, 1 + json_array_length(passages.sentences) AS anon_1
FROM passages
WHERE passages.document = :document

-- name: replace
UPDATE documents SET state='removed' WHERE documents.state = 'ready' AND documents.id != :key AND documents.path = (SELECT new.path
FROM documents AS new
WHERE new.id = :key)

-- name: show
UPDATE documents SET state='ready' WHERE documents.id = :key

-- name: withdraw
UPDATE documents SET state='removed' WHERE documents.path = :old_path AND documents.state = 'ready'

-- name: rename
UPDATE documents SET path=:new_path, name=:new_name WHERE documents.path = :old_path AND documents.state = 'ready'

-- name: forget_correction
DELETE FROM corrections WHERE corrections.path = :path

-- name: leave_correction
UPDATE corrections SET withdrawn=(SELECT documents.sha256
FROM documents
WHERE documents.path = :old_path AND documents.state = 'ready') WHERE corrections.path = :old_path AND corrections.withdrawn = ''

-- name: outdate_correction
DELETE FROM corrections WHERE corrections.path = (SELECT new.path
FROM documents AS new
WHERE new.id = :key) AND (corrections.withdrawn NOT IN ('', (SELECT new.sha256
FROM documents AS new
WHERE new.id = :key)))

-- name: take_up_correction
UPDATE corrections SET withdrawn='' WHERE corrections.path = (SELECT new.path
FROM documents AS new
WHERE new.id = :key)

-- name: replace_correction
DELETE FROM corrections WHERE corrections.path = :new_path AND (EXISTS (SELECT documents.id
FROM documents
WHERE documents.path = :old_path AND documents.state = 'ready'))

-- name: move_correction
UPDATE corrections SET path=:new_path WHERE corrections.path = :old_path AND corrections.withdrawn = ''

-- name: purge_glosses
DELETE FROM glosses WHERE glosses.document IN (SELECT value FROM json_each(:documents))

-- name: purge_passages
DELETE FROM passages WHERE passages.document IN (SELECT value FROM json_each(:documents))

-- name: purge_documents
DELETE FROM documents WHERE documents.id IN (SELECT value FROM json_each(:documents))

-- name: add_document
INSERT INTO documents (path, name, sha256, title, date, organisation, type, language, pages, author, code, state, text) VALUES (:path, :name, :sha256, :title, :date, :organisation, :type, :language, :pages, :author, :code, 'writing', :text) RETURNING id

-- name: add_passage
INSERT INTO passages (document, section, page, recognised, first, last, text, sentences, kinds, terms, vectors) VALUES (:document, :section, :page, :recognised, :first, :last, :text, :sentences, :kinds, :terms, :vectors) RETURNING id

-- name: add_gloss
INSERT INTO glosses (document, forms) VALUES (:document, :forms)

-- name: add_correction
INSERT INTO corrections (path, title, date, organisation, type, withdrawn) VALUES (:path, :title, :date, :organisation, :type, '')

-- name: keep_conversation
INSERT INTO conversations (reader, id, name, at, words, turns) VALUES (:reader, :id, :name, :at, :words, :turns) ON CONFLICT (reader, id) DO UPDATE SET at = excluded.at, words = excluded.words, turns = excluded.turns

-- name: conversations
SELECT conversations.id, conversations.name, conversations.at
FROM conversations
WHERE conversations.reader = :whose AND NOT EXISTS (SELECT 1 FROM json_each(:sought) WHERE instr(lower(conversations.name || ' ' || conversations.words), value) = 0) ORDER BY conversations.at DESC
 LIMIT :most OFFSET 0

-- name: turns
SELECT conversations.turns
FROM conversations
WHERE conversations.reader = :whose AND conversations.id = :which

-- name: turns_with
SELECT conversations.turns
FROM conversations
WHERE conversations.reader = :whose AND NOT EXISTS (SELECT 1 FROM json_each(:parts) WHERE instr(conversations.turns, value) = 0) ORDER BY conversations.at DESC
 LIMIT :most OFFSET 0

-- name: rename_conversation
UPDATE conversations SET name=:new_name WHERE conversations.reader = :whose AND conversations.id = :which

-- name: forget_conversation
DELETE FROM conversations WHERE conversations.reader = :whose AND conversations.id = :which

-- name: forget_reader
DELETE FROM conversations WHERE conversations.reader = :whose

-- name: every_conversation
SELECT conversations.reader, conversations.id, conversations.name, conversations.at, conversations.words, conversations.turns
FROM conversations

-- name: add_remark
INSERT INTO remarks (at, question, answer, language, citation, is_good, comment, quotes) VALUES (:at, :question, :answer, :language, :citation, :is_good, :comment, :quotes)

-- name: every_remark
SELECT remarks.at, remarks.question, remarks.answer, remarks.language, remarks.citation, remarks.is_good, remarks.comment, remarks.quotes
FROM remarks ORDER BY remarks.at, rowid

-- name: write_file
INSERT INTO seen_files (path, status, reason, sha256, size, modified_ns, pages, chunks, characters, recognised, empty, loader, seconds, twin, notes, readers) VALUES (:path, :status, :reason, :sha256, :size, :modified_ns, :pages, :chunks, :characters, :recognised, :empty, :loader, :seconds, :twin, :notes, :readers) ON CONFLICT (path) DO UPDATE SET status = excluded.status, reason = excluded.reason, sha256 = excluded.sha256, size = excluded.size, modified_ns = excluded.modified_ns, pages = excluded.pages, chunks = excluded.chunks, characters = excluded.characters, recognised = excluded.recognised, empty = excluded.empty, loader = excluded.loader, seconds = excluded.seconds, twin = excluded.twin, notes = excluded.notes, readers = excluded.readers

-- name: every_file
SELECT seen_files.path, seen_files.status, seen_files.reason, seen_files.sha256, seen_files.size, seen_files.modified_ns, seen_files.pages, seen_files.chunks, seen_files.characters, seen_files.recognised, seen_files.empty, seen_files.loader, seen_files.seconds, seen_files.twin, seen_files.notes, seen_files.readers
FROM seen_files ORDER BY seen_files.path

-- name: files_by_status
SELECT seen_files.status, count(*) AS count_1, sum(seen_files.chunks) AS sum_1, sum(seen_files.seconds) AS sum_2
FROM seen_files GROUP BY seen_files.status

-- name: forget_file
DELETE FROM seen_files WHERE seen_files.path = :old_path

-- name: twins
UPDATE seen_files SET twin=:new_path WHERE seen_files.twin = :old_path

-- name: keep_sketch
INSERT INTO sketches (path, sketch) VALUES (:path, :sketch) ON CONFLICT (path) DO UPDATE SET sketch = excluded.sketch

-- name: every_sketch
SELECT sketches.path, sketches.sketch
FROM sketches

-- name: forget_sketch
DELETE FROM sketches WHERE sketches.path = :old_path

-- name: replace_sketch
DELETE FROM sketches WHERE sketches.path = :new_path AND (EXISTS (SELECT moved.path
FROM sketches AS moved
WHERE moved.path = :old_path))

-- name: move_sketch
UPDATE sketches SET path=:new_path WHERE sketches.path = :old_path

-- name: keep_run
INSERT INTO runs (id, at, gold, run) VALUES (:id, :at, :gold, :run) ON CONFLICT (id) DO UPDATE SET at = excluded.at, gold = excluded.gold, run = excluded.run

-- name: every_run
SELECT runs.id, runs.at, runs.gold, runs.run
FROM runs ORDER BY runs.at, runs.id

-- name: newest_runs
SELECT runs.run
FROM runs
WHERE runs.gold = (SELECT runs.gold
FROM runs ORDER BY runs.at DESC, runs.id DESC
 LIMIT 1 OFFSET 0) ORDER BY runs.at DESC, runs.id DESC
 LIMIT :most OFFSET 0

-- name: add_account
INSERT INTO accounts (name, role, password, subject, reader, created, disabled) VALUES (:name, :role, :password, :subject, :reader, :created, :disabled)

-- name: put_account
INSERT INTO accounts (name, role, password, subject, reader, created, disabled) VALUES (:name, :role, :password, :subject, :reader, :created, :disabled) ON CONFLICT (name) DO UPDATE SET role = excluded.role, password = excluded.password, subject = excluded.subject, reader = excluded.reader, created = excluded.created, disabled = excluded.disabled

-- name: account
SELECT accounts.name, accounts.role, accounts.password, accounts.subject, accounts.reader, accounts.created, accounts.disabled
FROM accounts
WHERE accounts.name = :whose

-- name: account_of_subject
SELECT accounts.name, accounts.role, accounts.password, accounts.subject, accounts.reader, accounts.created, accounts.disabled
FROM accounts
WHERE accounts.subject = :which

-- name: account_of_session
SELECT accounts.name, accounts.role, accounts.password, accounts.subject, accounts.reader, accounts.created, accounts.disabled, sessions.until
FROM sessions JOIN accounts ON accounts.name = sessions.account
WHERE sessions.digest = :shown AND sessions.until > :now AND sessions.began > :oldest AND accounts.disabled = 0

-- name: account_of_key
SELECT accounts.name, accounts.role, accounts.password, accounts.subject, accounts.reader, accounts.created, accounts.disabled
FROM api_keys JOIN accounts ON accounts.name = api_keys.account
WHERE api_keys.digest = :shown AND accounts.disabled = 0

-- name: every_account
SELECT accounts.name, accounts.role, accounts.password, accounts.subject, accounts.reader, accounts.created, accounts.disabled
FROM accounts ORDER BY accounts.name

-- name: forget_account
DELETE FROM accounts WHERE accounts.name = :whose

-- name: put_key
INSERT INTO api_keys (id, digest, account, created) VALUES (:id, :digest, :account, :created) ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, account = excluded.account, created = excluded.created

-- name: key
SELECT api_keys.account
FROM api_keys
WHERE api_keys.id = :which

-- name: every_key
SELECT api_keys.id, api_keys.digest, api_keys.account, api_keys.created
FROM api_keys ORDER BY api_keys.created

-- name: forget_key
DELETE FROM api_keys WHERE api_keys.id = :which

-- name: forget_keys
DELETE FROM api_keys WHERE api_keys.account = :whose

-- name: put_session
INSERT INTO sessions (digest, account, until, began) VALUES (:digest, :account, :until, :began) ON CONFLICT (digest) DO UPDATE SET account = excluded.account, until = excluded.until, began = excluded.began

-- name: prolong_session
UPDATE sessions SET until=:new_until WHERE sessions.digest = :shown

-- name: every_session
SELECT sessions.digest, sessions.account, sessions.until, sessions.began
FROM sessions

-- name: forget_session
DELETE FROM sessions WHERE sessions.digest = :shown

-- name: forget_sessions
DELETE FROM sessions WHERE sessions.account = :whose

-- name: forget_old_sessions
DELETE FROM sessions WHERE sessions.until <= :now OR sessions.began <= :oldest

-- name: put_collection
INSERT INTO collections (folder, since) VALUES (:folder, :since) ON CONFLICT (folder) DO UPDATE SET since = excluded.since

-- name: collection
SELECT collections.folder, collections.since
FROM collections
WHERE collections.folder = :which

-- name: every_collection
SELECT collections.folder, collections.since
FROM collections ORDER BY collections.folder

-- name: forget_collection
DELETE FROM collections WHERE collections.folder = :which

-- name: put_grant
INSERT INTO grants (folder, account, since) VALUES (:folder, :account, :since) ON CONFLICT (folder, account) DO UPDATE SET since = excluded.since

-- name: grant
SELECT grants.folder, grants.account, grants.since
FROM grants
WHERE grants.folder = :which AND grants.account = :whose

-- name: every_grant
SELECT grants.folder, grants.account, grants.since
FROM grants ORDER BY grants.folder, grants.account

-- name: forget_grant
DELETE FROM grants WHERE grants.folder = :which AND grants.account = :whose

-- name: forget_grants
DELETE FROM grants WHERE grants.account = :whose

-- name: forget_grants_of
DELETE FROM grants WHERE grants.folder = :which

-- name: put_member
INSERT INTO members (group_name, account, since) VALUES (:group_name, :account, :since) ON CONFLICT (group_name, account) DO UPDATE SET since = excluded.since

-- name: every_member
SELECT members.group_name, members.account, members.since
FROM members ORDER BY members.group_name, members.account

-- name: member
SELECT members.account
FROM members
WHERE members.group_name = :which

-- name: forget_members
DELETE FROM members WHERE members.account = :whose

-- name: put_group_grant
INSERT INTO group_grants (folder, group_name, since) VALUES (:folder, :group_name, :since) ON CONFLICT (folder, group_name) DO UPDATE SET since = excluded.since

-- name: group_grant
SELECT group_grants.folder, group_grants.group_name, group_grants.since
FROM group_grants
WHERE group_grants.folder = :which AND group_grants.group_name = :whose

-- name: every_group_grant
SELECT group_grants.folder, group_grants.group_name, group_grants.since
FROM group_grants ORDER BY group_grants.folder, group_grants.group_name

-- name: forget_group_grant
DELETE FROM group_grants WHERE group_grants.folder = :which AND group_grants.group_name = :whose

-- name: forget_group_grants_of
DELETE FROM group_grants WHERE group_grants.folder = :which

-- name: hidden_from
SELECT collections.folder
FROM collections
WHERE (collections.folder NOT IN (SELECT grants.folder
FROM grants
WHERE grants.account = :whose)) AND (collections.folder NOT IN (SELECT group_grants.folder
FROM group_grants JOIN members ON members.group_name = group_grants.group_name
WHERE members.account = :whose)) ORDER BY collections.folder

-- name: add_audit
INSERT INTO audit (at, who, action, detail, address) VALUES (:at, :who, :action, :detail, :address)

-- name: audit
SELECT audit.at, audit.who, audit.action, audit.detail, audit.address
FROM audit ORDER BY rowid DESC
 LIMIT :most OFFSET 0

-- name: forget_old_audit
DELETE FROM audit WHERE audit.at < :oldest

-- name: every_audit
SELECT audit.at, audit.who, audit.action, audit.detail, audit.address
FROM audit ORDER BY rowid
