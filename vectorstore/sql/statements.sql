-- name: schema
CREATE TABLE IF NOT EXISTS documents (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	path TEXT NOT NULL,
	name TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	text TEXT NOT NULL,
	title TEXT NOT NULL,
	date TEXT NOT NULL,
	organisation TEXT NOT NULL,
	type TEXT NOT NULL,
	language TEXT NOT NULL,
	pages INTEGER NOT NULL,
	author TEXT NOT NULL,
	code TEXT NOT NULL,
	state TEXT NOT NULL,
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

-- name: leftovers
SELECT documents.id
FROM documents
WHERE documents.state != 'ready'

-- name: terms
SELECT passages.terms
FROM passages
WHERE passages.document IN (SELECT value FROM json_each(:documents))

-- name: documents
SELECT documents.path, documents.name, documents.sha256, documents.title, documents.date, documents.organisation, documents.type, documents.language, documents.pages, documents.author, documents.code, (SELECT count(*) AS count_1
FROM passages
WHERE passages.document = documents.id) AS anon_1
FROM documents
WHERE documents.state = 'ready' AND (:since = '' OR documents.date != '' AND documents.date >= :since) AND (:until = '' OR documents.date != '' AND documents.date <= :until) AND (:names IS NULL OR documents.name IN (SELECT value FROM json_each(:names))) AND (:languages IS NULL OR documents.language IN (SELECT value FROM json_each(:languages))) AND (:types IS NULL OR documents.type IN (SELECT value FROM json_each(:types))) AND (:organisations IS NULL OR EXISTS (SELECT 1 FROM json_each(:organisations) WHERE instr(documents.organisation, value) > 0)) ORDER BY documents.path

-- name: matching
SELECT documents.id
FROM documents
WHERE documents.state = 'ready' AND (:since = '' OR documents.date != '' AND documents.date >= :since) AND (:until = '' OR documents.date != '' AND documents.date <= :until) AND (:names IS NULL OR documents.name IN (SELECT value FROM json_each(:names))) AND (:languages IS NULL OR documents.language IN (SELECT value FROM json_each(:languages))) AND (:types IS NULL OR documents.type IN (SELECT value FROM json_each(:types))) AND (:organisations IS NULL OR EXISTS (SELECT 1 FROM json_each(:organisations) WHERE instr(documents.organisation, value) > 0))

-- name: text
SELECT documents.text
FROM documents
WHERE documents.path = :path AND documents.state = 'ready'

-- name: languages
SELECT documents.language, count(*) AS count_1
FROM passages JOIN documents ON documents.id = passages.document
WHERE documents.state = 'ready' GROUP BY documents.language

-- name: vectors
SELECT passages.id, passages.vectors, 1 + json_array_length(passages.sentences) AS anon_1
FROM passages JOIN documents ON documents.id = passages.document
WHERE documents.state = 'ready' AND passages.id IN (SELECT value FROM json_each(:ids))

-- name: passages
SELECT passages.id, documents.name, documents.path, documents.title, documents.date, documents.organisation, documents.type, documents.language, passages.section, passages.page, passages.first, passages.last, passages.text, passages.sentences, documents.author, documents.code, passages.recognised, passages.kinds, passages.terms
FROM passages JOIN documents ON documents.id = passages.document
WHERE documents.state = 'ready' AND passages.id IN (SELECT value FROM json_each(:ids))

-- name: passages_of
SELECT passages.id, documents.name, documents.path, documents.title, documents.date, documents.organisation, documents.type, documents.language, passages.section, passages.page, passages.first, passages.last, passages.text, passages.sentences, documents.author, documents.code, passages.recognised, passages.kinds
FROM passages JOIN documents ON documents.id = passages.document
WHERE documents.state = 'ready' AND documents.path = :path ORDER BY passages.first

-- name: names
SELECT DISTINCT glosses.forms
FROM glosses JOIN documents ON documents.id = glosses.document
WHERE documents.state = 'ready'

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

-- name: purge_glosses
DELETE FROM glosses WHERE glosses.document IN (SELECT value FROM json_each(:documents))

-- name: purge_passages
DELETE FROM passages WHERE passages.document IN (SELECT value FROM json_each(:documents))

-- name: purge_documents
DELETE FROM documents WHERE documents.id IN (SELECT value FROM json_each(:documents))

-- name: add_document
INSERT INTO documents (path, name, sha256, text, title, date, organisation, type, language, pages, author, code, state) VALUES (:path, :name, :sha256, :text, :title, :date, :organisation, :type, :language, :pages, :author, :code, 'writing') RETURNING id

-- name: add_passage
INSERT INTO passages (document, section, page, recognised, first, last, text, sentences, kinds, terms, vectors) VALUES (:document, :section, :page, :recognised, :first, :last, :text, :sentences, :kinds, :terms, :vectors) RETURNING id

-- name: add_gloss
INSERT INTO glosses (document, forms) VALUES (:document, :forms)
