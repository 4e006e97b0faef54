"""dateline: news reports in; structured, source-linked event data out."""
