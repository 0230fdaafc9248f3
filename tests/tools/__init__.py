# Pure functions, no database. One import a line, sorted.
