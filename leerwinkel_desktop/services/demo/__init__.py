"""The demo: invented people and a whole story, so that everything can be seen at work."""
