BEGIN TRANSACTION;
CREATE TABLE calls (
	id INTEGER NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	usable BOOLEAN NOT NULL, 
	article VARCHAR(64) NOT NULL, 
	source TEXT NOT NULL, 
	stage VARCHAR(16) NOT NULL, 
	prompt VARCHAR(64) NOT NULL, 
	model VARCHAR(255) NOT NULL, 
	served VARCHAR(255) NOT NULL, 
	request JSON NOT NULL, 
	answer TEXT NOT NULL, 
	finish VARCHAR(32) NOT NULL, 
	input_tokens INTEGER NOT NULL, 
	cached_tokens INTEGER NOT NULL, 
	cache_write_tokens INTEGER NOT NULL, 
	output_tokens INTEGER NOT NULL, 
	reasoning_tokens INTEGER NOT NULL, 
	amount FLOAT, 
	currency VARCHAR(3), 
	estimated BOOLEAN NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "calls" VALUES(1,'82673642e2754586524c6e044497d2094df9901da378847a1ce5962e2516671b',1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','/textes/été.txt','plan','plan/1','gpt-6-luna','gpt-6-luna-2026-09-22','{"model": "gpt-6-luna", "messages": [{"role": "system", "content": "Vous \u00eates journaliste."}, {"role": "user", "content": "plan : l\u2019\u00e9t\u00e9 \u00e0 Kiev"}]}','{"sections": ["L’été"]}','stop',3712,1024,0,840,0,NULL,NULL,0,'2026-01-31T08:00:00+00:00');
INSERT INTO "calls" VALUES(2,'0dc3833b83582b0438bdf04238c7fa1957b7b62507c21d5903a28252d23b6919',1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','/textes/été.txt','write','write/1','gpt-6-luna','gpt-6-luna-2026-09-22','{"model": "gpt-6-luna", "messages": [{"role": "system", "content": "Vous \u00eates journaliste."}, {"role": "user", "content": "write : l\u2019\u00e9t\u00e9 \u00e0 Kiev"}]}','# L’été

Texte.','length',4100,0,0,1600,64,NULL,NULL,0,'2026-01-31T08:00:00+00:00');
INSERT INTO "calls" VALUES(3,'320d5a444612431a443fe7954681615f4c18fe6544b9bb274d97a05d4d513f60',0,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','/textes/été.txt','repair','repair/1','gpt-6-luna','gpt-6-luna-2026-09-22','{"model": "gpt-6-luna", "messages": [{"role": "system", "content": "Vous \u00eates journaliste."}, {"role": "user", "content": "repair : l\u2019\u00e9t\u00e9 \u00e0 Kiev"}]}','','refusal',900,0,0,12,0,NULL,NULL,0,'2026-01-31T08:00:00+00:00');
INSERT INTO "calls" VALUES(4,'936641cf519d2c748d3bf6e67c605cc1c5d33cbdf245a3df15a033c97abce5c4',1,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','','plan','plan/1','gpt-6-luna','gpt-6-luna-2026-09-22','{"model": "gpt-6-luna", "messages": [{"role": "system", "content": "Vous \u00eates journaliste."}, {"role": "user", "content": "plan : l\u2019\u00e9t\u00e9 \u00e0 Kiev"}]}','une réponse','stop',3712,1024,0,840,0,NULL,NULL,0,'2026-01-31T08:00:00+00:00');
INSERT INTO "calls" VALUES(5,'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','/textes/b.txt','plan','plan/2','gpt-6-luna','gpt-6-luna','{"model": "gpt-6-luna"}','{}','stop',10,0,0,5,0,0.0005,'USD',0,'2026-11-20T00:00:00+00:00');
CREATE TABLE meta (
	version INTEGER NOT NULL
);
INSERT INTO "meta" VALUES(2);
CREATE TABLE pieces (
	slug VARCHAR(100) NOT NULL, 
	source TEXT NOT NULL, 
	source_sha256 VARCHAR(64) NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	files_sha256 VARCHAR(64) NOT NULL, 
	date_published VARCHAR(40) NOT NULL, 
	date_modified VARCHAR(40) NOT NULL, 
	entry JSON NOT NULL, 
	PRIMARY KEY (slug), 
	UNIQUE (source)
);
INSERT INTO "pieces" VALUES('ete-kiev','/textes/été.txt','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','2026-01-31T09:00:00+01:00','2026-01-31T09:00:00+01:00','{"slug": "ete-kiev", "title": "L\u2019\u00e9t\u00e9", "description": "Ce que Kiev attend.", "keyphrase": "\u00e9t\u00e9 \u00e0 Kiev", "verdict": "ready_for_review", "words": 812, "block": 0, "warn": 2, "info": 1, "source": "/textes/\u00e9t\u00e9.txt", "writer": "gpt-6-luna", "not_run": []}');
CREATE TABLE spending (
	id INTEGER NOT NULL, 
	run VARCHAR(32) NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	amount BIGINT NOT NULL, 
	expires FLOAT, 
	PRIMARY KEY (id)
);
INSERT INTO "spending" VALUES(1,'rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr','2026-11-20',500000,NULL);
CREATE INDEX pieces_by_content ON pieces (source_sha256);
CREATE INDEX calls_by_source ON calls (source);
CREATE UNIQUE INDEX calls_one_usable ON calls ("key") WHERE usable;
CREATE INDEX calls_by_article ON calls (article);
CREATE INDEX ix_spending_run ON spending (run);
CREATE INDEX ix_spending_day ON spending (day);
COMMIT;
