-- A new text's 45 to 80 marks go to as many places in the index of its period, and each page that is touched is read, and
-- written to the log as a whole after a checkpoint: 100 reads and 240 kB an article, most of what it cost in a full period
-- (benchmarks/growth.py, 2026-11-29). Without the text's id an entry has 20 bytes instead of 36. Nothing depends on a mark
-- standing there once: the texts that are found are made distinct.
alter table news.fingerprint_marks drop constraint fingerprint_marks_pkey;
create index fingerprint_marks_by_hash on news.fingerprint_marks (hash);
