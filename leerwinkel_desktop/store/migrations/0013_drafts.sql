-- What somebody is typing stands in a small file of its own now, which waits for no import (decision 16).
-- No release ever had this table, so nothing is taken over.

DROP INDEX draft_client_id;

DROP TABLE draft;
