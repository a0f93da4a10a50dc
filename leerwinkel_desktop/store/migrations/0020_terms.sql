-- Each word by which somebody is found, for who types one with a slip; it reads client_word and holds nothing.
CREATE VIRTUAL TABLE client_word_term USING fts5vocab (client_word, row);
