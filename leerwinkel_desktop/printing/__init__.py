"""The only place that knows PDF: records in, pages out."""
